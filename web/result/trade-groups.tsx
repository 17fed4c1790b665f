import { timeframesMs } from "#engine/candles"
import { type ExitReason, type Trade, type TradeGroup, exitWords } from "#engine/result"
import { classNames } from "../ui/class-names.ts"
import { type TimeZone, formatCandle, formatDuration, zoneWords } from "../ui/date-format.ts"
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatSignedMoney,
  formatSignedPercent,
} from "../ui/number-format.ts"
import type { GlossaryTerm } from "../glossary.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { RefusedEntries } from "./refused-entries.tsx"
import type { RunMarket, RunReport } from "../run/run-report.ts"

type TradeGroupsProps = { report: RunReport; zone: TimeZone }

/** The trades again, grouped by what they share: where the money came from, and which orders never became a trade. */
export function TradeGroups({ report: { tables, market, rejected, metrics, timeframe }, zone }: TradeGroupsProps) {
  const { currency } = market
  const perExit = tables.perExitReason.map((group) => ({ ...group, name: exitWords[group.name as ExitReason] }))
  const traded = (groups: TradeGroup[]) => groups.filter(({ tradeCount }) => tradeCount > 0)
  const clock = zoneWords(zone)
  return (
    <div className="flex flex-col gap-8">
      <GroupTable title="By market" first="Market" groups={tables.perMarket} currency={currency} />
      <GroupTable title="Why they ended" first="Reason" groups={perExit} currency={currency} />
      {tables.perRegime.map(({ model, groups }) => (
        <div key={model} className="flex flex-col gap-2">
          <GroupTable
            title={`By regime at the entry, by “${model}”`}
            first="Regime"
            groups={groups}
            currency={currency}
            phoneShows="won"
          />
          <p className="max-w-[72ch] text-sm text-ink-soft">
            Choosing the best of them now is choosing in hindsight: only candles that come later can say whether it
            holds.
          </p>
        </div>
      ))}
      <GroupTable title={`By month of the exit, ${clock}`} first="Month" groups={tables.perMonth} currency={currency} />
      <GroupTable
        title={`By weekday of the exit, ${clock}`}
        first="Weekday"
        groups={tables.perWeekday}
        currency={currency}
      />
      <GroupTable
        title={`By hour of the entry, ${clock}`}
        first="Hour"
        groups={traded(tables.perHour)}
        currency={currency}
      />
      <LeftOpen trades={tables.leftOpen} market={market} zone={zone} />
      <RefusedEntries counts={tables.refusals} refused={rejected} timeframeMs={timeframesMs[timeframe]} zone={zone} />
      <AmbiguousCandles count={metrics.ambiguousCandles ?? 0} />
    </div>
  )
}

function LeftOpen({ trades, market, zone }: { trades: Trade[]; market: RunMarket; zone: TimeZone }) {
  if (trades.length === 0) return null
  return (
    <section>
      <Heading term="leftOpen">Still open at the end</Heading>
      <ul className="max-w-[72ch] border-b border-line">
        {trades.map((trade) => (
          <li key={`${trade.market} ${trade.entryTimeMs} ${trade.quantity}`} className="border-t border-line py-2">
            {formatQuantity(trade.quantity)} of {trade.market} since{" "}
            {formatCandle(trade.entryTimeMs, market.timeframeMs, zone)}, counted as sold at the last price:{" "}
            <span className={inkOf(trade.profit)}>{formatSignedMoney(trade.profit, market.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AmbiguousCandles({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <section className="max-w-[72ch]">
      <Heading term="ambiguous">Ambiguous candles</Heading>
      <p>
        In {formatNumber(count)} {count === 1 ? "candle" : "candles"} the price reached both the stop and the target,
        and nothing says which came first. The stop was taken, so the result is on the careful side; finer candles would
        show which.
      </p>
    </section>
  )
}

function Heading({ term, children }: { term: GlossaryTerm; children: string }) {
  return (
    <div className="flex items-center gap-1 pb-2">
      <h3 className="font-semibold">{children}</h3>
      <WhatIsThis term={term} />
    </div>
  )
}

function GroupTable({
  title,
  first,
  groups,
  currency,
  phoneShows = "average",
}: {
  title: string
  first: string
  groups: TradeGroup[]
  currency: string | undefined
  /** There is room for one of them. */
  phoneShows?: "average" | "won"
}) {
  const wonClass = phoneShows === "won" ? "px-2" : "px-2 max-md:hidden"
  const averageClass = phoneShows === "average" ? "px-2" : "px-2 max-md:hidden"
  return (
    <section className="min-w-0">
      <h3 className="pb-2 font-semibold">{title}</h3>
      <div tabIndex={0} role="region" aria-label={title} className="overflow-x-auto">
        <table className="w-full text-right text-sm whitespace-nowrap">
          <thead className="text-ink-soft">
            <tr>
              <th className="py-2 pr-4 text-left font-medium">{first}</th>
              <th className="px-2 font-medium">Trades</th>
              <th className={classNames(wonClass, "font-medium")}>Won</th>
              <th className="px-2 font-medium">Profit</th>
              <th className={classNames(averageClass, "font-medium")}>Average</th>
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
                <td className={wonClass}>{formatPercent(group.winRatePercent, 0)}</td>
                <td className={classNames("px-2", inkOf(group.profit))}>{formatSignedMoney(group.profit, currency)}</td>
                <td className={averageClass}>{formatSignedPercent(group.averageTradePercent, 2)}</td>
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

function inkOf(profit: number): string | undefined {
  return profit === 0 ? undefined : profit > 0 ? "text-gain" : "text-loss"
}
