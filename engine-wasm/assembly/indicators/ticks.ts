// Prices lie on a grid. Where the grid is known, indicators are handed whole ticks and their scale: how many ticks make
// one unit of price. Whole numbers add up and compare exactly, and a coin's price in other units is the same number.

/** What divides an answer in ticks so that it is one in price; 1 where there is no grid (scale 0). */
export function unitOf(scale: f64): f64 {
  return scale > 0 ? scale : 1
}
