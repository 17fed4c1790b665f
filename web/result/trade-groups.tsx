import type { ExitReason, TradeGroup } from "#engine/result"
import { formatDuration } from "../ui/date-format.ts"
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatSignedMoney,
  formatSignedPercent,
} from "../ui/number-format.ts"
import { exitWords } from "./exit-words.ts"
import { Refusals } from "./refusals.tsx"
import type { RunTables } from "../run/run-tables.ts"

/** The trades once more, put together by why they ended, by month and by weekday: where the money came from. */
export function TradeGroups({ tables, currency }: { tables: RunTables; currency: string | undefined }) {
  const perExit = tables.perExitReason.map((group) => ({ ...group, name: exitWords[group.name as ExitReason] }))
  return (
    <div className="flex flex-col gap-8">
      <GroupTable title="Why they ended" first="Reason" groups={perExit} currency={currency} />
      <GroupTable title="By month of the exit, UTC" first="Month" groups={tables.perMonth} currency={currency} />
      <GroupTable title="By weekday of the exit, UTC" first="Weekday" groups={tables.perWeekday} currency={currency} />
      <Refusals refusals={tables.refusals} />
    </div>
  )
}

function GroupTable({
  title,
  first,
  groups,
  currency,
}: {
  title: string
  first: string
  groups: TradeGroup[]
  currency: string | undefined
}) {
  return (
    <section className="min-w-0">
      <h3 className="pb-2 font-semibold">{title}</h3>
      <div tabIndex={0} role="region" aria-label={title} className="overflow-x-auto">
        <table className="w-full text-right text-sm whitespace-nowrap">
          <thead className="text-ink-soft">
            <tr>
              <th className="py-2 pr-4 text-left font-medium">{first}</th>
              <th className="px-2 font-medium">Trades</th>
              <th className="px-2 font-medium max-md:hidden">Won</th>
              <th className="px-2 font-medium">Profit</th>
              <th className="px-2 font-medium">Average</th>
              <th className="px-2 font-medium max-md:hidden">Held</th>
              <th className="pl-2 font-medium max-md:hidden">Fees</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.name} className="border-t border-line">
                <th scope="row" className="py-2 pr-4 text-left font-normal text-ink">
                  {group.name}
                </th>
                <td className="px-2">{formatNumber(group.tradeCount)}</td>
                <td className="px-2 max-md:hidden">{formatPercent(group.winRatePercent, 0)}</td>
                <td className={inkOf(group.profit)}>{formatSignedMoney(group.profit, currency)}</td>
                <td className="px-2">{formatSignedPercent(group.averageTradePercent, 2)}</td>
                <td className="px-2 max-md:hidden">
                  {group.averageTradeMs === null ? "—" : formatDuration(group.averageTradeMs)}
                </td>
                <td className="pl-2 max-md:hidden">{formatMoney(group.feesPaid, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function inkOf(profit: number): string {
  return profit === 0 ? "px-2" : profit > 0 ? "px-2 text-gain" : "px-2 text-loss"
}
