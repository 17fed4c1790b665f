import type { BacktestResult } from "./backtest-result.ts"
import { underwaterPercents } from "./drawdown.ts"
import type { RunRecord } from "./run-record.ts"

/** A run's curve with few enough points to be drawn and read out; of each stretch its end, and its deepest dip. */
export type ReportCurve = {
  openTimeMs: number[]
  equity: number[]
  holding: number[]
  /** Below the highest equity so far: 0 to 100. */
  underwaterPercent: number[]
}

/** More points than a picture has pixels say nothing. */
export const MOST_CURVE_POINTS = 1_500

/** The curve of a run in at most `MOST_CURVE_POINTS` points, the last sample always among them. */
export function reportCurve(record: RunRecord, { holding }: Pick<BacktestResult, "holding">): ReportCurve {
  const { openTimeMs, equity } = record.equity
  const dips = underwaterPercents(record)
  const stride = Math.ceil(equity.length / MOST_CURVE_POINTS) || 1
  const count = Math.ceil(equity.length / stride)
  const endOf = (point: number) => Math.min(equity.length, (point + 1) * stride) - 1
  const points = Array.from({ length: count }, (_, point) => point)
  return {
    openTimeMs: points.map((point) => openTimeMs[endOf(point)]),
    equity: points.map((point) => equity[endOf(point)]),
    holding: points.map((point) => holding[endOf(point)]),
    underwaterPercent: points.map((point) =>
      dips.subarray(point * stride, endOf(point) + 1).reduce((a, b) => Math.max(a, b)),
    ),
  }
}
