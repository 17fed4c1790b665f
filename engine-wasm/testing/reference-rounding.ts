/**
 * How near to a whole number of ticks counts as whole: 0.3 / 0.1 is 2.9999999999999996 in f64, and large counts are
 * less precise.
 */
function nearly(count: number): number {
  return Math.max(1e-9, Math.abs(count) * 1e-14)
}

/** The price on the tick grid at or below it; without a tick the decimal it is. */
export function tickDown(price: number, tick: number): number {
  return tick > 0 ? times(wholeBelow(price / tick), tick) : asDecimal(price, Math.abs(price))
}

/** The price on the tick grid at or above it; without a tick the decimal it is. */
export function tickUp(price: number, tick: number): number {
  return tick > 0 ? times(-wholeBelow(-price / tick), tick) : asDecimal(price, Math.abs(price))
}

/** The quantity in whole steps at or below it; unchanged without a step. */
export function stepDown(quantity: number, step: number): number {
  return step > 0 ? times(wholeBelow(quantity / step), step) : quantity
}

function wholeBelow(count: number): number {
  const nearest = Math.round(count)
  return Math.abs(count - nearest) <= nearly(count) ? nearest : Math.floor(count)
}

/**
 * The decimal of 13 digits, counted from `size`, that a value lies at but for what a few operations on numbers of that
 * size lose; else the value as it is.
 */
export function asDecimal(value: number, size: number): number {
  const places = 12 - Number(size.toExponential().split("e")[1])
  if (!Number.isFinite(value) || places < 0 || places > 22) return value
  const meant = Number(value.toFixed(places))
  return Math.abs(meant - value) <= size * 2 ** -50 ? meant : value
}

/** The product as the decimal it means: 3 x 0.1 is 0.3. */
function times(count: number, step: number): number {
  return Number((count * step).toPrecision(15))
}
