import { Link } from "@tanstack/react-router"
import { Trash2 } from "lucide-react"
import { plainText } from "#engine/candles"
import { forgetRun, restoreRun, type SavedRun } from "../../db/saved-run.ts"
import { MadeUpChip, Sparkline } from "../../figure/index.ts"
import { madeUpOfRun } from "../../run/made-up-run.ts"
import { IconButton } from "../../ui/button.tsx"
import { formatCount, formatSignedPercent } from "../../ui/number-format.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import { isOfOtherEngine } from "./other-engine.ts"
import type { RunDifference } from "./run-differences.ts"

type RunRowProps = {
  run: SavedRun
  name: string
  difference: RunDifference
  engine: string | undefined
  isChosen: boolean
  onChoose: (isIn: boolean) => void
}

/** One run of the list. A run without details, of an earlier Candlewright, cannot be compared. */
export function RunRow({ run, name, difference: { when, words }, engine, isChosen, onChoose }: RunRowProps) {
  const isLoss = (run.totalReturnPercent ?? 0) < 0
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3">
      <label className="flex size-8 shrink-0 items-center justify-center">
        <span className="sr-only">{`Choose ${name} of ${when}`}</span>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!run.detail}
          onChange={({ target }) => onChoose(target.checked)}
          className="size-6 accent-(--accent) md:size-6"
        />
      </label>
      <div className="flex min-w-0 grow basis-50 flex-col gap-0.5">
        <Link
          to="/library/run/$runId"
          params={{ runId: run.id }}
          className="w-fit max-w-full py-0.5 font-medium wrap-anywhere text-ink-strong underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
          <span>
            {when} · {run.tradeCount === null ? "trades not counted" : formatCount(run.tradeCount, "trade")}
            {run.fromFile !== undefined && " · from a file"}
            {isOfOtherEngine(run, engine) && <span className="text-warn"> · another engine</span>}
          </span>
          <MadeUpChip of={madeUpOfRun(run)} />
        </p>
        {words && <p className="line-clamp-2 text-sm wrap-anywhere text-ink-soft">{plainText(words, 300)}</p>}
        {run.note && <p className="line-clamp-2 text-sm wrap-anywhere text-ink">{plainText(run.note, 200)}</p>}
      </div>
      <p className="flex w-40 items-center justify-between gap-3">
        <Sparkline values={run.detail?.curve.equity} isLoss={isLoss} width={80} />
        <span className={isLoss ? "text-loss" : "text-gain"}>{formatSignedPercent(run.totalReturnPercent)}</span>
      </p>
      <IconButton label={`Delete the run of ${name}, ${when}`} onClick={() => void deleteWithUndo(run.id, name)}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </li>
  )
}

async function deleteWithUndo(id: string, name: string) {
  const run = await forgetRun(id)
  if (!run) return
  void toastWithUndo({
    text: `Run of ${name} deleted.`,
    onUndo: () => void restoreRun(run),
    onExpire: () => {},
  })
}
