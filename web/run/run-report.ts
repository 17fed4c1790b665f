import type { Timeframe } from "#engine/candles"
import type { EquityCurve, Metrics, Rejected, Trade } from "#engine/result"
import type { AccountCheck } from "#engine/run"
import type { ChartColumns } from "./chart-columns.ts"
import type { ChartLine } from "./chart-lines.ts"
import type { MadeUp } from "./made-up.ts"
import type { RunJob } from "./run-job.ts"
import type { RunTables } from "./run-tables.ts"
import type { TestedData } from "./tested-data.ts"

/** The market of a run, as far as a result must name it. */
export type RunMarket = {
  id: string
  name: string
  /** The currency of its prices; absent if unknown. */
  currency?: string
  timeframeMs: number
  priceDecimals: number
  fromMs: number
  toMs: number
  /** Whether its candles have funding rates. */
  hasFunding?: boolean
}

/** The result of a run for the screen. Money in the market's quote currency. */
export type RunReport = {
  job: RunJob
  /** The one whose chart this is. */
  market: RunMarket
  /** All that were tested together, one of them this. */
  markets: RunMarket[]
  data: TestedData
  /** What must be said of its prices wherever it is shown; absent where they are real. */
  madeUp?: MadeUp
  /** The part that was left out at the end of the period. */
  unseen?: { fromMs: number; toMs: number }
  accountCheck?: AccountCheck
  strategyName: string
  timeframe: Timeframe
  cash: number
  trades: Trade[]
  equity: EquityCurve
  metrics: Metrics
  rejected: Rejected[]
  tables: RunTables
  holdingFinal: number
  hashes: { engine: string; strategy: string; data: string }
  chart: ChartColumns
  /** The strategy's own series on the bars of the chart. */
  lines: ChartLine[]
  /** sha256 over trades and equity: two runs with the same one are the same run, bit for bit. */
  resultHash: string
}
