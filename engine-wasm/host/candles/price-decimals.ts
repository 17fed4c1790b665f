import type { CandleColumns } from "./candles.ts"

/** From this number on, prices have no decimal grid: 10^22 is the last power of ten f64 holds exactly. */
export const NO_PRICE_GRID = 23

/**
 * Most digits after the decimal point among open, high, low, close; NO_PRICE_GRID when some price needs that many or
 * more.
 */
export function priceDecimalsOf(columns: Pick<CandleColumns, "open" | "high" | "low" | "close">): number {
  return [columns.open, columns.high, columns.low, columns.close].reduce(decimalsOfColumn, 0)
}

/** Digits after the decimal point of one number, such as an exchange's tick. */
export function decimalsOf(price: number): number {
  return decimalsOfColumn(0, Float64Array.of(price))
}

function decimalsOfColumn(decimals: number, column: Float64Array): number {
  let scale = powerOfTen(decimals)
  for (let index = 0; index < column.length; index++) {
    const price = column[index]
    while (decimals < NO_PRICE_GRID && Math.round(price * scale) / scale !== price) {
      decimals++
      scale = powerOfTen(decimals)
    }
  }
  return decimals
}

// Parsed from text, because engines may differ in the last bit of `**`.
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}
