import type { RunRecord } from "./run-record.ts"

/** Each trade's gain as a fraction of the equity before it, in the order the trades were closed; 0 once nothing is left. */
export function tradeReturnsOf({ trades, cash }: Pick<RunRecord, "trades" | "cash">): Float64Array {
  let equity = cash
  return Float64Array.from({ length: trades.count }, (_, n) => {
    const share = equity > 0 ? trades.profit[n] / equity : 0
    equity += trades.profit[n]
    return share
  })
}
