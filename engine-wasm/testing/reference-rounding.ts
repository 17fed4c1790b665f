/**
 * How near to a whole number of ticks counts as whole: 0.3 / 0.1 is 2.9999999999999996 in f64, and large counts are
 * less precise.
 */
function nearly(count: number): number {
  return Math.max(1e-9, Math.abs(count) * 1e-14)
}

/** The price on the tick grid at or below it; unchanged without a tick. */
export function tickDown(price: number, tick: number): number {
  return tick > 0 ? times(wholeBelow(price / tick), tick) : price
}

/** The price on the tick grid at or above it; unchanged without a tick. */
export function tickUp(price: number, tick: number): number {
  return tick > 0 ? times(-wholeBelow(-price / tick), tick) : price
}

/** The quantity in whole steps at or below it; unchanged without a step. */
export function stepDown(quantity: number, step: number): number {
  return step > 0 ? times(wholeBelow(quantity / step), step) : quantity
}

function wholeBelow(count: number): number {
  const nearest = Math.round(count)
  return Math.abs(count - nearest) <= nearly(count) ? nearest : Math.floor(count)
}

/** The product as the decimal it means: 3 x 0.1 is 0.3. */
function times(count: number, step: number): number {
  return Number((count * step).toPrecision(15))
}
