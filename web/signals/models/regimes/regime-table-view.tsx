import { moveMayBeChance, type RegimeRow } from "#engine/run"
import { formatNumber, formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { about } from "../card/term.tsx"

type RegimeTableViewProps = { names: readonly string[]; rows: readonly RegimeRow[] }

/** Each regime: how much of the time, how long on end, and what the next candle did. */
export function RegimeTableView({ names, rows }: RegimeTableViewProps) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center gap-1">
        <h3 className="font-semibold">What it was like in each</h3>
        {about("afterwards")}
      </div>
      <div tabIndex={0} role="region" aria-label="What it was like in each" className="overflow-x-auto">
        <table className="w-full max-w-160 text-right text-sm tabular-nums">
          <thead className="text-ink-soft">
            <tr>
              <th scope="col" className="py-2 pr-2 text-left align-bottom font-medium">
                Regime
              </th>
              <th scope="col" className="px-1 py-2 align-bottom font-medium md:px-2">
                Of the time
              </th>
              <th scope="col" className="px-1 py-2 align-bottom font-medium md:px-2">
                Candles on end
              </th>
              <th scope="col" className="px-1 py-2 align-bottom font-medium md:px-2">
                Swings after
              </th>
              <th scope="col" className="py-2 pl-1 align-bottom font-medium md:pl-2">
                Moves after
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.regime} className="border-t border-line align-top">
                <th scope="row" className="py-2 pr-2 text-left font-normal text-ink">
                  {names[row.regime]}
                </th>
                <td className="px-1 py-2 md:px-2">{formatPercent(row.sharePercent, 0)}</td>
                <td className="px-1 py-2 md:px-2">
                  {row.meanRunCandles === null ? "—" : formatNumber(row.meanRunCandles, 0)}
                </td>
                <td className="px-1 py-2 md:px-2">{formatPercent(row.nextVolatilityPercent, 2)}</td>
                <td className="py-2 pl-1 md:pl-2">
                  {formatSignedPercent(row.nextReturnPercent, 3)}
                  {moveMayBeChance(row) && <span className="block text-ink-soft">chance</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="max-w-[72ch] text-sm text-ink-soft">
        “After” is the next candle, on average. “Chance”: an average so close to 0 that luck alone would bring it, so it
        says nothing about where the price goes.
      </p>
    </section>
  )
}
