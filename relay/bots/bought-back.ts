import type { Fill } from "../exchange/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { coinWords } from "./coin-words.ts"
import { differenceIn } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** Books what was bought back of coins that the engine never lost: they are there again. */
export async function bookBack(opened: OpenedBot, order: OwnOrder, fills: readonly Fill[]): Promise<void> {
  const desk = opened.deskOf(order)
  const own = fills.map((fill) => ({ ...fill, clientOrderId: order.clientOrderId }))
  const sum = (of: (fill: Fill) => number) => own.reduce((total, fill) => total + of(fill), 0)
  const bought = sum(({ quantity }) => Number(quantity))
  const price = sum((fill) => Number(fill.quantity) * Number(fill.price)) / bought
  const fees = sum(({ feeAsset, fee }) => (feeAsset === desk.facts.market.base ? Number(fee) : 0))
  const restored = Math.min(desk.missing, bought - fees)
  desk.missing -= restored
  opened.orders.book(own)
  const { difference } = desk
  const exchangeQuantity = opened.held(desk) - desk.missing
  const soldQuantity = Math.max(0, (difference?.soldQuantity ?? 0) - restored)
  const is = difference && desk.missing > 0 ? { ...difference, exchangeQuantity, soldQuantity } : undefined
  await opened.keep([coinWords.boughtBack(desk, order, { quantity: bought, price, restored })], {
    fills: own,
    ...differenceIn(desk, is),
  })
}
