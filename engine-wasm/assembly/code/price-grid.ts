// Prices are on a grid of ticks. On a grid, averages are counted in whole ticks, so that two that are equal on paper
// compare equal.
const EXACT_LIMIT: f64 = 9_007_199_254_740_992
/** Prices may grow to 256 times the first. */
const HEADROOM: f64 = 256

let scales: f64[] = []
let leastScales: f64[] = []
let firstPrices: f64[] = []
let market: i32 = 0

/**
 * Sets a market's grid: price x scale is whole (0: no grid), or x leastScale where sums are long; and its first price.
 * Markets come in order.
 */
export function setPrices(scale: f64, leastScale: f64, firstPrice: f64): void {
  scales.push(scale)
  leastScales.push(leastScale)
  firstPrices.push(firstPrice)
}

/** The market whose strategy is created next. */
export function useMarket(number: i32): void {
  market = number
}

/** The scale for an indicator whose inner sums reach `weight` prices; 0 where they could exceed exact integers. */
export function priceScale(weight: f64): f64 {
  return sourceScale(1, weight, weight)
}

/**
 * The same for values that are whole multiples of a tick's `parts`-th part (NaN: probably of a tick; 0: of nothing).
 * On the coarsest grid `leastWeight` is enough.
 */
export function sourceScale(parts: f64, weight: f64, leastWeight: f64): f64 {
  const part = parts == parts ? parts : 1
  const least = leastScales[market]
  for (let scale = scales[market]; scale > 0 && scale >= least; scale /= 10) {
    if (fits(scale * part, weight)) return scale * part
  }
  return fits(least * part, leastWeight) ? least * part : 0
}

function fits(scale: f64, weight: f64): bool {
  return firstPrices[market] * HEADROOM * scale * weight <= EXACT_LIMIT
}

/** A price in whole ticks, or in fractions of them where it has more digits; as it is where there is no grid. */
export function priceTicks(price: f64, scale: f64): f64 {
  return scale > 0 ? sourceTicks(price, scale, false) : price
}

/** A value this close to a whole number of ticks, as a share of them, is a price with rounding. */
const NEAR_WHOLE: f64 = 2 ** -50
/** The same in ticks, for a value that should be whole. */
const SLACK: f64 = 1e-6

/** Whether a value is a whole number of ticks, as prices are. */
export function isPrice(value: f64, scale: f64): bool {
  return isNearWhole(value * scale, 0)
}

function isNearWhole(ticks: f64, slack: f64): bool {
  return abs(ticks - nearest(ticks)) <= max(abs(ticks) * NEAR_WHOLE, slack)
}

/** A value in ticks, rounded where it is a price; `isWhole`: where it should be one, a difference is rounding. */
export function sourceTicks(value: f64, scale: f64, isWhole: bool): f64 {
  if (scale == 0) return value
  const ticks = value * scale
  return isNearWhole(ticks, isWhole ? SLACK : 0) ? nearest(ticks) : ticks
}
