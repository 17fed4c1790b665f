import { get } from "../column"

// Prices are on a grid. Where the grid is known, indicators receive whole ticks and their scale: how many ticks make
// one unit of price. Integers add up and compare exactly, and a coin's price in other units is the same number.

/** Divides a result in ticks to get one in price; 1 where there is no grid (scale 0). */
export function unitOf(scale: f64): f64 {
  return scale > 0 ? scale : 1
}

let fractions: bool = false

/** Whether some column of this block holds fractions of ticks: prices with more digits than the grid they are on. */
export function expectFractions(some: bool): void {
  fractions = some
}

/** Whether all values from the i-th on are whole, where there may be others. */
export function areWhole(column: usize, from: i32, to: i32): bool {
  if (!fractions) return true
  for (let i = from; i < to; i++) if (nearest(get(column, i)) != get(column, i)) return false
  return true
}
