import { deviationOf, meanOf } from "../daily-returns.ts"

/** How returns are spread; `kurtosis` is 3 for a normal distribution (not the excess over it). */
export type ReturnMoments = {
  count: number
  mean: number
  /** Sample standard deviation (ddof 1), as in the Sharpe ratio. */
  deviation: number
  /** m3 / m2^1.5 and m4 / m2^2 of the central moments with divisor n; NaN where nothing varies. */
  skewness: number
  kurtosis: number
}

/** The first four moments of returns. */
export function returnMoments(returns: Float64Array): ReturnMoments {
  const mean = meanOf(returns)
  const deviation = deviationOf(returns)
  let [second, third, fourth] = [0, 0, 0]
  for (let i = 0; i < returns.length; i++) {
    const away = returns[i] - mean
    const square = away * away
    second += square
    third += square * away
    fourth += square * square
  }
  const count = returns.length
  const varies = deviation > 0
  return {
    count,
    mean,
    deviation,
    skewness: varies ? third / count / ((second / count) * Math.sqrt(second / count)) : NaN,
    kurtosis: varies ? (fourth * count) / (second * second) : NaN,
  }
}
