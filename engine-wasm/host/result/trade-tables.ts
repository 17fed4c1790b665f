import { exitReasons, type Rejected, type RejectedReason, type TradeColumns } from "./backtest-result.ts"
import { dailyEquity } from "./daily-returns.ts"
import { average, percentOf } from "./ratio.ts"
import type { RunRecord } from "./run-record.ts"
import { profitPercentOf } from "./trade-totals.ts"
import { DAY_MS, HOUR_MS } from "../candles/timeframe.ts"

/** One line of a table of trades: those that share a market, an exit reason, a month or a weekday. */
export type TradeGroup = {
  name: string
  tradeCount: number
  winCount: number
  drawCount: number
  lossCount: number
  winRatePercent: number | null
  /** Quote currency, after fees. */
  profit: number
  /** Of the starting cash. */
  profitPercent: number
  /** Mean profit in percent of the stake. */
  averageTradePercent: number | null
  averageTradeMs: number | null
  feesPaid: number
}

/** One line per market of the run, in its order, traded or not. */
export function tradesPerMarket(run: RunRecord): TradeGroup[] {
  return groupsOf(run, run.markets, (i) => run.trades.market[i])
}

/** One line per exit reason that occurred. */
export function tradesPerExitReason(run: RunRecord): TradeGroup[] {
  return groupsOf(run, exitReasons, (i) => run.trades.exitReason[i]).filter(({ tradeCount }) => tradeCount > 0)
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/** What a clock shows at a moment, read as if it were UTC. */
export type Clock = (timeMs: number) => number

const utc: Clock = (timeMs) => timeMs

/** Seven lines, Monday first, by exit time on `clock` (UTC by default). */
export function tradesPerWeekday(run: RunRecord, clock = utc): TradeGroup[] {
  // 1970-01-01 was a Thursday.
  return groupsOf(run, weekdays, (i) => rest(Math.floor(clock(run.trades.exitTimeMs[i]) / DAY_MS) + 3, 7))
}

const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`)

/** Twenty-four lines, by the hour of the entry on `clock` (UTC by default). */
export function tradesPerHour(run: RunRecord, clock = utc): TradeGroup[] {
  return groupsOf(run, hours, (i) => Math.floor(rest(clock(run.trades.entryTimeMs[i]), DAY_MS) / HOUR_MS))
}

/**
 * One line ("2024-03") per month from the first exit to the last, by exit time on `clock` (UTC by default), months
 * without a trade included.
 */
export function tradesPerMonth(run: RunRecord, clock = utc): TradeGroup[] {
  const months = Array.from(run.trades.exitTimeMs.subarray(0, run.trades.count), (timeMs) => monthOf(clock(timeMs)))
  if (months.length === 0) return []
  const first = months.reduce((a, b) => Math.min(a, b))
  const last = months.reduce((a, b) => Math.max(a, b))
  const names = Array.from({ length: last - first + 1 }, (_, k) => monthName(first + k))
  return groupsOf(run, names, (i) => months[i] - first)
}

/** The trades of a run by the regimes of a model that its strategy carries, by the name it has there. */
export type RegimeTrades = { model: string; groups: TradeGroup[] }

/** What a group of trades is called that were entered before the model of regimes spoke. */
export const BEFORE_REGIMES = "not known yet"

/** One line per regime, traded or not; `regimes`: of each trade at its entry, NaN where nobody knew it yet. */
export function tradesPerRegime(run: RunRecord, names: readonly string[], regimes: Float64Array): TradeGroup[] {
  const isKnown = (i: number) => regimes[i] >= 0 && regimes[i] < names.length
  const groups = groupsOf(run, [...names, BEFORE_REGIMES], (i) => (isKnown(i) ? regimes[i] : names.length))
  return groups.filter(({ name, tradeCount }) => name !== BEFORE_REGIMES || tradeCount > 0)
}

/** Indices of the trades that closed only because the data ended. */
export function leftOpenTrades(trades: TradeColumns): number[] {
  const endOfData = exitReasons.indexOf("endOfData")
  return Array.from(trades.exitReason.subarray(0, trades.count).keys()).filter(
    (i) => trades.exitReason[i] === endOfData,
  )
}

export type MonthReturn = { year: number; /** 1 to 12. */ month: number; returnPercent: number }

/**
 * What equity gained in each UTC month, from the end of the month before (the starting cash at first): the heat map.
 */
export function monthlyReturns(run: RunRecord): MonthReturn[] {
  const daily = dailyEquity(run.equity, run.timeframeMs)
  const rows: MonthReturn[] = []
  let before = run.cash
  daily.equity.forEach((equity, i) => {
    const month = monthOf((daily.firstDay + i) * DAY_MS)
    if (i + 1 < daily.equity.length && monthOf((daily.firstDay + i + 1) * DAY_MS) === month) return
    rows.push({
      year: Math.floor(month / 12),
      month: (month % 12) + 1,
      returnPercent: before > 0 ? (equity / before - 1) * 100 : 0,
    })
    before = equity
  })
  return rows
}

/** How often each reason refused an order, most frequent first. */
export function rejectedPerReason(rejected: readonly Rejected[]): { reason: RejectedReason; count: number }[] {
  const counts = new Map<RejectedReason, number>()
  for (const { reason } of rejected) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return Array.from(counts, ([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count)
}

/** The remainder that is never negative: share prices go back before 1970. */
function rest(value: number, length: number): number {
  return ((value % length) + length) % length
}

/** Months since year 0, UTC. */
function monthOf(timeMs: number): number {
  const date = new Date(timeMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function monthName(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`
}

function groupsOf(run: RunRecord, names: readonly string[], groupOf: (i: number) => number): TradeGroup[] {
  const members: number[][] = names.map(() => [])
  for (let i = 0; i < run.trades.count; i++) members[groupOf(i)].push(i)
  return names.map((name, group) => groupFrom(run, name, members[group]))
}

function groupFrom({ trades, cash }: RunRecord, name: string, members: number[]): TradeGroup {
  const sum = (of: (i: number) => number) => members.reduce((total, i) => total + of(i), 0)
  const count = members.length
  const winCount = sum((i) => Number(trades.profit[i] > 0))
  const lossCount = sum((i) => Number(trades.profit[i] < 0))
  const profit = sum((i) => trades.profit[i])
  return {
    name,
    tradeCount: count,
    winCount,
    drawCount: count - winCount - lossCount,
    lossCount,
    winRatePercent: percentOf(winCount, count),
    profit,
    profitPercent: (profit / cash) * 100,
    averageTradePercent: average(
      sum((i) => profitPercentOf(trades, i)),
      count,
    ),
    averageTradeMs: average(
      sum((i) => trades.exitTimeMs[i] - trades.entryTimeMs[i]),
      count,
    ),
    feesPaid: sum((i) => trades.feesPaid[i]),
  }
}
