// Prices are on a grid of ticks. On a grid, averages are counted in whole ticks, so that two that are equal on paper
// compare equal.
const EXACT_LIMIT: f64 = 9_007_199_254_740_992
/** Prices may grow to 16 times the highest seen. */
const HEADROOM: f64 = 16

let scales: f64[] = []
let highest: f64[] = []
let market: i32 = 0

/** Sets a market's grid: price x scale is whole (0: no grid), and its highest price. Markets come in order. */
export function setPrices(scale: f64, maxPrice: f64): void {
  scales.push(scale)
  highest.push(maxPrice)
}

/** The market whose strategy is created next. */
export function useMarket(number: i32): void {
  market = number
}

/** The scale for an indicator whose inner sums reach `weight` prices; 0 where they could exceed exact integers. */
export function priceScale(weight: f64): f64 {
  return sourceScale(1, weight)
}

/** The same for values that are whole multiples of a tick's `parts`-th part. NaN: probably of a tick. 0: of nothing. */
export function sourceScale(parts: f64, weight: f64): f64 {
  const scale = scales[market] * (parts == parts ? parts : 1)
  return highest[market] * HEADROOM * scale * weight <= EXACT_LIMIT ? scale : 0
}

/** A price in whole ticks, or in fractions of them where it has more digits; as it is where there is no grid. */
export function priceTicks(price: f64, scale: f64): f64 {
  return scale > 0 ? sourceTicks(price, scale, false) : price
}

let isFiner: bool = false

/** After a restore: prices have more digits than the grid on which the strategy began. */
export function expectFinerPrices(): void {
  isFiner = true
}

/** A value this close to a whole number of ticks, as a share of them, is a price with rounding. */
const NEAR_WHOLE: f64 = 2 ** -50

/** Whether a value is a whole number of ticks, as prices are. */
export function isPrice(value: f64, scale: f64): bool {
  const ticks = value * scale
  return abs(ticks - nearest(ticks)) <= abs(ticks) * NEAR_WHOLE
}

/**
 * A value in ticks. Where it should be whole, any difference is rounding; elsewhere it is rounded where it is a
 * price.
 */
export function sourceTicks(value: f64, scale: f64, isWhole: bool): f64 {
  if (scale == 0) return value
  return (isWhole && !isFiner) || isPrice(value, scale) ? nearest(value * scale) : value * scale
}
