import { loopsInWords, type WrittenStrategy } from "#engine/strategy"
import type { ReactNode } from "react"
import type { Run } from "../run/use-run.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { runBefore } from "./run-status.tsx"

type CodeStatusProps = {
  run: Run
  strategy: WrittenStrategy | undefined
  /** Whether a phone shows the code: what is said while it runs then takes no more room than the answer before. */
  isCompact: boolean
  otherwise: ReactNode
}

/** What only a strategy in code can be: late, and stopped by its author. Of all else `otherwise` tells. */
export function CodeStatus({ run, strategy, isCompact, otherwise }: CodeStatusProps) {
  const source = strategy?.code?.source
  if (source === undefined) return otherwise
  if (run.state === "cancelled" && run.during === "candles")
    return (
      <div>
        <Notice kind="info" action={<Button onClick={run.run}>Test it again</Button>}>
          Your code is stopped. Nothing is lost: it is as you wrote it. Look for a loop that never ends, or do less work
          per candle. {loopsInWords(source)}
          {runBefore(run)}
        </Notice>
      </div>
    )
  if (run.state !== "running" || run.lateIn === undefined) return otherwise
  return (
    <div className={isCompact ? overTheAnswer : undefined}>
      <Notice
        kind={run.lateIn === "candles" ? "warn" : "info"}
        isTight={isCompact}
        action={<Button onClick={run.cancel}>Stop now</Button>}
      >
        {run.lateIn === "candles"
          ? `Your code is taking long${doneSoFar(run.share)}. ${loopsInWords(source)}`
          : compiling}
      </Notice>
    </div>
  )
}

const overTheAnswer =
  "max-lg:absolute max-lg:inset-x-0 max-lg:top-0 max-lg:z-1 max-lg:min-h-full max-lg:bg-surface-0 max-lg:py-2"

const compiling = "Your code is being compiled. The first time that takes a few seconds."

function doneSoFar(share = 0): string {
  return share > 0 ? `: ${Math.floor(100 * share)}\u202f% of the candles are done` : ""
}
