// One long short-term memory: its state begins at zero in every window, so a value depends on the window alone and not
// on where a run began. Gates stand in tfjs's order: input, forget, candidate, output.
import { sigmoids, tangents } from "./sigmoid"

const MOST_UNITS: i32 = 64
const GATES: i32 = 4
const output: usize = memory.data(MOST_UNITS * 8, 16)
const cell: usize = memory.data(MOST_UNITS * 8, 16)
const gates: usize = memory.data(MOST_UNITS * GATES * 8, 16)

/** The four gates' sums from one candle's features, before anything is remembered; `units` is even. */
export function projectFeatures(features: usize, count: i32, weights: usize, units: i32, sums: usize): void {
  const width = <usize>(units * GATES) << 3
  const bias = weights + <usize>(count + units) * width
  memory.copy(sums, bias, width)
  for (let n = 0; n < count; n++) addScaled(sums, weights + <usize>n * width, load<f64>(features + ((<usize>n) << 3)), width)
}

/** Adds a row times a factor. */
// @ts-ignore: decorator
@inline
function addScaled(sums: usize, row: usize, factor: f64, width: usize): void {
  const factors = f64x2.splat(factor)
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(v128.load(row + at), factors)))
  }
}

/** Forgets everything. */
export function beginWindow(units: i32): void {
  memory.fill(output, 0, <usize>units << 3)
  memory.fill(cell, 0, <usize>units << 3)
}

/** Takes the next candle of the window, by its projected sums. */
export function remember(sums: usize, recurrent: usize, units: i32): void {
  const width = <usize>(units * GATES) << 3
  memory.copy(gates, sums, width)
  for (let n = 0; n < units; n++) addScaled(gates, recurrent + <usize>n * width, load<f64>(output + ((<usize>n) << 3)), width)
  const one = <usize>units << 3
  for (let at: usize = 0; at < one; at += 16) {
    const kept = f64x2.mul(sigmoids(v128.load(gates + one + at)), v128.load(cell + at))
    const taken = f64x2.mul(sigmoids(v128.load(gates + at)), tangents(v128.load(gates + 2 * one + at)))
    const now = f64x2.add(kept, taken)
    v128.store(cell + at, now)
    v128.store(output + at, f64x2.mul(sigmoids(v128.load(gates + 3 * one + at)), tangents(now)))
  }
}

/** The dense layer over what the memory says at the window's end: its weights, then its bias. */
export function endWindow(dense: usize, units: i32): f64 {
  let sum: f64 = 0
  for (let n = 0; n < units; n++) {
    const at = (<usize>n) << 3
    sum += load<f64>(output + at) * load<f64>(dense + at)
  }
  return sum + load<f64>(dense + ((<usize>units) << 3))
}
