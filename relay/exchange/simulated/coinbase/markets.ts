import { ONE } from "../decimal.ts"
import type { Fees } from "../account/account.ts"
import { rulesFor, type Sketch, type SymbolRules } from "../market/symbol-rules.ts"

// A price step times a size step is at least 10^-8 here, so sizes have six places; at Coinbase they have eight.
const sketches: Sketch[] = [
  { base: "BTC", quote: "USD", startPrice: 60_000, minuteVolume: 14, tick: "0.01", step: "0.000001", minNotional: "1" },
  { base: "ETH", quote: "USD", startPrice: 3_000, minuteVolume: 180, tick: "0.01", step: "0.00001", minNotional: "1" },
  { base: "SOL", quote: "USD", startPrice: 150, minuteVolume: 900, tick: "0.01", step: "0.0001", minNotional: "1" },
  {
    base: "ETH",
    quote: "BTC",
    startPrice: 0.05,
    minuteVolume: 15,
    tick: "0.00001",
    step: "0.001",
    minNotional: "0.00001",
  },
]

/** Open orders a product may have; stops count like others. */
const MOST_ORDERS = 500

/** How Coinbase names a market. */
export function productIdOf(base: string, quote: string): string {
  return `${base}-${quote}`
}

/** The markets of a fresh exchange that speaks Coinbase's protocol. */
export function coinbaseMarkets(): SymbolRules[] {
  return sketches.map((sketch) => ({
    ...rulesFor(sketch, productIdOf(sketch.base, sketch.quote)),
    maxOrders: MOST_ORDERS,
    maxAlgoOrders: MOST_ORDERS,
    maxOrderLists: MOST_ORDERS,
  }))
}

/**
 * The tier of a fresh account, "Intro 1": 0.60 % of what rests, 1.20 % of what takes, in the quote currency.
 * Source: https://help.coinbase.com/en/coinbase/trading-and-funding/advanced-trade/advanced-trade-fees
 */
export const firstTier = { name: "Intro 1", fromUsd: "0", toUsd: "1000" }
export const coinbaseFees: Fees = { maker: (ONE * 6n) / 1000n, taker: (ONE * 12n) / 1000n, isInQuote: true }
