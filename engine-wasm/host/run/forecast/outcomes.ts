import { ln } from "../../candles/elementary-function.ts"
import type { ForecastTarget } from "../../strategy/model/forecast-model.ts"

const PERCENT = 100

/**
 * What came of each candle over the next `horizonCandles`, from closes alone; NaN where it is not known yet. Direction
 * and return: the log return in percent. Volatility: the deviation of the log returns of one candle, in percent.
 */
export function outcomesOf(
  close: Float64Array,
  { target, horizonCandles }: { target: ForecastTarget; horizonCandles: number },
): Float64Array {
  const logs = Float64Array.from(close, ln)
  return target === "volatility" ? deviations(logs, horizonCandles) : returns(logs, horizonCandles)
}

function returns(logs: Float64Array, ahead: number): Float64Array {
  return logs.map((now, at) => (at + ahead < logs.length ? PERCENT * (logs[at + ahead] - now) : Number.NaN))
}

/** The square root of the mean of squares: the mean of so short a return is nothing beside it. */
function deviations(logs: Float64Array, ahead: number): Float64Array {
  const squares = new Float64Array(logs.length)
  for (let at = 1; at < logs.length; at++) squares[at] = squares[at - 1] + (logs[at] - logs[at - 1]) ** 2
  return logs.map((_, at) =>
    at + ahead < logs.length ? PERCENT * Math.sqrt(Math.max(0, squares[at + ahead] - squares[at]) / ahead) : Number.NaN,
  )
}

/** Whether the event of a forecast came: 1 or 0; NaN where it is not known yet. A close that stays is no rise. */
export function happenedBy(actual: number, threshold: number): number {
  return Number.isNaN(actual) ? Number.NaN : Number(actual > threshold)
}
