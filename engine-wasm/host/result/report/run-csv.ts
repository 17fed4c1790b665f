import { csvTextCell } from "../../candles/foreign-text.ts"
import type { EquityCurve, Trade } from "../backtest-result.ts"

const columns = [
  "market",
  "side",
  "quantity",
  "entryTimeMs",
  "entryPrice",
  "exitTimeMs",
  "exitPrice",
  "exitReason",
  "profit",
  "profitPercent",
  "feesPaid",
  "entryTag",
] as const satisfies (keyof Trade)[]

/** The trades as CSV: times in UTC milliseconds, money in the quote currency, every digit the engine has. */
export function tradesCsv(trades: readonly Trade[]): string {
  return [columns.join(","), ...trades.map((trade) => columns.map((name) => csvCell(trade[name])).join(",")), ""].join(
    "\n",
  )
}

/** The equity curve as CSV, as `candlewright backtest --equity` writes it. */
export function equityCsv({ openTimeMs, equity }: EquityCurve): string {
  return `open_time_ms,equity\n${Array.from(openTimeMs, (timeMs, at) => `${timeMs},${equity[at]}\n`).join("")}`
}

function csvCell(value: string | number): string {
  return typeof value === "number" ? String(value) : csvTextCell(value)
}
