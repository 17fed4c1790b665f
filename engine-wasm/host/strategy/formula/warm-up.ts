/**
 * How long a column needs, in candles of its own clock: `ready` before its first value, `settled` until an earlier
 * start of the candles would no longer change a bit of it.
 */
export type WarmUp = { ready: number; settled: number }

export const noWarmUp: WarmUp = { ready: 0, settled: 0 }

/** The warm-up of an operator over these sources: the slowest source, then the operator's own. */
export function warmUpAfter(sources: WarmUp[], own: WarmUp = noWarmUp): WarmUp {
  return { ready: longest(sources, "ready") + own.ready, settled: longest(sources, "settled") + own.settled }
}

/** The slowest of several. */
export function longestWarmUp(parts: WarmUp[]): WarmUp {
  return warmUpAfter(parts)
}

/**
 * A slower clock's warm-up in candles of a faster one, `ratio` of which make one slow candle. A value shows at the
 * close of its slow candle; and since the data may begin halfway through one, that first part-candle settles nothing.
 */
export function warmUpInFasterClock({ ready, settled }: WarmUp, ratio: number): WarmUp {
  return { ready: (ready + 1) * ratio - 1, settled: (settled + 2) * ratio - 2 }
}

function longest(parts: WarmUp[], part: keyof WarmUp): number {
  return parts.reduce((most, warmUp) => Math.max(most, warmUp[part]), 0)
}
