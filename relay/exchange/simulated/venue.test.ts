import { expect, test } from "vitest"
import { syntheticSource } from "./market/synthetic-source.ts"
import { decimalFrom, formatDecimal, ONE, times } from "./decimal.ts"
import { placeOrder } from "./matching/order-entry.ts"
import { defaultSymbols } from "./market/symbol-rules.ts"
import { limit, near, openVenue, order, startMs, trader } from "./testing/venue-orders.ts"

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
