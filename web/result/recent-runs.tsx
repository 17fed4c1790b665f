import { Link } from "@tanstack/react-router"
import { memo } from "react"
import { listRuns } from "../db/saved-run.ts"
import { useKept } from "../db/use-kept.ts"
import { MadeUpChip } from "../figure/index.ts"
import { madeUpOfRun } from "../run/made-up-run.ts"
import { parseSearch } from "../search-text.ts"
import { formatSignedPercent } from "../ui/number-format.ts"

/** The last tests, each linking to its own address. */
export const RecentRuns = memo(function RecentRuns() {
  const runs = useKept(listRuns)
  if (runs.state !== "ready" || runs.value.length < 2) return null
  return (
    <section className="flex flex-col gap-1">
      <h2 className="font-semibold">Lately tested</h2>
      <ul>
        {runs.value.slice(0, 8).map((run) => (
          <li key={run.id} className="border-t border-line">
            <Link
              to="/backtest"
              search={parseSearch(run.address)}
              className="flex justify-between gap-3 py-1.5 hover:text-ink-strong"
            >
              <span className="min-w-0 truncate">
                {run.strategy}
                <span className="block text-sm text-ink-soft">{run.market}</span>
              </span>
              <span className="flex shrink-0 flex-col items-end gap-1">
                <span className={(run.totalReturnPercent ?? 0) >= 0 ? "text-gain" : "text-loss"}>
                  {formatSignedPercent(run.totalReturnPercent)}
                </span>
                <MadeUpChip of={madeUpOfRun(run)} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
})
