// Prices lie on a grid of ticks. On a grid, averages are counted in whole ticks, so that two that are equal on paper
// compare equal.
const EXACT_LIMIT: f64 = 9_007_199_254_740_992
/** Prices may grow to 16 times the highest seen. */
const HEADROOM: f64 = 16

let scales: f64[] = []
let highest: f64[] = []
let market: i32 = 0

/** Tells a market's grid: price x scale is whole (0: no grid), and its highest price. Markets come in order. */
export function setPrices(scale: f64, maxPrice: f64): void {
  scales.push(scale)
  highest.push(maxPrice)
}

/** The market whose strategy is made next. */
export function useMarket(number: i32): void {
  market = number
}

/**
 * The scale for an indicator whose inner sums reach `weight` prices; 0 where they could leave the exact whole
 * numbers.
 */
export function priceScale(weight: f64): f64 {
  return sourceScale(1, weight)
}

/**
 * The same for values that are whole multiples of a tick's `parts`-th part. NaN: of a tick, as far as is known. 0: of
 * nothing.
 */
export function sourceScale(parts: f64, weight: f64): f64 {
  const scale = scales[market] * (parts == parts ? parts : 1)
  return highest[market] * HEADROOM * scale * weight <= EXACT_LIMIT ? scale : 0
}

/** Whether the value lies on the grid, or is not known. */
export function isOnGrid(value: f64, scale: f64): bool {
  if (scale == 0 || !isFinite(value)) return true
  const ticks = nearest(value * scale)
  return ticks / scale == value
}
