import type { Candles } from "../../candles/candles.ts"
import { decimalsOf, NO_PRICE_GRID } from "../../candles/price-decimals.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"

// Prices may grow to 16 times the highest seen before a sum of them exceeds the integers f64 holds exactly.
const HEADROOM = 16
const EXACT_LIMIT = 2 ** 53
/** Four prices added up, as in an average price. */
const LEAST_REACH = 4

/** What is known of a market's prices: their digits after the point, and the highest, in quote currency. */
export type PriceGrid = { priceDecimals: number; maxPrice: number }

/** A market's grid by its exchange's tick, where it has one; in any case as fine as the candles at hand. */
export function priceGridOf({ priceDecimals, high }: Candles, priceTick = 0): PriceGrid {
  const ruled = priceTick > 0 ? decimalsOf(priceTick) : 0
  const decimals = ruled < NO_PRICE_GRID ? Math.max(ruled, priceDecimals) : priceDecimals
  return { priceDecimals: decimals, maxPrice: highestOf(high) }
}

function highestOf(column: Float64Array): number {
  let highest = 0
  for (let i = 0; i < column.length; i++) if (column[i] > highest) highest = column[i]
  return highest
}

export function areSameGrids(some: readonly PriceGrid[], others: readonly PriceGrid[]): boolean {
  return some.every((grid, n) => grid.priceDecimals === others[n].priceDecimals && grid.maxPrice === others[n].maxPrice)
}

/** How many ticks make one unit of price: price x scale is a whole number. 0: not known. */
export function priceScale({ priceDecimals }: PriceGrid): number {
  return priceDecimals >= NO_PRICE_GRID ? 0 : Number(`1e${priceDecimals}`)
}

/**
 * The scale to pass to a function for values that are whole in this many `parts` of a tick; 0 without a grid, or
 * where its sums could exceed exact integers.
 */
export function tickScale(spec: FunctionSpec, numbers: number[], parts: number, prices: PriceGrid): number {
  const scale = priceScale(prices) * parts
  return prices.maxPrice * HEADROOM * scale * reachOf(spec, numbers) <= EXACT_LIMIT ? scale : 0
}

/** How many times the largest input an inner sum can reach. Strategies in code count the same way. */
function reachOf({ reach, arguments: wanted }: FunctionSpec, numbers: number[]): number {
  const own = wanted.filter(({ kind }) => kind !== "series")
  const longest = Math.max(LEAST_REACH, ...numbers.filter((_, n) => own[n].kind !== "average"))
  if (reach === "fitted") return longest * longest * longest
  if (reach === "weighted") return (longest * (longest + 1)) / 2
  return reach === "window" ? longest : LEAST_REACH
}
