import { DAY_MS } from "#engine/candles"
import type { Fill } from "../exchange/exchange.ts"
import { liveFill } from "./fill-terms.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** How coins that somebody else sold count: quote currency a unit, and fees in quote currency. */
export type HandSale = { price: number; fee: number; isFound: boolean }

/** A sale by hand is looked for so far back. */
const MOST_DAYS_BACK = 7

/**
 * What was got for coins that are missing: by the exchange's own trades where they show sales that were not ours since
 * the bot bought, else by the last price.
 */
export async function handSaleOf(opened: OpenedBot, desk: MarketDesk, missing: number): Promise<HandSale> {
  const { account, bot, ledger } = opened.parts
  const boughtMs = (await ledger.lastBuyMs(bot.id, desk.name)) ?? 0
  const sinceMs = Math.max(boughtMs, account.nowMs() - MOST_DAYS_BACK * DAY_MS)
  const sales = (await account.exchange.fills({ market: desk.name, sinceMs })).filter(({ side }) => side === "sell")
  const ours = await ledger.numbersOfBots(
    bot.accountId,
    sales.map(({ exchangeOrderId }) => exchangeOrderId),
  )
  const byHand = sales.filter(({ exchangeOrderId }) => !ours.has(exchangeOrderId))
  return soldAs(opened, desk, byHand.toReversed(), missing) ?? { price: desk.price, fee: 0, isFound: false }
}

/** The newest of these sales that make up the quantity; undefined where they do not. */
function soldAs(opened: OpenedBot, desk: MarketDesk, sales: readonly Fill[], missing: number): HandSale | undefined {
  const priceOf = (asset: string) => opened.parts.account.priceOf(asset)
  let [left, value, fees] = [missing, 0, 0]
  for (const sale of sales) {
    const { quantity, price, fee } = liveFill({ ...sale, clientOrderId: "" }, 0, desk.facts.market, priceOf)
    const part = Math.min(1, left / quantity)
    left -= quantity * part
    value += quantity * part * price
    fees += fee * part
    if (left <= missing * 1e-9) return { price: value / missing, fee: fees, isFound: true }
  }
  return undefined
}
