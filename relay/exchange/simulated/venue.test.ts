import fc from "fast-check"
import { expect, test } from "vitest"
import { syntheticSource } from "./market/synthetic-source.ts"
import { decimalFrom, formatDecimal, ONE, times } from "./decimal.ts"
import { fillByMarket } from "./faults/fault-effects.ts"
import { mayMove, type Order, type OrderStatus } from "./matching/order.ts"
import { cancelOrder } from "./matching/order-cancel.ts"
import { placeOrder } from "./matching/order-entry.ts"
import { placeOco, placeOto } from "./matching/order-list-entry.ts"
import { newOrderFrom, type NewOrder } from "./protocol/order-request.ts"
import { Params } from "./protocol/params.ts"
import { Refusal } from "./refusal.ts"
import { defaultSymbols } from "./market/symbol-rules.ts"
import { Venue } from "./venue.ts"

const startMs = Date.UTC(2026, 0, 5)

function openVenue(seed = "laws", tickMs = 5_000) {
  const symbols = defaultSymbols().filter((rules) => ["BTCUSDT", "ETHUSDT", "BNBUSDT"].includes(rules.symbol))
  return new Venue({ seed, startMs, symbols, source: syntheticSource({ seed, startMs, historyDays: 2 }), tickMs })
}

function trader(venue: Venue, usdt = "100000", btc = "2") {
  const account = venue.openAccount("trader")
  venue.deposit(account, "USDT", decimalFrom(usdt))
  venue.deposit(account, "BTC", decimalFrom(btc))
  return account
}

/** A price some ticks away from the market, as text. */
function near(venue: Venue, ticks: number) {
  const { lastPrice, rules } = venue.market("BTCUSDT")
  return formatDecimal(lastPrice + BigInt(ticks) * rules.tickSize)
}

function order(fields: Record<string, string>): NewOrder {
  return newOrderFrom(new Params({ symbol: "BTCUSDT", ...fields }))
}

function limit(side: string, quantity: string, price: string, more: Record<string, string> = {}) {
  return order({ side, type: "LIMIT", timeInForce: "GTC", quantity, price, ...more })
}

test("a market sale takes the bids best first and pays the fee from the money it receives", () => {
  const venue = openVenue()
  const sold = placeOrder(venue, trader(venue, "0", "20").id, order({ side: "SELL", type: "MARKET", quantity: "20" }))
  const prices = sold.fills.map((fill) => fill.price)
  expect(prices.length).toBeGreaterThan(1)
  expect(prices).toEqual([...prices].sort((a, b) => (a > b ? -1 : 1)))
  expect(
    sold.fills.every((fill) => fill.commissionAsset === "USDT" && fill.commission === times(fill.quote, ONE / 1000n)),
  ).toBe(true)
})

test("F52: a market order larger than the book ends expired, with what it got", () => {
  const venue = openVenue()
  const sold = placeOrder(venue, trader(venue, "0", "900").id, order({ side: "SELL", type: "MARKET", quantity: "900" }))
  expect([sold.status, sold.expiryReason]).toEqual(["EXPIRED", "INSUFFICIENT_LIQUIDITY"])
  expect(sold.executed).toBeGreaterThan(0n)
})

test("buying one coin and selling one coin fails: the fee has already been taken from it", () => {
  const venue = openVenue()
  const account = venue.openAccount("all in")
  venue.deposit(account, "USDT", decimalFrom("100000"))
  placeOrder(venue, account.id, order({ side: "BUY", type: "MARKET", quantity: "1" }))
  expect(() => placeOrder(venue, account.id, order({ side: "SELL", type: "MARKET", quantity: "1" }))).toThrow(
    "Account has insufficient balance",
  )
})

test("F53: fees are paid in BNB at three quarters of the rate while there is enough BNB, and from the received coin after that", () => {
  const venue = openVenue()
  const account = trader(venue)
  account.paysFeesInBnb = true
  venue.deposit(account, "BNB", decimalFrom("0.01"))
  const one = placeOrder(venue, account.id, order({ side: "BUY", type: "MARKET", quantity: "0.05" }))
  expect(new Set(one.fills.map((fill) => fill.commissionAsset))).toEqual(new Set(["BNB"]))
  const two = placeOrder(venue, account.id, order({ side: "BUY", type: "MARKET", quantity: "0.5" }))
  expect(two.fills.at(-1)!.commissionAsset).toBe("BTC")
})

test("between two sellers the better price trades first, and at one price the earlier order", () => {
  const venue = openVenue()
  const [early, late, cheap, buyer] = [trader(venue), trader(venue), trader(venue), trader(venue)]
  const bid = venue.market("BTCUSDT").lastPrice - 2_000_000n
  const place = (account: { id: number }, ticks: bigint) =>
    placeOrder(
      venue,
      account.id,
      limit("SELL", "0.4", formatDecimal(bid - ticks * 1_000_000n), { newClientOrderId: `s${account.id}` }),
    )
  // Sells inside the spread would trade with the market's bids, so the buyers' side is emptied first.
  placeOrder(venue, trader(venue, "0", "500").id, order({ side: "SELL", type: "MARKET", quantity: "499" }))
  const [first, second, third] = [place(early, 0n), place(late, 0n), place(cheap, 1n)]
  const taken = placeOrder(venue, buyer.id, limit("BUY", "0.6", formatDecimal(bid)))
  expect([third.executed, first.executed, second.executed].map(formatDecimal)).toEqual([
    "0.40000000",
    "0.20000000",
    "0.00000000",
  ])
  expect(taken.status).toBe("FILLED")
})

test("a resting order fills bit by bit as the market trades through it, and its filled quantity never falls", () => {
  const venue = openVenue("partial")
  const account = trader(venue, "9000000")
  const resting = placeOrder(venue, account.id, limit("BUY", "100", near(venue, -1_000)))
  const seen: bigint[] = []
  for (let minute = 0; minute < 600 && resting.status !== "FILLED"; minute++) {
    venue.advanceTo(venue.nowMs + 5_000)
    seen.push(resting.executed)
  }
  expect(resting.fills.length).toBeGreaterThan(3)
  expect(seen).toEqual([...seen].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
})

test("F57: an order meets another of its owner's: the resting one expires in the match, the new one rests", () => {
  const venue = openVenue()
  const account = trader(venue)
  placeOrder(venue, trader(venue, "0", "500").id, order({ side: "SELL", type: "MARKET", quantity: "499" }))
  const price = near(venue, 10)
  const resting = placeOrder(venue, account.id, limit("BUY", "0.1", price))
  const second = placeOrder(venue, account.id, limit("SELL", "0.1", price))
  expect([resting.status, second.status]).toEqual(["EXPIRED_IN_MATCH", "NEW"])
})

test("a stop sells when its price is traded, below it when the book is thin, never before", () => {
  const venue = openVenue("stop")
  const account = trader(venue)
  const stop = placeOrder(
    venue,
    account.id,
    order({ side: "SELL", type: "STOP_LOSS", quantity: "1", stopPrice: near(venue, -500_00 / 10) }),
  )
  expect([stop.status, stop.isWorking]).toEqual(["NEW", false])
  const lows: bigint[] = []
  venue.listen(
    (event) =>
      event.kind === "trade" &&
      event.market.rules.symbol === "BTCUSDT" &&
      stop.executed === 0n &&
      lows.push(event.trade.price),
  )
  for (let minute = 0; minute < 3_000 && !stop.isWorking; minute++) venue.advanceTo(venue.nowMs + 60_000)
  expect(stop.status).toBe("FILLED")
  expect(lows.slice(0, -1).filter((price) => price <= stop.stopPrice).length).toBeLessThanOrEqual(1)
})

test("a trailing stop follows the price up and sells after the reversal", () => {
  const venue = openVenue("trail")
  const account = trader(venue)
  const stop = placeOrder(
    venue,
    account.id,
    order({ side: "SELL", type: "STOP_LOSS", quantity: "0.1", trailingDelta: "50" }),
  )
  for (let minute = 0; minute < 3_000 && !stop.isWorking; minute++) venue.advanceTo(venue.nowMs + 60_000)
  const triggeredAt = stop.fills[0].price
  expect(stop.status).toBe("FILLED")
  expect(triggeredAt * 10_000n).toBeLessThanOrEqual(stop.trailingExtreme! * 9_960n)
})

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

test("replayed minutes come out of the exchange as they went in", () => {
  const rules = defaultSymbols()[0]
  const venue = openVenue("path", 1_000)
  const source = syntheticSource({ seed: "path", startMs, historyDays: 2 })
  venue.advanceTo(startMs + 10 * 60_000)
  for (let minute = 0; minute < 10; minute++) {
    const openMs = startMs + minute * 60_000
    const wanted = source.minute(rules, openMs)!
    const got = venue.market("BTCUSDT").candles.candle("1m", openMs, venue.nowMs)!
    expect([got.open, got.high, got.low, got.close]).toEqual(
      [wanted.open, wanted.high, wanted.low, wanted.close].map((ticks) => BigInt(ticks) * rules.tickSize),
    )
    expect(got.volume).toBe(BigInt(wanted.volume) * rules.stepSize)
  }
})

// The laws: whatever anybody sends, in any order, at any time.
const action = fc.record({
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
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never

function attempt(venue: Venue, ids: number[], act: Action): void {
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
    cancel: () => {
      const open = [...venue.openOrdersOf.get(accountId)!]
      if (open.length > 0) cancelOrder(venue, open[act.lots % open.length], undefined)
    },
    wait: () => venue.advanceTo(venue.nowMs + act.waitMs),
  }
  try {
    runs[act.what]()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

const unsized = (order: NewOrder): NewOrder => ({ ...order, quantity: 0n })

function crowd(venue: Venue): number[] {
  const ids = [trader(venue, "50000", "1").id, trader(venue, "20000", "0.2").id, trader(venue, "1000000", "30").id]
  venue.account(ids[1]).paysFeesInBnb = true
  venue.deposit(venue.account(ids[1]), "BNB", ONE)
  return ids
}

function totals(venue: Venue): Record<string, bigint> {
  const sum: Record<string, bigint> = {}
  const add = (asset: string, amount: bigint) => (sum[asset] = (sum[asset] ?? 0n) + amount)
  for (const account of venue.accounts.values())
    for (const [asset, { free, locked }] of account.balances) add(asset, free + locked)
  for (const [asset, amount] of [...venue.feesTaken, ...venue.marketGain]) add(asset, amount)
  return sum
}

test(
  "laws: no balance is ever negative, every coin is accounted for, locks match open orders, statuses and quantities only go forward, price and then time decide who trades",
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 30 }), fc.nat(50), (actions, seed) => {
        const venue = openVenue(`law${seed}`)
        const ids = crowd(venue)
        const before = totals(venue)
        const last = new Map<number, { status: OrderStatus; executed: bigint }>()
        venue.listen((event) => {
          if (event.kind !== "execution") return
          checkStep(last, event.order)
          if (event.fill?.isMaker) checkPriority(venue, event.order, event.fill.price)
        })
        for (const act of actions) {
          attempt(venue, ids, act)
          for (const [asset, amount] of Object.entries(totals(venue)))
            holds(`every ${asset} is accounted for`, amount === (before[asset] ?? 0n))
          for (const id of ids) checkLocks(venue, id)
        }
        for (const placed of venue.orders.values()) checkAccepted(venue, placed)
      }),
      { numRuns: 2_000 },
    )
  },
)

test("laws: the same seed and the same requests give the same day, bit for bit", () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 10, maxLength: 30 }), (actions) => {
      const [first, second] = [0, 1].map(() => {
        const venue = openVenue("twice")
        const ids = crowd(venue)
        const heard: unknown[] = []
        venue.listen((event) => event.kind === "trade" && heard.push([event.atMs, event.trade]))
        for (const act of actions) attempt(venue, ids, act)
        return { heard, accounts: [...venue.accounts.values()], orders: [...venue.orders.values()] }
      })
      expect(second).toEqual(first)
    }),
    { numRuns: 15 },
  )
})

/** A law in a hot loop: two thousand sequences check it half a million times, too often for vitest's own expect. */
function holds(law: string, is: boolean): void {
  if (!is) throw new Error(`broken law: ${law}`)
}

function checkStep(
  last: Map<number, { status: OrderStatus; executed: bigint }>,
  { orderId, status, executed, quantity }: Order,
): void {
  const before = last.get(orderId)
  holds(
    "a status only moves along the state machine",
    !before || before.status === status || mayMove(before.status, status),
  )
  holds("what is filled never falls", executed >= (before?.executed ?? 0n))
  holds("no order fills beyond its quantity", executed <= quantity)
  last.set(orderId, { status, executed })
}

/** Nobody on the same side waits at a better price, and an order filled in part is the first of its queue. */
function checkPriority(venue: Venue, order: Order, price: bigint): void {
  const best = venue.market(order.symbol).book.best(order.side)
  holds("the better price trades first", !best || (order.side === "BUY" ? best.price <= price : best.price >= price))
  holds("the earlier order trades first", order.status === "FILLED" || best!.order === order)
}

function checkLocks(venue: Venue, id: number): void {
  const locks = new Set(
    [...venue.openOrdersOf.get(id)!].filter((one) => one.status !== "PENDING_NEW").map((one) => one.lock),
  )
  for (const { paid, accountId } of venue.lists.values()) if (paid && accountId === id) locks.add(paid)
  for (const [asset, { free, locked }] of venue.account(id).balances) {
    holds("no balance is negative", free >= 0n && locked >= 0n)
    holds(
      "what is locked is what open orders need",
      locked === [...locks].filter((lock) => lock.asset === asset).reduce((sum, lock) => sum + lock.amount, 0n),
    )
  }
}

function checkAccepted(
  venue: Venue,
  { symbol, price, quantity, stopPrice, executed, executedQuote, fills, side, status }: Order,
): void {
  const { rules } = venue.market(symbol)
  // An exit that is paid by its entry has no quantity before that has filled.
  if (quantity === 0n) return holds("nothing without a quantity trades", fills.length === 0)
  expect([price % rules.tickSize, stopPrice % rules.tickSize, quantity % rules.stepSize]).toEqual([0n, 0n, 0n])
  expect(quantity).toBeGreaterThanOrEqual(rules.minQuantity)
  expect(fills.reduce((sum, fill) => sum + fill.quantity, 0n)).toBe(executed)
  expect(fills.reduce((sum, fill) => sum + fill.quote, 0n)).toBe(executedQuote)
  expect(status === "FILLED").toBe(executed === quantity)
  expect(fills.every((fill) => price === 0n || (side === "BUY" ? fill.price <= price : fill.price >= price))).toBe(true)
}
