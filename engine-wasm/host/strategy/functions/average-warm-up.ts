import { averageKinds } from "../formula/function-spec.ts"

/**
 * Candles after which no bit of an EMA of this length depends on its start: 16 x length until two starts are one
 * rounding step apart, and 8 x length more until a rounding merges them (all but one start in ten million).
 */
export const emaSettles = (length: number) => 24 * length

/** The same for Wilder's average, whose weight is that of an EMA of 2 x length - 1. */
export const wilderSettles = (length: number) => emaSettles(2 * length - 1)

/** Kaufman's average at its slowest has weight (2/31)^2 = 1/240, an EMA of some 480 candles. */
const kamaSettles = (length: number) => length + emaSettles(480)

/**
 * Candles before an average of this kind (a code of averageKinds) is ready, and before it is settled (TA-Lib's MA
 * lookback).
 */
export function averageWarmUp(length: number, kind: number) {
  const once = length - 1
  if (length === 1) return { ready: 0, settled: 1 }
  if (kind === averageKinds.ema) return { ready: once, settled: emaSettles(length) }
  if (kind === averageKinds.dema) return { ready: 2 * once, settled: 2 * emaSettles(length) }
  if (kind === averageKinds.tema) return { ready: 3 * once, settled: 3 * emaSettles(length) }
  if (kind === averageKinds.t3) return { ready: 6 * once, settled: 6 * emaSettles(length) }
  if (kind === averageKinds.kama) return { ready: length, settled: kamaSettles(length) }
  return { ready: once, settled: length }
}
