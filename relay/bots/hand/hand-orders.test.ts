import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeEach, expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { usualRisk, type RiskSettings } from "../../accounts/risk.ts"
import { AuditLog } from "../../audit/audit-log.ts"
import { venueInside } from "../../exchange/ccxt/testing/venue-inside.ts"
import type { Exchange } from "../../exchange/exchange.ts"
import type { RequestFaultName } from "../../exchange/simulated/faults/faults.ts"
import { LastLook } from "../../guard/last-look.ts"
import { HandRequests } from "../../ledger/hand-requests.ts"
import { History } from "../../ledger/history.ts"
import { Ledger } from "../../ledger/ledger.ts"
import type { OwnOrder } from "../../ledger/own-order.ts"
import { fillOf, keptBot, orderOf } from "../../ledger/testing/kept-bot.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { AccountDesk } from "../account-desk.ts"
import { HandOrders } from "./hand-orders.ts"
import type { WantedByHand } from "./hand-order.ts"
import type { ViewedByHand } from "./hand-answer.ts"

// Orders by hand at an exchange in this process, in virtual time, judged by the exchange's own log.

const by = { kind: "owner", id: "owner", name: "test" } as const
const accountId = "account-1"
const buy: WantedByHand = { market: "BTC-USDT", side: "buy", quantity: "0.01", kind: "market", stopPrice: "59000" }
const open: Partial<RiskSettings> = { requireStop: false, maxSharePercent: 100, riskPercent: 100 }

type Inside = Awaited<ReturnType<typeof inside>>

async function inside(risk: Partial<RiskSettings> = open) {
  const kill = { isOn: false }
  const settings = { ...usualRisk, ...risk }
  const look = new LastLook(kill)
  const place = await venueInside({ balances: { USDT: "10000", BTC: "1" } }, () => ({ gate: look.gate }))
  const { time } = place
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-hand-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings: time })
  const { database, instanceId } = store
  const bugs: unknown[] = []
  /** A relay that has just started on this disk. */
  const start = async (changed: (exchange: Exchange) => Exchange = (same) => same) => {
    const ledger = await Ledger.open({ database, nowMs: time.nowMs, instanceId })
    const audit = new AuditLog({ database, surroundings: time })
    await audit.begin()
    const exchange = changed(place.exchange)
    const account = new AccountDesk({
      accountId,
      exchange,
      look,
      risk: async () => settings,
      ledger,
      byHand: () => new History({ database, ledger }).positionsByHand(accountId),
      surroundings: time,
    })
    const hand = new HandOrders({
      accounts: { find: async () => undefined },
      audit,
      ledger,
      history: new History({ database, ledger }),
      requests: new HandRequests(database),
      desks: { of: async () => account },
      killSwitch: kill,
      surroundings: time,
      onBug: (bug) => bugs.push(bug),
    })
    await hand.begin()
    return { hand, ledger, account, audit }
  }
  return { ...place, ...(await start()), store, kill, settings, bugs, start }
}

let place: Inside
beforeEach(async () => void (place = await inside()))

const ask = (wanted: WantedByHand, key = "key-1", hand = place.hand) =>
  place.until(
    hand.place({ accountId, key, wanted, by }).then(
      ({ status, body }) => ({ status, ...(body as Partial<ViewedByHand>) }),
      (error: Error & { status: number; code: string }) => ({
        status: error.status,
        code: error.code,
        because: error.message,
      }),
    ),
  ) as Promise<{
    status: number
    order?: OwnOrder
    stop?: OwnOrder
    changed?: string[]
    because?: string
    code?: string
  }>
/** Orders that the exchange has ever taken. */
const taken = () =>
  new Set(
    place.opened.exchange.log.entries.flatMap((entry) =>
      entry.kind === "event" && entry.event === "NEW" ? [String(entry.about.clientOrderId)] : [],
    ),
  ).size
const fault = (name: RequestFaultName, on = "order*", delayMs = 2_000) =>
  place.opened.exchange.faults.add({ fault: name, on, times: 1, delayMs })

test("a buy brings its stop along in one request, and both are in the account's orders and fills", async () => {
  const { order, stop, status } = await ask(buy)
  expect([status, order?.status, order?.botId, stop?.status, stop?.stopPrice]).toEqual([
    201,
    "filled",
    "hand-account-1",
    "open",
    "59000.00",
  ])
  expect(place.heard("orderList.place.opo")).toHaveLength(1)
  const history = new History({ database: place.store.database, ledger: place.ledger })
  expect((await history.orders({ accountId }, { limit: 9 })).items).toHaveLength(2)
  expect((await history.fills({ accountId }, { limit: 9 })).items.length).toBeGreaterThan(0)
  expect((await place.audit.list({ limit: 9 })).map(({ what }) => what)).toContain("order.placed")
})

test("the same key and order make one order: one after the other, both at once, and after a restart", async () => {
  const first = await ask(buy)
  expect(await ask(buy)).toEqual(first)
  const [one, other] = await Promise.all([ask(buy, "key-2"), ask(buy, "key-2")])
  expect(other).toEqual(one)
  expect(one.order?.clientOrderId).not.toBe(first.order?.clientOrderId)
  await place.until(place.hand.end())
  const { hand } = await place.start()
  expect(await ask(buy, "key-1", hand)).toEqual(first)
  expect(place.heard("orderList.place.opo")).toHaveLength(2)
  expect(await ask({ ...buy, quantity: "0.02" }, "key-1", hand)).toMatchObject({ status: 409, code: "key-used" })
  expect(place.bugs).toEqual([])
})

test.each([
  ["before it is sent", 0],
  ["after it was sent", 1],
])("the relay dies %s: the same key asks for what became of it, and nothing is sent again", async (_, sent) => {
  const dies = (exchange: Exchange): Exchange =>
    Object.assign(Object.create(exchange) as Exchange, {
      placeProtected: async (entry: Parameters<Exchange["placeProtected"]>[0]) => {
        if (sent) await exchange.placeProtected(entry)
        return new Promise(() => {})
      },
    })
  const { hand: dying } = await place.start(dies)
  void dying.place({ accountId, key: "key-1", wanted: buy, by }).catch(() => {})
  await place.time.advance(1_000)
  const { hand } = await place.start()
  await place.time.advance(15_000)
  const answer = await ask(buy, "key-1", hand)
  const { status, order, stop, because = "" } = answer
  expect([status, order?.status, stop?.status, /never received it/.test(because)]).toEqual(
    sent ? [201, "filled", "open", false] : [422, undefined, undefined, true],
  )
  expect(taken()).toBe(sent * 2)
  expect(await ask(buy, "key-1", hand)).toEqual(answer)
})

test.each(["F01", "F02", "F04", "F06b"] as const)(
  "an outcome that nobody knows (%s) is asked for, never sent again",
  async (name) => {
    fault(name, "orderList.place.opo")
    const first = await ask(buy)
    await place.time.advance(15_000)
    const last = await ask(buy)
    const isTaken = name !== "F04"
    expect(last).toMatchObject(
      isTaken ? { status: 201, order: { status: "filled" }, stop: { status: "open" } } : { status: 422 },
    )
    expect([first.status, taken()]).toEqual([name === "F01" || name === "F02" ? 201 : 202, isTaken ? 2 : 0])
    expect(place.bugs).toEqual([])
  },
)

test.each([
  ["behind", 600_000],
  ["ahead of", -600_000],
])(
  "with this computer's clock 10 minutes %s the exchange's coins are sold by hand, and a buy is refused for that reason",
  async (way, skewMs) => {
    await ask(buy)
    place.opened.exchange.clock.skew(skewMs)
    const sale = { market: "BTC-USDT", side: "sell", quantity: "0.5", kind: "market" } as const
    expect(await ask(sale, "key-2")).toMatchObject({ status: 201, order: { status: "filled" } })
    expect(await ask({ ...sale, kind: "limit", price: "90000", quantity: "0.1" }, "key-3")).toMatchObject({
      status: 201,
    })
    const because = expect.stringMatching(new RegExp(`clock is 10 minutes ${way} .*; set it to network time`))
    expect(await ask(buy, "key-4")).toMatchObject({ status: 422, because })
  },
)

test("a market that was quiet for an hour is sold in by hand, and nothing is bought there", async () => {
  const closedCandles = place.exchange.closedCandles.bind(place.exchange)
  // As exchanges do that leave out minutes without a trade.
  const quietFromMs = place.time.nowMs()
  place.exchange.closedCandles = async (wanted) =>
    (await closedCandles(wanted)).filter(({ openTimeMs }) => openTimeMs < quietFromMs)
  await place.time.advance(HOUR_MS)
  const sale = { market: "BTC-USDT", side: "sell", quantity: "0.5", kind: "market" } as const
  expect(await ask(sale)).toMatchObject({ status: 201, order: { status: "filled" } })
  const because = expect.stringMatching(/nobody has traded BTC\/USDT for 10 minutes/)
  expect(await ask(buy, "key-2")).toMatchObject({ status: 422, because })
})

test.each([
  ["the kill switch is on", {}, {}, /kill switch/],
  ["the account does not allow the market", { allowedMarkets: ["ETH/USDT"] }, {}, /does not allow BTC\/USDT/],
  [
    "it is larger than the largest order",
    { maxOrderQuote: "100" },
    {},
    /largest order \(100\) allows at most 0\.0016\d* BTC/,
  ],
  ["its price is far from the market's", {}, { kind: "limit", price: "70000" }, /more than 5 %/],
  ["it has no stop and the account wants one", { requireStop: true }, { stopPrice: undefined }, /wants a stop/],
  ["the exchange does not know the market", {}, { market: "NOPE-USDT" }, /does not trade NOPE\/USDT/],
  ["it is too small", {}, { quantity: "0.00001" }, /smallest order of BTC\/USDT is about/],
  ["its stop is above the price", {}, { stopPrice: "70000" }, /has to be below/],
  ["a limit has no price", {}, { kind: "limit" }, /needs its price/],
  ["it costs more than there is", { maxSharePercent: 1_000 }, { quantity: "0.9" }, /are free that no bot was given/],
] as [string, Partial<RiskSettings>, Partial<WantedByHand>, RegExp][])(
  "nothing is bought when %s",
  async (name, risk, changes, words) => {
    Object.assign(place.settings, risk)
    place.kill.isOn = name.includes("kill")
    expect(await ask({ ...buy, ...changes })).toMatchObject({ status: 422, because: expect.stringMatching(words) })
    expect(taken()).toBe(0)
  },
)

test("an order by hand that the risk settings do not allow is an event, with its reason; the same again is counted", async () => {
  Object.assign(place.settings, { requireStop: true })
  for (let n = 0; n < 5; n++) await ask({ ...buy, stopPrice: undefined }, `key-${n}`)
  const events = await place.ledger.events({ accountId, kinds: ["refusal"] }, { limit: 9 })
  expect(events.map(({ words }) => words)).toEqual([
    expect.stringMatching(/^An order by hand to buy 0\.01 BTC\/USDT: .*wants a stop.*4 times/),
    expect.stringMatching(/wants a stop.*2 times/),
    expect.stringMatching(/wants a stop/),
  ])
})

test("what was bought by hand has the stop that came with it, not one by hand for other coins of its owner", async () => {
  await ask(buy)
  await ask({ market: "BTC-USDT", side: "sell", quantity: "0.1", kind: "stop", stopPrice: "59500" }, "key-2")
  const [position] = await new History({ database: place.store.database, ledger: place.ledger }).positionsByHand(
    accountId,
  )
  expect(Number(position.stopPrice)).toBe(59_000)
})

test("orders of a minute have their limit, sales go on", async () => {
  Object.assign(place.settings, { maxOrdersPerMinute: 1 })
  expect((await ask(buy)).status).toBe(201)
  expect(await ask(buy, "key-2")).toMatchObject({
    status: 422,
    because: expect.stringMatching(/1 orders of this minute/),
  })
  expect((await ask({ market: "BTCUSDT", side: "sell", quantity: "0.01", kind: "market" }, "key-3")).status).toBe(201)
})

test("a quantity and a price between steps become the next ones, and the answer says so", async () => {
  const { order, changed } = await ask({
    ...buy,
    kind: "limit",
    price: "59500.123",
    quantity: "0.010009",
    stopPrice: undefined,
  })
  expect(order).toMatchObject({ quantity: "0.01000", price: "59500.12", status: "open" })
  expect(changed).toEqual([
    expect.stringMatching(/quantity became 0.01000/),
    expect.stringMatching(/price became 59500.12/),
  ])
})

test("a sale by hand leaves what bots hold", async () => {
  const bot = await keptBot(place, { accountId })
  await place.ledger.keep(bot, { orders: [orderOf(bot)], fills: [fillOf({ quantity: "0.4" })] })
  const sale = { market: "BTC/USDT", side: "sell", kind: "market" } as const
  expect(await ask({ ...sale, quantity: "0.7" })).toMatchObject({
    status: 422,
    because: expect.stringMatching(
      /1 BTC are free, and 0\.4 of them belong to bots\. At most 0\.60000 BTC.*close the bot/,
    ),
  })
  expect((await ask({ ...sale, quantity: "0.6" })).order?.status).toBe("filled")
})

test("an order by hand is cancelled, a bot's is not, and one that is not there is not found", async () => {
  const { order } = await ask({ ...buy, kind: "limit", price: "58000", stopPrice: undefined })
  const cancel = (id: string) =>
    place.until(
      place.hand.cancel(accountId, id, by).then(
        ({ body }) => (body as ViewedByHand).order.status,
        (error: { code: string }) => error.code,
      ),
    )
  expect(await cancel(order!.clientOrderId)).toBe("cancelled")
  expect(await cancel(order!.clientOrderId)).toBe("has-ended")
  expect(await cancel("nobody")).toBe("unknown-id")
  const bot = await keptBot(place, { accountId })
  await place.ledger.keep(bot, { orders: [orderOf(bot)] })
  expect(await cancel("cw-1")).toBe("of-a-bot")
})

test("the kill switch cancels buys by hand that wait, also when it is found on at a start, and says so; stops stay", async () => {
  const limit = {
    ...buy,
    kind: "limit",
    price: "58000",
    stopPrice: undefined,
  } as const
  const status = async (id: string) => (await place.ledger.order(accountId, id))?.status
  const waiting = () =>
    [...place.venue.orders.values()]
      .filter((order) => ["NEW", "PENDING_NEW"].includes(order.status))
      .map(({ side }) => side)
  await ask(buy, "with a stop")
  const { order: first } = await ask({ ...limit, stopPrice: "57000" }, "limit and stop")
  expect(waiting().filter((side) => side === "BUY")).toHaveLength(1)
  place.kill.isOn = true
  await place.time.advance(10_000)
  expect([await status(first!.clientOrderId), waiting()]).toEqual(["cancelled", ["SELL"]])
  const told = async () =>
    (await place.ledger.events({ accountId, kinds: ["risk"] }, { limit: 9 })).map(({ words }) => words)
  expect(await told()).toEqual([
    expect.stringMatching(/kill switch is on: .* buy 0\.01000 BTC\/USDT at 58000.* cancelled/),
  ])
  place.kill.isOn = false
  const { order: second } = await ask(limit, "limit")
  await place.until(place.hand.end())
  place.kill.isOn = true
  await place.start()
  await place.time.advance(10_000)
  expect([await status(second!.clientOrderId), waiting(), (await told()).length]).toEqual(["cancelled", ["SELL"], 2])
  expect(place.bugs).toEqual([])
})
