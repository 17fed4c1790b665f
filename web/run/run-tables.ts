import {
  type Bin,
  type Drawdown,
  durationHistogram,
  type MonthReturn,
  monthlyReturns,
  profitHistogram,
  type Rejected,
  type RejectedReason,
  rejectedPerReason,
  type RunRecord,
  type TradeGroup,
  tradesPerExitReason,
  tradesPerMonth,
  tradesPerWeekday,
  worstDrawdowns,
} from "#engine/result"

/** What is counted over the trades and the curve of a run. */
export type RunTables = {
  perExitReason: TradeGroup[]
  perMonth: TradeGroup[]
  perWeekday: TradeGroup[]
  monthlyReturns: MonthReturn[]
  worstDrawdowns: Drawdown[]
  /** Trades by profit in percent of the stake, and by hours held. */
  profitBins: Bin[]
  hourBins: Bin[]
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
    profitBins: profitHistogram(record.trades),
    hourBins: durationHistogram(record.trades),
    refusals: rejectedPerReason(rejected),
  }
}
