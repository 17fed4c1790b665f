import type { ExitReason } from "./backtest-result.ts"

/** Why a trade ended, as a person says it. */
export const exitWords: Record<ExitReason, string> = {
  signal: "Signal",
  stop: "Stop loss",
  trailing: "Trailing stop",
  takeProfit: "Take profit",
  roi: "Profit by time",
  timeStop: "Time stop",
  breakEven: "Break-even stop",
  liquidation: "Liquidation",
  endOfData: "Still open at the end",
}
