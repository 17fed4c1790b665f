import type { Candles } from "../../candles/candles.ts"
import { decimalsOf, NO_PRICE_GRID } from "../../candles/price-decimals.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"

// Prices may grow to 256 times the first before a sum of them exceeds the integers f64 holds exactly.
const HEADROOM = 256
const EXACT_LIMIT = 2 ** 53
/** Four prices added up, as in an average price. */
const LEAST_REACH = 4
/** Sums of squares slide in 63 bits while length x ticks is below 2^53 / (HEADROOM x this). */
const SQUARES_REACH = 46_875
/** Digits of the first price that are counted where no tick is known; a long sum may need one less. */
const DIGITS = 8
const LEAST_DIGITS = 7

/**
 * What a market's prices are counted in: a whole number of 10^-priceDecimals, or of 10^-leastDecimals where sums are
 * long. Known when the market begins: no later candle has a say in it. A price between two ticks counts as a fraction.
 */
export type PriceGrid = { priceDecimals: number; leastDecimals: number; firstPrice: number }

/** A market's grid by its exchange's tick, where it has one; otherwise by its first price. */
export function priceGridOf({ open }: Pick<Candles, "open">, priceTick = 0): PriceGrid {
  const firstPrice = open[0] ?? 0
  if (!(firstPrice > 0)) return noPriceGrid
  const own = decimalsOf(firstPrice)
  const ruled = priceTick > 0 ? decimalsOf(priceTick) : NO_PRICE_GRID
  const isRuled = ruled < NO_PRICE_GRID
  return {
    priceDecimals: Math.max(own, isRuled ? ruled : decimalsFor(firstPrice, DIGITS)),
    leastDecimals: Math.max(own, isRuled ? ruled : decimalsFor(firstPrice, LEAST_DIGITS)),
    firstPrice,
  }
}

/** Nothing is known of prices: they are numbers as any. */
export const noPriceGrid: PriceGrid = { priceDecimals: NO_PRICE_GRID, leastDecimals: NO_PRICE_GRID, firstPrice: 0 }

/** Decimals with which a price has so many digits before and after the point together. */
function decimalsFor(price: number, digits: number): number {
  const exponent = Number(price.toExponential().split("e")[1])
  return Math.min(Math.max(digits - 1 - exponent, 0), NO_PRICE_GRID - 1)
}

export function areSameGrids(some: readonly PriceGrid[], others: readonly PriceGrid[]): boolean {
  return some.every(({ priceDecimals, leastDecimals, firstPrice }, n) => {
    const other = others[n]
    return (
      priceDecimals === other.priceDecimals && leastDecimals === other.leastDecimals && firstPrice === other.firstPrice
    )
  })
}

/** How many ticks make one unit of price. 0: not known. */
export function priceScale(decimals: number): number {
  return decimals >= NO_PRICE_GRID ? 0 : Number(`1e${decimals}`)
}

/**
 * The scale to pass to a function for values that are whole in this many `parts` of a tick; 0 without a grid, or
 * where its sums could exceed exact integers.
 */
export function tickScale(spec: FunctionSpec, numbers: number[], parts: number, prices: PriceGrid): number {
  const { priceDecimals, leastDecimals, firstPrice } = prices
  const fits = (scale: number, reach: number) => firstPrice * HEADROOM * scale * parts * reach <= EXACT_LIMIT
  for (let decimals = priceDecimals; decimals >= leastDecimals; decimals--) {
    if (fits(priceScale(decimals), reachOf(spec, numbers))) return priceScale(decimals) * parts
  }
  const least = priceScale(leastDecimals)
  // A window too long for sums of squares is read anew; as whole numbers it still is.
  return spec.reach === "squared" && fits(least, weightedReach(spec, numbers)) ? least * parts : 0
}

/** How many times the largest input an inner sum can reach. Strategies in code count the same way. */
function reachOf(spec: FunctionSpec, numbers: number[]): number {
  const longest = longestOf(spec, numbers)
  if (spec.reach === "fitted") return longest * longest * longest
  if (spec.reach === "weighted") return weightedReach(spec, numbers)
  if (spec.reach === "squared") return longest * SQUARES_REACH
  return spec.reach === "window" ? longest : LEAST_REACH
}

function weightedReach(spec: FunctionSpec, numbers: number[]): number {
  const longest = longestOf(spec, numbers)
  return (longest * (longest + 1)) / 2
}

function longestOf({ arguments: wanted }: FunctionSpec, numbers: number[]): number {
  const own = wanted.filter(({ kind }) => kind !== "series")
  return Math.max(LEAST_REACH, ...numbers.filter((_, n) => own[n].kind !== "average"))
}
