// The run's present moment, for the error message of a stopped strategy: the host reads it after a trap.

/** Closing time of the candle a strategy is deciding on (ms), and its market. NaN before the first. */
export let momentMs: f64 = NaN
export let momentMarket: i32 = 0

/** Records which candle of which market comes next. */
export function atMomentOf(market: i32, openTimeMs: f64): void {
  momentMarket = market
  momentMs = openTimeMs
}

export function candleAtWork(): f64 {
  return momentMs
}

export function marketAtWork(): i32 {
  return momentMarket
}
