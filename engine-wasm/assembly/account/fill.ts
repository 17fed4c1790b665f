/** A fill: base units, quote currency per base unit, and the price before slippage. */
@unmanaged
export class Fill {
  quantity: f64
  price: f64
  priceBefore: f64
  timeMs: f64
  /** Fees in quote currency and in coins, as the exchange took them; NaN: by the run's rate. */
  fee: f64
  coinFee: f64
}

/** The bytes of one fill, used again for every fill. */
const FILL_BYTES = memory.data(48)

// @ts-ignore: decorator
@inline
export function fillOf(quantity: f64, price: f64, priceBefore: f64, timeMs: f64): Fill {
  const fill = changetype<Fill>(FILL_BYTES)
  fill.quantity = quantity
  fill.price = price
  fill.priceBefore = priceBefore
  fill.timeMs = timeMs
  fill.fee = NaN
  fill.coinFee = NaN
  return fill
}

/** A fill as the exchange told it. */
export function realFill(quantity: f64, price: f64, timeMs: f64, fee: f64, coinFee: f64): Fill {
  const fill = fillOf(quantity, price, price, timeMs)
  fill.fee = fee
  fill.coinFee = coinFee
  return fill
}
