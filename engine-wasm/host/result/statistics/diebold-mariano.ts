import { deviationOf, meanOf } from "../daily-returns.ts"
import { studentTUpperTail } from "../student-t.ts"

/** `pValue`: the chance of a lead at least as clear where there is none; small when the lead is real. */
export type DieboldMariano = { statistic: number; pValue: number }

/**
 * Whether one forecast misses less than another: F. X. Diebold and R. S. Mariano, "Comparing Predictive Accuracy"
 * (1995). `lead` is how much less it missed, forecast by forecast. Forecasts over `horizon` candles share outcomes, so
 * the variance has horizon - 1 lags, weighed as by W. K. Newey and K. D. West (1987); the small-sample correction and
 * Student's t are those of D. Harvey, S. Leybourne and P. Newbold (1997). One-sided. Undefined where leads do not vary,
 * or are no more than the horizon.
 */
export function dieboldMariano(lead: Float64Array, horizon: number): DieboldMariano | undefined {
  const count = lead.length
  if (count <= horizon || !(deviationOf(lead) > 0)) return undefined
  const mean = meanOf(lead)
  const variance = longRunVariance(lead, { mean, lags: horizon - 1 })
  if (!(variance > 0)) return undefined
  const correction = (count + 1 - 2 * horizon + (horizon * (horizon - 1)) / count) / count
  const statistic = Math.sqrt((correction * count) / variance) * mean
  return { statistic, pValue: studentTUpperTail(statistic, count - 1) }
}

/** Of a mean times its count: the variance and, with falling weight, twice the covariance with each lag. */
function longRunVariance(values: Float64Array, { mean, lags }: { mean: number; lags: number }): number {
  let sum = covariance(values, mean, 0)
  for (let lag = 1; lag <= lags; lag++) sum += 2 * (1 - lag / (lags + 1)) * covariance(values, mean, lag)
  return sum
}

function covariance(values: Float64Array, mean: number, lag: number): number {
  let sum = 0
  for (let i = lag; i < values.length; i++) sum += (values[i] - mean) * (values[i - lag] - mean)
  return sum / values.length
}
