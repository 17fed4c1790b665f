import { Market, type PublicTrade } from "../market/market.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import type { Order } from "../matching/order.ts"
import type { OrderList } from "../matching/order-lists.ts"
import type { Venue } from "../venue.ts"
import type { Ended } from "./order-history.ts"
import { type Memory, memoryOf, recall } from "./memory.ts"

/** Of each market's public trades. They fill a page of any question. */
const KEPT_TRADES = 1_000
/** Kept apart, or made again from what is kept. */
const APART = ["markets", "orders", "ordersOf", "lists", "byClientId", "movedIds"]

/** What a venue remembers but for its ended orders. Objects that belong together are the same objects in it. */
export type VenueMemory = {
  venue: Memory
  markets: { first: SymbolRules; memory: Memory; trades: PublicTrade[] }[]
  /** Every market there has been: one that is not in `markets` was delisted. */
  symbols: string[]
  lists: OrderList[]
  /** The number of each account's oldest ended order; older ones were wiped. */
  endedFrom: Map<number, number>
  /** Client ids that lead to another order than the newest with that id. */
  movedIds: [id: string, orderId: number][]
}

/** The memory of a venue; `isKept` says which lists are kept elsewhere. */
export function venueMemory(venue: Venue, isKept: (list: OrderList) => boolean): VenueMemory {
  return {
    venue: memoryOf(venue, APART),
    markets: Array.from(venue.markets.values(), (market) => ({
      first: market.first,
      memory: memoryOf(market),
      trades: market.trades.slice(-KEPT_TRADES),
    })),
    symbols: venue.options.symbols.map(({ symbol }) => symbol),
    lists: [...venue.lists.values()].filter((list) => !isKept(list)),
    endedFrom: new Map(
      Array.from(venue.ordersOf, ([account, orders]) => [
        account,
        orders.find((order) => !venue.openOrdersOf.get(account)!.has(order))?.orderId ?? Infinity,
      ]),
    ),
    movedIds: [...venue.movedIds].flatMap((id) => {
      const order = venue.byClientId.get(id)
      return order ? [[id, order.orderId]] : []
    }),
  }
}

/** Gives a fresh venue the memory of another one, with its ended orders. */
export function recallVenue(venue: Venue, memory: VenueMemory, ended: Ended): void {
  recallMarkets(venue, memory)
  recall(venue, memory.venue)
  const alive = ended.orders.filter((order) => order.orderId >= (memory.endedFrom.get(order.accountId) ?? Infinity))
  const open = Array.from(venue.openOrdersOf.values(), (orders) => [...orders]).flat()
  for (const order of [...alive, ...open].sort((one, other) => one.orderId - other.orderId))
    venue.orders.set(order.orderId, order)
  for (const account of venue.accounts.keys()) venue.ordersOf.set(account, [])
  for (const order of venue.orders.values()) venue.ordersOf.get(order.accountId)!.push(order)
  for (const [id, order] of idsOf(venue.orders.values())) venue.byClientId.set(id, order)
  for (const [id, orderId] of memory.movedIds) {
    venue.movedIds.add(id)
    venue.byClientId.set(id, venue.orders.get(orderId)!)
  }
  const hasOrders = (list: OrderList) => list.orderIds.every((orderId) => venue.orders.has(orderId))
  for (const list of [...ended.lists.filter(hasOrders), ...memory.lists].sort(
    (one, other) => one.listId - other.listId,
  ))
    venue.lists.set(list.listId, list)
}

function recallMarkets(venue: Venue, { markets, symbols }: VenueMemory): void {
  const { source, seed, tickMs, startMs } = venue.options
  for (const symbol of symbols) venue.markets.delete(symbol)
  const fresh = [...venue.markets]
  venue.markets.clear()
  for (const { first, memory, trades } of markets) {
    const market = new Market({ ...first }, source, seed, tickMs, startMs)
    recall(market, memory)
    market.trades.push(...trades)
    venue.markets.set(first.symbol, market)
  }
  // A market that a newer version has is new; it begins now.
  for (const [symbol, market] of fresh) venue.markets.set(symbol, market)
}

/** Each client id's newest order: by the id it was placed with, then by the id it has. */
function idsOf(orders: Iterable<Order>): Map<string, Order> {
  const ids = new Map<string, Order>()
  for (const order of orders) {
    const whose = `${order.accountId}/${order.symbol}/`
    ids.set(whose + order.placedClientOrderId, order)
    if (order.clientOrderId !== order.placedClientOrderId) ids.set(whose + order.clientOrderId, order)
  }
  return ids
}
