import type { PlacedOrder, ProtectedEntry } from "../exchange.ts"
import { acknowledged, type Amendment, type AskVenue, type Protection, type WantedExit } from "./protection.ts"

type Row = Record<string, string>
type Listed = { result: { list: Row[] } }

const MOST_ROWS = 50
/** An exit is made when its entry fills; clocks of its servers may differ by this much. */
const CLOCKS_DIFFER_MS = 2_000
/** An exit sells what its entry received: all of it but the fee, and what is below the market's step. */
const LEAST_SHARE = 0.98
const REFUSED: ReadonlySet<string> = new Set(["Rejected", "Cancelled", "Deactivated"])

/**
 * A limit entry with its stop and target attached. The exchange starts them when it has filled, for what was received.
 * Source: https://bybit-exchange.github.io/docs/v5/order/create-order
 */
export const bybitProtection: Protection = {
  request(wanted, symbol) {
    const { entry } = wanted
    const params = {
      category: "spot",
      symbol,
      side: entry.side === "buy" ? "Buy" : "Sell",
      orderType: "Limit",
      qty: entry.quantity,
      price: entry.price,
      timeInForce: entry.kind === "limit" ? "GTC" : "FOK",
      orderLinkId: entry.clientOrderId,
      ...exitsOf(wanted),
    }
    return { path: "privatePostV5OrderCreate", params }
  },
  placed(answer, { entry }) {
    const { orderId } = (answer as { result: { orderId: string } }).result
    return [acknowledged(entry, orderId)]
  },
  exit: attachedExit,
}

/** Source: https://bybit-exchange.github.io/docs/v5/order/amend-order */
export const bybitAmendment: Amendment = {
  path: "privatePostV5OrderAmend",
  params: ({ exchangeOrderId, clientOrderId = "" }, { quantity, stopPrice, price }, symbol) => ({
    category: "spot",
    symbol,
    ...(exchangeOrderId ? { orderId: exchangeOrderId } : { orderLinkId: clientOrderId }),
    triggerPrice: stopPrice,
    ...(quantity !== undefined && { qty: quantity }),
    ...(price !== undefined && { price }),
  }),
}

/** A closed order that the exchange's live list has forgotten: it forgets them all when it restarts. */
export async function olderBybitOrder(
  ask: AskVenue,
  { exchangeOrderId, clientOrderId }: { exchangeOrderId?: string; clientOrderId?: string },
): Promise<Row | undefined> {
  const name = exchangeOrderId ? { orderId: exchangeOrderId } : { orderLinkId: clientOrderId }
  return (await listed(ask, "privateGetV5OrderHistory", name))[0]
}

function exitsOf({ stop, target }: ProtectedEntry): Record<string, string> {
  const loss = {
    stopLoss: stop.stopPrice,
    ...(stop.price ? { slOrderType: "Limit", slLimitPrice: stop.price } : { slOrderType: "Market" }),
  }
  if (!target) return loss
  return { ...loss, takeProfit: target.price, tpOrderType: "Limit", tpLimitPrice: target.price }
}

/**
 * The exit of an entry. Spot orders do not name their entry (`parentOrderLinkId` is for derivatives), so it is the one
 * of the same trigger price and size that nobody else named, made when the entry was, or filled, and not by another.
 */
async function attachedExit(ask: AskVenue, wanted: WantedExit): Promise<Row | undefined> {
  const { marketId: symbol, entry, exitPrice, others } = wanted
  const isOfEntry = ({ parentOrderLinkId }: Row) => parentOrderLinkId === entry.clientOrderId
  const isAtPrice = (row: Row) => Number(row.triggerPrice) === Number(exitPrice)
  const isIt = (row: Row) =>
    isOfEntry(row) || (isNameless(row) && isAtPrice(row) && isOfItsSize(row, entry) && isAfter(row, entry))
  for (const question of questions(symbol)) {
    const listedRows = await listed(ask, question.path, question.params)
    const rows = listedRows.filter((row) => isIt(row) && !others.includes(row.orderId))
    const found = rows.find(isOfEntry) ?? rows.toSorted((one, other) => apartMs(one, entry) - apartMs(other, entry))[0]
    if (found) return found
  }
  return undefined
}

/** Where an exit may be: among the open orders, those closed just now, or before. */
function questions(symbol: string) {
  const named = { category: "spot", symbol, limit: MOST_ROWS }
  return [
    { path: "privateGetV5OrderRealtime", params: { ...named, orderFilter: "tpslOrder" } },
    { path: "privateGetV5OrderRealtime", params: { ...named, openOnly: 1 } },
    { path: "privateGetV5OrderHistory", params: named },
  ]
}

function isNameless({ orderLinkId = "", parentOrderLinkId = "" }: Row): boolean {
  return orderLinkId === "" && parentOrderLinkId === ""
}

/** One that was refused as soon as it began has no size. */
function isOfItsSize({ qty, orderStatus }: Row, { filledQuantity }: PlacedOrder): boolean {
  if (Number(qty) === 0) return REFUSED.has(orderStatus)
  const share = Number(qty) / Number(filledQuantity)
  return share >= LEAST_SHARE && share <= 1 + 1e-9
}

/** Whether an exit dates from its entry's order or from its fill is not documented. */
function isAfter(row: Row, { createdMs, updatedMs }: PlacedOrder): boolean {
  return madeMs(row) >= (createdMs ?? updatedMs) - CLOCKS_DIFFER_MS
}

function apartMs(row: Row, { updatedMs }: PlacedOrder): number {
  return Math.abs(madeMs(row) - updatedMs)
}

function madeMs({ createdTime }: Row): number {
  return Number(createdTime)
}

async function listed(ask: AskVenue, path: string, params: object): Promise<Row[]> {
  return ((await ask(path, { category: "spot", ...params })) as Listed).result.list
}
