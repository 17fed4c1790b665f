import {
  type BacktestResult,
  type Bin,
  type Drawdown,
  durationHistogram,
  leftOpenTrades,
  type MonthReturn,
  monthlyReturns,
  profitHistogram,
  type RejectedReason,
  rejectedPerReason,
  type RegimeTrades,
  type RollingSharpe,
  rollingSharpe,
  type RunRecord,
  type Trade,
  type TradeGroup,
  tradesPerExitReason,
  tradesPerHour,
  tradesPerMarket,
  tradesPerMonth,
  tradesPerWeekday,
  worstDrawdowns,
} from "#engine/result"
import { clockTimeOf, type TimeZone } from "../ui/date-format.ts"

/** What is counted over the trades and the curve of a run. */
export type RunTables = {
  perMarket: TradeGroup[]
  perExitReason: TradeGroup[]
  perMonth: TradeGroup[]
  perWeekday: TradeGroup[]
  perHour: TradeGroup[]
  /** For each model of regimes that the strategy carries. */
  perRegime: RegimeTrades[]
  leftOpen: Trade[]
  monthlyReturns: MonthReturn[]
  worstDrawdowns: Drawdown[]
  rollingSharpe: RollingSharpe
  /** Trades by profit in percent of the stake, and by hours held. */
  profitBins: Bin[]
  hourBins: Bin[]
  refusals: { reason: RejectedReason; count: number }[]
}

/** Counts a run's trades every way the screen shows them; months, weekdays and hours are those of the clock of `zone`. */
export function runTables(
  record: RunRecord,
  { trades, rejected }: BacktestResult,
  { zone, perRegime }: { zone: TimeZone; perRegime: RegimeTrades[] },
): RunTables {
  const clock = (timeMs: number) => clockTimeOf(timeMs, zone)
  return {
    perMarket: tradesPerMarket(record),
    perExitReason: tradesPerExitReason(record),
    perMonth: tradesPerMonth(record, clock),
    perWeekday: tradesPerWeekday(record, clock),
    perHour: tradesPerHour(record, clock),
    perRegime,
    leftOpen: leftOpenTrades(record.trades).map((at) => trades[at]),
    monthlyReturns: monthlyReturns(record),
    worstDrawdowns: worstDrawdowns(record),
    rollingSharpe: rollingSharpe(record),
    profitBins: profitHistogram(record.trades),
    hourBins: durationHistogram(record.trades),
    refusals: rejectedPerReason(rejected),
  }
}
