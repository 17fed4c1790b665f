import {
  type Bin, type Drawdown, durationHistogram, type MonthReturn, monthlyReturns, profitHistogram, type Rejected, type RejectedReason,
  rejectedPerReason, type RunRecord, type TradeGroup, tradesPerExitReason, tradesPerMonth, tradesPerWeekday, worstDrawdowns,
} from "#engine"

/** What is counted over the trades and the curve of a run. */
export type RunTables = {
  perExitReason: TradeGroup[]
  perMonth: TradeGroup[]
  perWeekday: TradeGroup[]
  monthlyReturns: MonthReturn[]
  worstDrawdowns: Drawdown[]
  profits: Bin[]
  durations: Bin[]
  refusals: { reason: RejectedReason; count: number }[]
}

/** Counts a run's trades every way the screen shows them. */
export function runTables(record: RunRecord, rejected: readonly Rejected[]): RunTables {
  return {
    perExitReason: tradesPerExitReason(record),
    perMonth: tradesPerMonth(record),
    perWeekday: tradesPerWeekday(record),
    monthlyReturns: monthlyReturns(record),
    worstDrawdowns: worstDrawdowns(record),
    profits: profitHistogram(record.trades),
    durations: durationHistogram(record.trades),
    refusals: rejectedPerReason(rejected),
  }
}
