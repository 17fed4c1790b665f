import { csvTextCell } from "#engine/candles"
import { metricsToJson, type Trade } from "#engine/result"
import type { RunReport } from "../run/run-report.ts"

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
export function equityCsv({ equity: { openTimeMs, equity } }: Pick<RunReport, "equity">): string {
  return `open_time_ms,equity\n${Array.from(openTimeMs, (timeMs, at) => `${timeMs},${equity[at]}\n`).join("")}`
}

/** The whole answer as JSON, as `candlewright backtest --json` prints it. */
export function runJson({
  hashes,
  trades,
  metrics,
  rejected,
}: Pick<RunReport, "hashes" | "trades" | "metrics" | "rejected">): string {
  return `${JSON.stringify({ ...hashes, trades, metrics: metricsToJson(metrics), rejected })}\n`
}

function csvCell(value: string | number): string {
  return typeof value === "number" ? String(value) : csvTextCell(value)
}
