import { countBefore, timeframesMs } from "#engine/candles"
import type { Trade } from "#engine/result"
import type { RunReport } from "./run-report.ts"

type Ran = Pick<RunReport, "equity" | "chart">

/** The strategy's candle that ends a bar of the chart, by open times; undefined where the bar has none. */
export function candleOfBar({ equity, chart }: Ran, barTimeMs: number): number | undefined {
  const at = countBefore(equity.openTimeMs, barTimeMs + chart.barMs) - 1
  return at >= 0 && equity.openTimeMs[at] >= barTimeMs ? equity.openTimeMs[at] : undefined
}

/** The strategy's candle some candles further on, or back; the first or the last one at the ends of the run. */
export function candleFurther({ equity: { openTimeMs } }: Ran, fromMs: number, steps: number): number {
  const at = countBefore(openTimeMs, fromMs) + steps
  return openTimeMs[Math.max(0, Math.min(openTimeMs.length - 1, at))]
}

type Placed = Pick<RunReport, "equity" | "timeframe" | "market" | "job">

/** The strategy's candle at whose close a trade was decided: the last that had closed when its order was sent. */
export function decidingCandle(report: Placed, { entryTimeMs }: Pick<Trade, "entryTimeMs">): number | undefined {
  const { equity, timeframe, market, job } = report
  const sentMs = entryTimeMs - job.delayCandles * market.timeframeMs
  return equity.openTimeMs[countBefore(equity.openTimeMs, sentMs - timeframesMs[timeframe] + 1) - 1]
}
