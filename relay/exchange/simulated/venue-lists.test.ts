import { expect, test } from "vitest"
import { decimalFrom, formatDecimal, ONE } from "./decimal.ts"
import { fillByMarket } from "./faults/fault-effects.ts"
import { cancelOrder } from "./matching/order-cancel.ts"
import { placeOrder } from "./matching/order-entry.ts"
import { placeOco, placeOto } from "./matching/order-list-entry.ts"
import { checkPriority } from "./testing/venue-laws.ts"
import { limit, near, openVenue, order, trader, unsized } from "./testing/venue-orders.ts"

test("the first leg of an OCO to act ends the other, and the coins were locked only once", () => {
  const venue = openVenue("oco")
  const account = trader(venue, "1000", "1")
  const leg = (fields: Record<string, string>) => order({ side: "SELL", quantity: "1", ...fields })
  const list = placeOco(venue, account.id, {
    above: leg({ type: "LIMIT_MAKER", price: near(venue, 20_000) }),
    below: leg({
      type: "STOP_LOSS_LIMIT",
      timeInForce: "GTC",
      stopPrice: near(venue, -20_000),
      price: near(venue, -30_000),
    }),
    listId: undefined,
  })
  expect(account.balances.get("BTC")).toEqual({ free: 0n, locked: ONE })
  for (let minute = 0; minute < 3_000 && list.orderStatus !== "ALL_DONE"; minute++)
    venue.advanceTo(venue.nowMs + 60_000)
  const statuses = list.orderIds.map((id) => venue.orders.get(id)!.status).sort()
  expect(statuses).toEqual(["EXPIRED", "FILLED"])
  expect(account.balances.get("BTC")).toEqual({ free: 0n, locked: 0n })
})

test("a stop that belongs to a buy (OTOCO) starts only when the buy is filled, and locks what was bought", () => {
  const venue = openVenue("otoco")
  const account = venue.openAccount("buyer")
  venue.deposit(account, "USDT", decimalFrom("70000"))
  venue.deposit(account, "BTC", decimalFrom("0.01"))
  const list = placeOto(venue, account.id, {
    working: limit("BUY", "1", near(venue, -5_000)),
    pending: [
      order({ side: "SELL", type: "LIMIT_MAKER", quantity: "1", price: near(venue, 90_000) }),
      order({ side: "SELL", type: "STOP_LOSS", quantity: "1", stopPrice: near(venue, -60_000) }),
    ],
    listId: undefined,
  })
  const [buy, profit, stop] = list.orderIds.map((id) => venue.orders.get(id)!)
  expect([profit.status, stop.status]).toEqual(["PENDING_NEW", "PENDING_NEW"])
  for (let moment = 0; moment < 20_000 && buy.status !== "FILLED"; moment++) venue.advanceTo(venue.nowMs + 5_000)
  expect([profit.status, stop.status]).toEqual(["NEW", "NEW"])
  expect(account.balances.get("BTC")!.locked).toBe(ONE)
  cancelOrder(venue, stop, undefined)
  expect([profit.status, stop.status, list.orderStatus]).toEqual(["CANCELED", "CANCELED", "ALL_DONE"])
})

test.each([
  ["0", "0.0199", "the commission is taken from what was bought, and the exits sell the rest on the step"],
  ["0.5", "0.02", "whoever holds enough besides pays the commission from that, and the exits sell all that was bought"],
])("exits paid by their entry: with %s BTC at hand they sell %s: %s", (held, sold) => {
  const venue = openVenue("opoco")
  const rules = venue.market("BTCUSDT").rules
  rules.stepSize = decimalFrom("0.0001")
  const account = trader(venue, "70000", held)
  const list = placeOto(venue, account.id, {
    working: limit("BUY", "0.02", near(venue, 5_000), { timeInForce: "FOK" }),
    pending: [
      unsized(order({ side: "SELL", type: "LIMIT_MAKER", quantity: "1", price: near(venue, 90_000) })),
      unsized(order({ side: "SELL", type: "STOP_LOSS", quantity: "1", stopPrice: near(venue, -60_000) })),
    ],
    listId: undefined,
    isPaid: true,
  })
  const [buy, profit, stop] = list.orderIds.map((id) => venue.orders.get(id)!)
  expect([buy.status, profit.status, stop.status]).toEqual(["FILLED", "NEW", "NEW"])
  expect([profit.quantity, stop.quantity]).toEqual([decimalFrom(sold), decimalFrom(sold)])
  expect(account.balances.get("BTC")!.locked).toBe(decimalFrom(sold))
  cancelOrder(venue, stop, undefined)
  expect(account.balances.get("BTC")!.locked).toBe(0n)
  expect(account.balances.get("BTC")!.free).toBe(decimalFrom("0.01998") + decimalFrom(held))
})

test("what an entry has received so far is locked for its exits, and free again when the list is cancelled", () => {
  const venue = openVenue("opo")
  const account = trader(venue, "70000", "0")
  const list = placeOto(venue, account.id, {
    working: limit("BUY", "1", near(venue, -5_000)),
    pending: [unsized(order({ side: "SELL", type: "STOP_LOSS", quantity: "1", stopPrice: near(venue, -60_000) }))],
    listId: undefined,
    isPaid: true,
  })
  const [buy, stop] = list.orderIds.map((id) => venue.orders.get(id)!)
  fillByMarket(venue, buy.orderId, { quantity: decimalFrom("0.25") })
  expect([buy.status, stop.status, stop.quantity]).toEqual(["PARTIALLY_FILLED", "PENDING_NEW", 0n])
  expect(account.balances.get("BTC")).toEqual({ free: 0n, locked: decimalFrom("0.24975") })
  cancelOrder(venue, buy, undefined)
  expect([stop.status, list.orderStatus]).toEqual(["CANCELED", "ALL_DONE"])
  expect(account.balances.get("BTC")).toEqual({ free: decimalFrom("0.24975"), locked: 0n })
})

test("a buy that fills starts its exit only when the seller it met has been filled as well", () => {
  const venue = openVenue()
  placeOrder(venue, trader(venue, "0", "500").id, order({ side: "SELL", type: "MARKET", quantity: "499" }))
  const bid = venue.market("BTCUSDT").lastPrice - 2_000_000n
  const offer = placeOrder(venue, trader(venue).id, limit("SELL", "0.4", formatDecimal(bid)))
  const heard: string[] = []
  venue.listen((event) => {
    if (event.kind === "trade") heard.push(`trade at ${formatDecimal(event.trade.price)}`)
    if (event.kind === "execution") heard.push(`${event.execution} of ${event.order.orderId}`)
    if (event.kind === "execution" && event.fill?.isMaker) checkPriority(venue, event.order, event.fill.price)
  })
  const { orderIds } = placeOto(venue, trader(venue).id, {
    working: limit("BUY", "0.1", formatDecimal(bid)),
    pending: [limit("SELL", "0.1", formatDecimal(bid - 1_000_000n))],
    listId: undefined,
  })
  const [buy, exit] = orderIds
  expect(heard).toEqual([
    `NEW of ${buy}`,
    // The exit is booked at once and waits.
    `NEW of ${exit}`,
    `TRADE of ${buy}`,
    `TRADE of ${offer.orderId}`,
    `trade at ${formatDecimal(bid)}`,
    `NEW of ${exit}`,
  ])
})
