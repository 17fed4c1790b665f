// One price for a candle: sums of whole ticks divided once where the grid is known, so that equal prices compare equal.
import { get, number, set, source } from "./column"
import { Op } from "./opcode"

const STATE_BYTES: i32 = 8

/** Bytes of state: the price grid's scale, whatever the operator. */
export function priceBytes(_op: i32, _numbers: usize): i32 {
  return STATE_BYTES
}

/** Keeps the scale, the only number. */
export function priceStart(_op: i32, state: usize, numbers: usize): void {
  store<f64>(state, number(numbers, 0))
}

/** Runs a block; see operatorRun. Formulas: TA-Lib AVGPRICE, MEDPRICE, TYPPRICE, WCLPRICE. */
export function priceRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  const scale = load<f64>(state)
  switch (op) {
    case Op.avgPrice:
      return runMean4(count, destination, sources, scale)
    case Op.medPrice:
      return runMean2(count, destination, sources, scale)
    case Op.typPrice:
      return runMean3(count, destination, sources, scale, 1)
    case Op.wclPrice:
      return runMean3(count, destination, sources, scale, 2)
  }
}

function runMean2(count: i32, destination: usize, sources: usize, scale: f64): void {
  const a = source(sources, 0)
  const b = source(sources, 1)
  const divisor = 2 * unit(scale)
  for (let i = 0; i < count; i++) set(destination, i, (units(get(a, i), scale) + units(get(b, i), scale)) / divisor)
}

// The third price, the close, may weigh more than the others.
function runMean3(count: i32, destination: usize, sources: usize, scale: f64, weight: f64): void {
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  const divisor = (2 + weight) * unit(scale)
  for (let i = 0; i < count; i++) {
    const sum = units(get(a, i), scale) + units(get(b, i), scale) + weight * units(get(c, i), scale)
    set(destination, i, sum / divisor)
  }
}

function runMean4(count: i32, destination: usize, sources: usize, scale: f64): void {
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  const d = source(sources, 3)
  const divisor = 4 * unit(scale)
  for (let i = 0; i < count; i++) {
    const sum = units(get(a, i), scale) + units(get(b, i), scale) + units(get(c, i), scale) + units(get(d, i), scale)
    set(destination, i, sum / divisor)
  }
}

function units(price: f64, scale: f64): f64 {
  return scale > 0 ? nearest(price * scale) : price
}

function unit(scale: f64): f64 {
  return scale > 0 ? scale : 1
}
