import {
  type Drawdown,
  type MonthReturn,
  monthlyReturns,
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
    refusals: rejectedPerReason(rejected),
  }
}
