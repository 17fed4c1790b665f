import type { PlacedOrder } from "../exchange/exchange.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import { isDoubtful, leftOf, type OwnOrder } from "../ledger/own-order.ts"
import { isAlmost } from "./coin-claims.ts"
import { type OrderTerms, plannedOrder } from "./order-terms.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { CLOCKS_DIFFER_MS } from "./sold-since-backup.ts"

/**
 * After a restore, a stop may wait at the exchange that took the place of the one the backup knows. The only bot that
 * can mean it takes it over, so that it can be replaced without a moment without a stop: where nothing was traded since
 * that the backup does not know. "later" while orders are not asked about yet.
 */
export async function takeOverStop(opened: OpenedBot, placed: PlacedOrder): Promise<"taken" | "later" | "no"> {
  if (!mayBeItsStop(opened, placed)) return "no"
  const { market } = placed
  if (opened.orders.of(market).some(isDoubtful)) return "later"
  if (!sellsWhatIsHeld(opened, placed)) return "no"
  const hasTraded = await hasUnknownTrades(opened, market).catch(() => undefined)
  if (hasTraded !== false) return hasTraded ? "no" : "later"
  await take(opened, placed)
  return "taken"
}

function mayBeItsStop({ parts }: OpenedBot, placed: PlacedOrder): boolean {
  const { account, ledger } = parts
  const { clientOrderId, filledQuantity, market, side, status, updatedMs } = placed
  const traders = [...account.runners].filter(({ bot }) => bot.status !== "stopped" && bot.markets.includes(market))
  const isOfBefore = ledger.restored !== undefined && updatedMs < ledger.restored.restoredMs + CLOCKS_DIFFER_MS
  const isWhole = status === "open" && Number(filledQuantity) === 0
  return (
    isOfBefore && !ledger.orderIds.isFromLaterStart(clientOrderId) && side === "sell" && isWhole && traders.length === 1
  )
}

/** All of it, exactly, where the stop that the bot knows is gone: an order by hand sells what no bot holds. */
function sellsWhatIsHeld(opened: OpenedBot, placed: PlacedOrder): boolean {
  const desk = opened.deskOf(placed)
  const hasStop = opened.orders.of(placed.market).some(({ role, status }) => role === "stop" && status === "open")
  return !hasStop && isAlmost(leftOf(placed), desk.facts.floored(opened.held(desk)))
}

async function hasUnknownTrades({ parts }: OpenedBot, market: string): Promise<boolean> {
  const { account, bot, ledger } = parts
  const madeMs = ledger.restored?.madeMs
  if (madeMs === undefined) return true
  const fills = await account.exchange.fills({ market, sinceMs: madeMs - CLOCKS_DIFFER_MS })
  const numbers = [...new Set(fills.map(({ exchangeOrderId }) => exchangeOrderId))]
  return (await ledger.numbersOfBots(bot.accountId, numbers)).size < numbers.length
}

/** From here on it is an order of the bot like any other, and what it locks is there. */
async function take(opened: OpenedBot, placed: PlacedOrder): Promise<void> {
  const { id: botId, accountId } = opened.parts.bot
  const { clientOrderId, market, quantity, side } = placed
  const desk = opened.deskOf(placed)
  const terms: OrderTerms = { role: "stop", intent: desk.wants.stop?.id ?? 0, side, kind: "stop", quantity }
  const ids = { clientOrderId, createdMs: placed.updatedMs }
  const order = { ...plannedOrder(terms, { accountId, botId, market }, ids), exchangeOrderId: placed.exchangeOrderId }
  order.status = placed.status
  opened.orders.add([order])
  desk.missing = Math.max(0, desk.missing - leftOf(order))
  await opened.keep([takenOver(order)])
}

function takenOver({ market, quantity }: OwnOrder): NewEvent {
  const words = `${market}: a stop for ${quantity}, placed after the backup, waits at the exchange; the bot takes it over.`
  return { kind: "order", words }
}
