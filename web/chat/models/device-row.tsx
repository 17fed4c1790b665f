import { Check } from "lucide-react"
import type { ReactNode } from "react"
import { Notice } from "../../ui/notice.tsx"
import { Progress } from "../../ui/progress.tsx"
import type { usePreparing } from "./use-preparing.ts"

type DeviceRowProps = {
  name: string
  about: string
  /** What it takes, in words. */
  needs: string
  isUsed: boolean
  preparing: Pick<ReturnType<typeof usePreparing>, "progress" | "problem" | "stop">
  /** How it is taken into use. */
  action: ReactNode
}

/** One model of this device: what it is for, what it takes, and getting it ready. */
export function DeviceRow({
  name,
  about,
  needs,
  isUsed,
  preparing: { progress, problem, stop },
  action,
}: DeviceRowProps) {
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="flex min-w-0 grow basis-60 flex-col gap-0.5">
          <p className="font-medium text-ink-strong">{name}</p>
          <p className="max-w-[60ch] text-sm text-ink">{about}</p>
          <p className="text-sm text-ink-soft">{needs}</p>
        </div>
        {isUsed ? (
          <p className="flex items-center gap-1.5 text-sm text-ink">
            <Check aria-hidden className="size-4 text-gain" />
            In use
          </p>
        ) : (
          !progress && action
        )}
      </div>
      {progress && <Progress label={progress.words} done={progress.share} total={1} onCancel={stop} />}
      {problem !== undefined && <Notice kind="warn">{problem}</Notice>}
    </li>
  )
}
