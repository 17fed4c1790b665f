import fc from "fast-check"
import { decimalFrom, formatDecimal, ONE } from "../decimal.ts"
import { hasLimit, isConditional } from "../matching/order.ts"
import { amendOrder } from "../matching/order-amend.ts"
import { cancelOrder } from "../matching/order-cancel.ts"
import { placeOrder } from "../matching/order-entry.ts"
import { placeOco, placeOto } from "../matching/order-list-entry.ts"
import { Refusal } from "../refusal.ts"
import type { Venue } from "../venue.ts"
import { limit, near, order, trader, unsized } from "./venue-orders.ts"

/** Whatever somebody may do at an exchange. */
export const action = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    "limit",
    "limit",
    "market",
    "quote",
    "maker",
    "ioc",
    "fok",
    "stop",
    "stopLimit",
    "profit",
    "trail",
    "oco",
    "otoco",
    "opo",
    "opoco",
    "late",
    "net",
    "amend",
    "cancel",
    "wait",
    "wait",
  ),
  side: fc.constantFrom("BUY", "SELL"),
  lots: fc.integer({ min: 1, max: 60_000 }),
  ticks: fc.integer({ min: -30_000, max: 30_000 }),
  more: fc.integer({ min: 1, max: 30_000 }),
  waitMs: fc.integer({ min: 1, max: 40_000 }),
})
export type Action = typeof action extends fc.Arbitrary<infer One> ? One : never

/** Does it; false where the exchange refused. */
export function attempt(venue: Venue, ids: number[], act: Action): boolean {
  const accountId = ids[act.who]
  const quantity = formatDecimal(BigInt(act.lots) * 1000n)
  const base = { side: act.side, quantity }
  const stop = near(venue, act.side === "BUY" ? act.more : -act.more)
  const gain = near(venue, act.side === "BUY" ? -act.more : act.more)
  const oco = () => {
    const exit = act.side === "BUY" ? "SELL" : "BUY"
    const [high, low] = [near(venue, act.more), near(venue, -act.more)]
    const profit = (price: string) => order({ side: exit, quantity, type: "LIMIT_MAKER", price })
    const loss = (price: string) =>
      order({ side: exit, quantity, type: "STOP_LOSS_LIMIT", timeInForce: "GTC", stopPrice: price, price })
    return exit === "SELL" ? { above: profit(high), below: loss(low) } : { above: loss(high), below: profit(low) }
  }
  const runs: Record<string, () => unknown> = {
    limit: () => placeOrder(venue, accountId, limit(act.side, quantity, near(venue, act.ticks))),
    ioc: () => placeOrder(venue, accountId, limit(act.side, quantity, near(venue, act.ticks), { timeInForce: "IOC" })),
    fok: () => placeOrder(venue, accountId, limit(act.side, quantity, near(venue, act.ticks), { timeInForce: "FOK" })),
    market: () => placeOrder(venue, accountId, order({ ...base, type: "MARKET" })),
    quote: () =>
      placeOrder(
        venue,
        accountId,
        order({ side: act.side, type: "MARKET", quoteOrderQty: formatDecimal(BigInt(act.more) * ONE) }),
      ),
    maker: () => placeOrder(venue, accountId, order({ ...base, type: "LIMIT_MAKER", price: near(venue, act.ticks) })),
    stop: () => placeOrder(venue, accountId, order({ ...base, type: "STOP_LOSS", stopPrice: stop })),
    stopLimit: () =>
      placeOrder(
        venue,
        accountId,
        order({ ...base, type: "STOP_LOSS_LIMIT", timeInForce: "GTC", stopPrice: stop, price: near(venue, act.ticks) }),
      ),
    profit: () => placeOrder(venue, accountId, order({ ...base, type: "TAKE_PROFIT", stopPrice: gain })),
    trail: () =>
      placeOrder(venue, accountId, order({ ...base, type: "STOP_LOSS", trailingDelta: String(10 + (act.more % 50)) })),
    oco: () => placeOco(venue, accountId, { ...oco(), listId: undefined }),
    otoco: () =>
      placeOto(venue, accountId, {
        working: limit(act.side, quantity, near(venue, act.ticks)),
        pending: Object.values(oco()),
        listId: undefined,
      }),
    opo: () =>
      placeOto(venue, accountId, {
        working: limit("BUY", quantity, near(venue, act.ticks), { timeInForce: act.lots % 2 === 0 ? "FOK" : "GTC" }),
        pending: [unsized(order({ side: "SELL", quantity, type: "STOP_LOSS", stopPrice: near(venue, -act.more) }))],
        listId: undefined,
        isPaid: true,
      }),
    opoco: () =>
      placeOto(venue, accountId, {
        working: limit("BUY", quantity, near(venue, act.ticks)),
        pending: Object.values(oco()).map(unsized),
        listId: undefined,
        isPaid: true,
      }),
    late: () => {
      const wanted = order({ ...base, type: "STOP_LOSS", stopPrice: stop })
      placeOrder(venue, accountId, { ...wanted, locksLate: true })
    },
    net: () =>
      placeOto(venue, accountId, {
        working: limit("BUY", quantity, near(venue, act.ticks)),
        pending: [unsized(order({ side: "SELL", quantity, type: "STOP_LOSS", stopPrice: near(venue, -act.more) }))],
        listId: undefined,
        isPaid: true,
        isNet: true,
      }),
    amend: () => {
      const open = [...venue.openOrdersOf.get(accountId)!]
      const one = open[act.lots % open.length]
      if (!one) return
      const [price, stopPrice] = [near(venue, act.ticks), near(venue, -act.ticks)].map(decimalFrom)
      const change = { quantity: decimalFrom(quantity), price, stopPrice }
      amendOrder(venue, one, {
        ...(act.more % 2 === 0 ? { quantity: change.quantity } : {}),
        ...(hasLimit(one.type) ? { price } : {}),
        ...(isConditional(one.type) && !one.isWorking && one.stopPrice > 0n ? { stopPrice } : {}),
      })
    },
    cancel: () => {
      const open = [...venue.openOrdersOf.get(accountId)!]
      if (open.length > 0) cancelOrder(venue, open[act.lots % open.length], undefined)
    },
    wait: () => venue.advanceTo(venue.nowMs + act.waitMs),
  }
  try {
    runs[act.what]()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return false
  }
}

/** Three who trade: one pays fees in BNB, one has much. */
export function crowd(venue: Venue): number[] {
  const ids = [trader(venue, "50000", "1").id, trader(venue, "20000", "0.2").id, trader(venue, "1000000", "30").id]
  venue.account(ids[1]).paysFeesInBnb = true
  venue.deposit(venue.account(ids[1]), "BNB", ONE)
  return ids
}
