import { ln, power } from "../../candles/elementary-function.ts"
import { meanOf } from "../daily-returns.ts"

/**
 * The mean block length that makes a stationary bootstrap of these values most exact; at least 1. D. N. Politis and
 * H. White, "Automatic Block-Length Selection for the Dependent Bootstrap" (2004), as corrected by A. Patton, D. N.
 * Politis and H. White (2009). 1 for values without memory or variation, and below ten of them.
 */
export function blockLengthOf(values: Float64Array): number {
  const count = values.length
  if (count < 10) return 1
  const memory = new Memory(values)
  if (!memory.varies) return 1
  const lags = Math.min(2 * Math.max(1, memory.lastLag()), memory.mostLags)
  let [spread, total] = [0, 1]
  for (let lag = 1; lag <= lags; lag++) {
    const weighed = 2 * flatTop(lag / lags) * memory.correlation(lag)
    spread += lag * weighed
    total += weighed
  }
  // (2 G^2 / D)^(1/3) n^(1/3) with D = 2 g(0)^2.
  const length = power(Math.abs(spread / total), 2 / 3) * power(count, 1 / 3)
  const longest = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3))
  return length > 1 ? Math.min(length, longest) : 1
}

/**
 * The mean block length for resampling a market, in candles: from the sizes of its moves, whose memory (calm and wild
 * stretches) lasts far longer than that of their directions.
 */
export function marketBlockCandles(close: Float64Array): number {
  return blockLengthOf(close.subarray(1).map((price, at) => Math.abs(ln(price / close[at]))))
}

/** 1 up to a half, then falling to 0 at 1: the lag window of Politis and Romano (1995). */
function flatTop(share: number): number {
  return share <= 0.5 ? 1 : 2 * (1 - share)
}

/** How values depend on those before them. */
class Memory {
  readonly mostLags: number
  private readonly away: Float64Array
  private readonly squares: number
  private readonly quietLags: number

  constructor(values: Float64Array) {
    const [count, mean] = [values.length, meanOf(values)]
    this.away = values.map((value) => value - mean)
    this.squares = this.products(0)
    this.quietLags = Math.max(5, Math.ceil(Math.sqrt(ln(count) / Math.LN10)))
    this.mostLags = Math.min(count - 1, Math.ceil(Math.sqrt(count)) + this.quietLags)
  }

  get varies(): boolean {
    return this.squares > 0
  }

  correlation(lag: number): number {
    return this.products(lag) / this.squares
  }

  /** The last lag that matters: after it come `quietLags` in a row whose correlation could be chance. */
  lastLag(): number {
    const count = this.away.length
    const byChance = 2 * Math.sqrt(ln(count) / Math.LN10 / count)
    let quiet = 0
    for (let lag = 1; lag <= this.mostLags; lag++) {
      quiet = Math.abs(this.correlation(lag)) < byChance ? quiet + 1 : 0
      if (quiet === this.quietLags) return lag - this.quietLags
    }
    return this.mostLags
  }

  private products(lag: number): number {
    let sum = 0
    for (let at = lag; at < this.away.length; at++) sum += this.away[at] * this.away[at - lag]
    return sum
  }
}
