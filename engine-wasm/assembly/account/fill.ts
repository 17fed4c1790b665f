/** A fill: base units, quote currency per base unit, and the price before slippage. */
@unmanaged
export class Fill {
  quantity: f64
  price: f64
  priceBefore: f64
  timeMs: f64
}

/** The bytes of one fill, used again for every fill. */
const FILL_BYTES = memory.data(32)

export function fillOf(quantity: f64, price: f64, priceBefore: f64, timeMs: f64): Fill {
  const fill = changetype<Fill>(FILL_BYTES)
  fill.quantity = quantity
  fill.price = price
  fill.priceBefore = priceBefore
  fill.timeMs = timeMs
  return fill
}
