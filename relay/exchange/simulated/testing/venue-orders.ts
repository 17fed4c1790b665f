import { decimalFrom, formatDecimal } from "../decimal.ts"
import { defaultSymbols } from "../market/symbol-rules.ts"
import { syntheticSource } from "../market/synthetic-source.ts"
import { newOrderFrom, type NewOrder } from "../protocol/order-request.ts"
import { Params } from "../protocol/params.ts"
import { Venue } from "../venue.ts"

/** When every day of these stories begins. */
export const startMs = Date.UTC(2026, 0, 5)

/** An exchange of three markets, the same for the same seed. */
export function openVenue(seed = "laws", tickMs = 5_000) {
  const symbols = defaultSymbols().filter((rules) => ["BTCUSDT", "ETHUSDT", "BNBUSDT"].includes(rules.symbol))
  return new Venue({ seed, startMs, symbols, source: syntheticSource({ seed, startMs, historyDays: 2 }), tickMs })
}

/** An account with money and coins. */
export function trader(venue: Venue, usdt = "100000", btc = "2") {
  const account = venue.openAccount("trader")
  venue.deposit(account, "USDT", decimalFrom(usdt))
  venue.deposit(account, "BTC", decimalFrom(btc))
  return account
}

/** A price some ticks away from the market, as text. */
export function near(venue: Venue, ticks: number) {
  const { lastPrice, rules } = venue.market("BTCUSDT")
  return formatDecimal(lastPrice + BigInt(ticks) * rules.tickSize)
}

/** An order of BTC/USDT from the words of the protocol. */
export function order(fields: Record<string, string>): NewOrder {
  return newOrderFrom(new Params({ symbol: "BTCUSDT", ...fields }))
}

/** The same at a price, until it is cancelled. */
export function limit(side: string, quantity: string, price: string, more: Record<string, string> = {}) {
  return order({ side, type: "LIMIT", timeInForce: "GTC", quantity, price, ...more })
}

/** An exit without a quantity of its own: its entry gives it one. */
export const unsized = (order: NewOrder): NewOrder => ({ ...order, quantity: 0n })
