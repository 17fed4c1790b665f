import type { TrialRow } from "#engine/run"
import type { ShownParam } from "../../run/template-of.ts"
import { formatNumber, formatPercent, formatSignedPercent } from "../../ui/number-format.ts"
import { valueWords } from "../choices/vary-choice.ts"
import { objectiveName, scoreWords } from "../score-words.ts"
import { shortLabel } from "../found/found-view.ts"

type LeaderBoardProps = { leaders: readonly TrialRow[]; params: readonly ShownParam[]; objective: string }

const ROWS = 10

/** The best combinations so far. It has its full height from the start, so that nothing jumps as they arrive. */
export function LeaderBoard({ leaders, params, objective }: LeaderBoardProps) {
  return (
    <section className="flex flex-col gap-1">
      <p className="text-sm text-ink-soft">The best so far, on the part that is searched. None of it is proven yet.</p>
      <div tabIndex={0} role="region" aria-label="The best so far" className="overflow-x-auto">
        <table className="w-full text-right text-sm whitespace-nowrap tabular-nums">
          <thead>
            <tr className="text-ink-soft">
              {["#", objectiveName(objective), "Return", ...params.map(shortLabel), "Worst dip", "Trades"].map(
                (name) => (
                  <th key={name} scope="col" className="py-1 pl-4 font-medium first:pl-0 first:text-left">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: ROWS }, (_, at) => (
              <tr key={at} className="h-8 border-t border-line">
                {cellsOf(at, leaders.at(at), { params, objective }).map((cell, column) => (
                  <td key={column} className="pl-4 text-ink-strong first:pl-0 first:text-left first:text-ink-soft">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function cellsOf(
  at: number,
  row: TrialRow | undefined,
  { params, objective }: Pick<LeaderBoardProps, "params" | "objective">,
): string[] {
  if (!row) return [String(at + 1), ...Array.from({ length: params.length + 4 }, () => "")]
  const { totalReturnPercent, maxDrawdownPercent, tradeCount } = row.figures
  return [
    String(at + 1),
    scoreWords(objective, row.score),
    formatSignedPercent(totalReturnPercent),
    ...params.map(({ name }) => valueWords(row.params[name])),
    formatPercent(maxDrawdownPercent),
    formatNumber(tradeCount),
  ]
}
