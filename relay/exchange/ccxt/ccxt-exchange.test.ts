import { afterEach, beforeEach, expect, test } from "vitest"
import { openExchange } from "./ccxt-exchange.ts"
import {
  type AccountNews,
  type Exchange,
  ExchangeUnreachable,
  type PlaceAnswer,
  type PlacedOrder,
  type WantedOrder,
} from "../exchange.ts"
import { command } from "../simulated/testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated/simulated-exchange.ts"
import { realSurroundings } from "../../surroundings.ts"

/** What every client here is opened with. */
const usual = { venue: "binance", clock: realSurroundings(), gate: () => {}, hasOwnPace: true } as const

let venue: SimulatedExchange
let exchange: Exchange
let stopWatching: (() => Promise<void>) | undefined

beforeEach(async () => {
  venue = await startSimulatedExchange(
    {
      seed: 21,
      speed: "stepped",
      historyDays: 3,
      limits: { ordersPer10Seconds: 1_000, weightPerMinute: 60_000 },
    },
    realSurroundings(),
  )
  exchange = await openExchange({
    ...usual,
    apiKey: venue.apiKey,
    secret: venue.secret,
    addresses: venue,
    auditEveryMs: 400,
  })
})
afterEach(async () => {
  await stopWatching?.()
  stopWatching = undefined
  await exchange.close()
  await venue.stop()
})

let counter = 0
function wanted(order: Partial<WantedOrder> & { kind: WantedOrder["kind"] }): WantedOrder {
  return {
    clientOrderId: `cw1-test-${counter++}`,
    market: "BTC/USDT",
    side: "buy",
    quantity: "0.01",
    ...order,
  } as WantedOrder
}

const far = { kind: "limit" as const, price: "55000" }
const fault = (name: string, on = "order.place", more: object = {}) =>
  command(venue.control, "/faults", { fault: name, on, ...more })
const ordersAtVenue = () => [...venue.exchange.state.venue.orders.values()]

function placed(answer: PlaceAnswer): PlacedOrder {
  if (!answer.ok) throw new Error(answer.message)
  return answer.orders[0]
}

test("markets, balances, permissions and time arrive as texts, exactly as the exchange wrote them", async () => {
  expect((await exchange.markets()).find(({ name }) => name === "BTC/USDT")).toEqual({
    name: "BTC/USDT",
    base: "BTC",
    quote: "USDT",
    isOpen: true,
    priceStep: "0.01",
    quantityStep: "0.00001",
    minQuantity: "0.00001",
    maxQuantity: "9000",
    minNotional: "5",
    can: {
      orderKinds: ["limit", "fill-or-kill", "limit-maker", "market", "stop", "stop-limit"],
      protect: "received",
      pair: true,
      replace: true,
      amend: false,
    },
    marketOrders: { quantityStep: undefined, maxQuantity: "1000" },
    priceBand: { buy: { from: "0.2", to: "5" }, sell: { from: "0.2", to: "5" }, averageMinutes: 5 },
    maxOpenOrders: 200,
    maxWaitingStops: 5,
  })
  expect((await exchange.balances()).find(({ asset }) => asset === "USDT")).toEqual({
    asset: "USDT",
    free: "100000",
    locked: "0",
  })
  expect(await exchange.keyPermissions()).toEqual({
    reading: true,
    trading: true,
    withdrawing: false,
    isBoundToAddress: false,
    ofAccount: expect.stringMatching(/^\d+$/),
  })
  expect(await exchange.serverTimeMs()).toBe(venue.exchange.state.venue.nowMs)
})

test("closed candles come without the forming one, over several pages, without gaps or duplicates", async () => {
  venue.advance(90_000)
  const { nowMs } = venue.exchange.state.venue
  const candles = await exchange.closedCandles({
    market: "BTC/USDT",
    timeframe: "1m",
    fromMs: nowMs - 2_500 * 60_000,
    limit: 5_000,
  })
  expect(candles.at(-1)!.openTimeMs + 60_000).toBeLessThanOrEqual(nowMs)
  expect(candles.at(-1)!.openTimeMs + 120_000).toBeGreaterThan(nowMs)
  expect(candles.slice(1).every(({ openTimeMs }, index) => openTimeMs - candles[index].openTimeMs === 60_000)).toBe(
    true,
  )
  expect(candles.length).toBeGreaterThanOrEqual(2_499)
  expect(candles[0].close).toMatch(/^\d+(\.\d+)?$/)
})

test("an order lives: placed, found by our id, listed, cancelled, and cancelling it again says it is not open", async () => {
  const order = wanted(far)
  expect(placed(await exchange.place(order))).toMatchObject({
    clientOrderId: order.clientOrderId,
    status: "open",
    quantity: "0.01",
    filledQuantity: "0",
  })
  const name = { market: "BTC/USDT", clientOrderId: order.clientOrderId }
  expect((await exchange.openOrders("BTC/USDT")).map((one) => one.clientOrderId)).toEqual([order.clientOrderId])
  expect(await exchange.cancel(name)).toEqual({ ok: true })
  expect((await exchange.order(name))!.status).toBe("cancelled")
  expect(await exchange.cancel(name)).toEqual({ ok: false, because: "not-open" })
  expect(await exchange.order({ market: "BTC/USDT", clientOrderId: "never-sent" })).toBeUndefined()
})

test("every kind of order, the entry with its exits, and the replacement reach the exchange as meant", async () => {
  await exchange.place(wanted({ kind: "limit-maker", price: "55000" }))
  await exchange.place(wanted({ kind: "stop", side: "sell", stopPrice: "55000" }))
  await exchange.place(wanted({ kind: "stop-limit", side: "sell", stopPrice: "55000", price: "54900" }))
  const old = placed(await exchange.place(wanted(far)))
  expect(await exchange.replace(old, wanted({ kind: "limit", price: "54000" }))).toMatchObject({
    cancelled: "yes",
    placed: { ok: true, orders: [{ status: "open" }] },
  })
  expect(ordersAtVenue().map(({ type, status }) => `${type} ${status}`)).toEqual([
    "LIMIT_MAKER NEW",
    "STOP_LOSS NEW",
    "STOP_LOSS_LIMIT NEW",
    "LIMIT CANCELED",
    "LIMIT NEW",
  ])
  const entry = wanted(far) as WantedOrder & { kind: "limit" }
  const both = await exchange.placeProtected({
    clientListId: "cw1-both",
    entry,
    exitQuantity: "0.00999",
    stop: { clientOrderId: "cw1-stop", stopPrice: "50000" },
    target: { clientOrderId: "cw1-target", price: "70000" },
  })
  expect(both.ok && both.orders.map(({ clientOrderId, status }) => [clientOrderId, status])).toEqual([
    [entry.clientOrderId, "open"],
    ["cw1-target", "waiting"],
    ["cw1-stop", "waiting"],
  ])
  const alone = await exchange.placeProtected({
    clientListId: "cw1-alone",
    entry: wanted(far) as typeof entry,
    exitQuantity: "0.00999",
    stop: { clientOrderId: "cw1-stop2", stopPrice: "50000" },
  })
  expect(alone.ok && alone.orders.length).toBe(2)
})

test("a quantity or price the exchange would have to round is refused here, and nothing is sent", async () => {
  for (const order of [
    wanted({ ...far, quantity: "0.010001" }),
    wanted({ ...far, quantity: "0.000001" }),
    wanted({ kind: "limit", price: "55000.001" }),
  ])
    expect(await exchange.place(order)).toMatchObject({ ok: false, because: "refused", reason: "rule" })
  expect(venue.exchange.log.entries.some((entry) => entry.kind === "command" && entry.command.do === "operation")).toBe(
    false,
  )
})

// Trap 6: whatever ccxt calls it, only the exchange's own code proves that it did not accept an order.
test.each([
  "F01",
  "F02",
  "F03",
  "F04",
  "F05",
  "F06",
  "F07",
  "F08",
  "F08b",
  "F09",
  "F09b",
  "F04b",
  "F04c",
  "F11",
  "F85",
])("%s leaves the order unknown, and asking settles it", async (name) => {
  await exchange.markets()
  if (name === "F01") (exchange as unknown as { client: { timeout: number } }).client.timeout = 500
  await fault(name)
  const order = wanted(far)
  expect(await exchange.place(order)).toMatchObject({ ok: false, because: "unknown" })
  const found = await exchange.order({ market: order.market, clientOrderId: order.clientOrderId })
  expect(found?.status).toBe(
    ["F04", "F04b", "F04c", "F05", "F09", "F09b", "F11", "F85"].includes(name) ? undefined : "open",
  )
})

test.each([
  ["F10", "busy"],
  ["F10b", "banned"],
  ["F12", "busy"],
  ["F22", "clock"],
  ["F25", "key"],
])("%s is a refusal: %s", async (name, reason) => {
  await exchange.markets()
  await fault(name, "order.place", { delayMs: 7_000 })
  expect(await exchange.place(wanted(far))).toMatchObject({
    ok: false,
    because: "refused",
    reason,
    retryAfterMs: ["busy", "banned"].includes(reason) ? 7_000 : undefined,
  })
})

test("refusals of the engine carry their reason", async () => {
  const reasonOf = async (order: WantedOrder) => {
    const answer = await exchange.place(order)
    return answer.ok ? "accepted" : answer.because === "refused" ? answer.reason : answer.message
  }
  const twice = wanted(far)
  expect(await reasonOf(twice)).toBe("accepted")
  expect(await reasonOf(twice)).toBe("duplicate-id")
  expect(await reasonOf(wanted({ ...far, quantity: "50" }))).toBe("insufficient-balance")
  expect(await reasonOf(wanted({ ...far, quantity: "0.00001" }))).toBe("rule")
  expect(await reasonOf(wanted({ kind: "limit-maker", price: "90000" }))).toBe("would-trade-at-once")
  expect(await reasonOf(wanted({ kind: "stop", side: "sell", stopPrice: "90000" }))).toBe("would-trigger-at-once")
  const stops = [1, 2, 3, 4, 5, 6].map(() => wanted({ kind: "stop", side: "sell", stopPrice: "40000" }))
  const answers: string[] = []
  for (const stop of stops) answers.push(await reasonOf(stop))
  expect(answers).toEqual([...answers.slice(0, 5).map(() => "accepted"), "too-many-stops"])
  await command(venue.control, "/symbols/BTCUSDT", { maxOrders: 6 })
  expect(await reasonOf(wanted(far))).toBe("too-many-orders")
  await command(venue.control, "/symbols/BTCUSDT", { maxOrders: 200 })
  await command(venue.control, "/symbols/BTCUSDT", { status: "BREAK" })
  expect(await reasonOf(wanted(far))).toBe("market-closed")
  expect((await exchange.markets()).find(({ name }) => name === "BTC/USDT")!.isOpen).toBe(false)
})

test("a key revoked in mid-run is reported as a key problem, not as rate limiting", async () => {
  await exchange.balances()
  await command(venue.control, `/keys/${venue.apiKey}`, { isRevoked: true })
  expect(await exchange.place(wanted(far))).toMatchObject({ ok: false, because: "refused", reason: "key", code: -2015 })
})

test("trap 7: an answer that invites a retry is still sent once only", async () => {
  await exchange.markets()
  await fault("F04", "order.place", { times: 5 })
  await exchange.place(wanted({ kind: "market" }))
  expect(
    venue.exchange.log.entries.filter((entry) => entry.kind === "request" && entry.name === "order.place").length,
  ).toBe(1)
})

test("trap 8: a market order the book cannot fill ends expired, with what it got", async () => {
  const { accountId, apiKey, secret } = (await command(venue.control, "/accounts", { balances: { BTC: "900" } })).body
  const whale = await openExchange({ ...usual, apiKey, secret, addresses: venue })
  const sold = placed(await whale.place(wanted({ kind: "market", side: "sell", quantity: "900" })))
  expect([accountId, sold.status, Number(sold.filledQuantity) > 0]).toEqual([2, "expired", true])
  await whale.close()
})

test("a read while the exchange is down throws ExchangeUnreachable", async () => {
  await exchange.markets()
  await command(venue.control, "/scenario", { kind: "down" })
  await expect(exchange.balances()).rejects.toMatchObject({ because: "maintenance" })
  await expect(exchange.order({ market: "BTC/USDT", clientOrderId: "x" })).rejects.toBeInstanceOf(ExchangeUnreachable)
})

async function listening() {
  const news: AccountNews[] = []
  stopWatching = exchange.watchAccount(["BTC/USDT"], (one) => news.push(one))
  await expect
    .poll(() => venue.sockets.of("api").filter((line) => venue.sockets.users.hears(line)).length, {
      timeout: 10_000,
    })
    .toBe(1)
  const fills = () => news.flatMap((one) => (one.kind === "fill" ? [one.fill] : []))
  const orders = () => news.flatMap((one) => (one.kind === "order" ? [one.order] : []))
  const filled = () => fills().reduce((sum, { quantity }) => sum + Number(quantity), 0)
  return { news, fills, orders, filled }
}

test("trap 1: a burst of reports collapses to the last one, but every fill is reported", async () => {
  const heard = await listening()
  const { market } = wanted(far)
  const order = wanted({ kind: "market", side: "sell", quantity: "1" })
  await command(venue.control, "/accounts/1/deposit", { asset: "BTC", delta: "20" })
  const sold = placed(await exchange.place({ ...order, quantity: "20" }))
  const atVenue = await exchange.fills({ market, sinceMs: venue.exchange.state.venue.nowMs - 1_000 })
  expect(atVenue.length).toBeGreaterThan(2)
  await expect.poll(() => heard.fills().length, { timeout: 10_000 }).toBe(atVenue.length)
  await expect.poll(() => heard.orders().at(-1)?.status, { timeout: 10_000 }).toBe("filled")
  expect(
    heard
      .fills()
      .map(({ exchangeOrderId }) => exchangeOrderId)
      .every((id) => id === sold.exchangeOrderId),
  ).toBe(true)
})

test("a fill uncovers an old report that hides the end of its order, long before the next audit", async () => {
  const { apiKey, secret } = venue
  const patient = await openExchange({ ...usual, apiKey, secret, addresses: venue, auditEveryMs: 600_000 })
  const orders: PlacedOrder[] = []
  const stop = patient.watchAccount(["BTC/USDT"], (news) => news.kind === "order" && orders.push(news.order))
  await expect.poll(() => venue.sockets.of("api").length, { timeout: 10_000 }).toBe(1)
  await expect
    .poll(() => venue.sockets.of("api").filter((line) => venue.sockets.users.hears(line)).length, { timeout: 10_000 })
    .toBe(1)
  await command(venue.control, "/streams/user", { reverse: 4 })
  await patient.place(wanted({ kind: "market" }))
  await expect.poll(() => orders.at(-1)?.status, { timeout: 10_000 }).toBe("filled")
  await stop()
})

test("traps 2 and 3: reports twice and in the wrong order change nothing", async () => {
  const heard = await listening()
  await command(venue.control, "/streams/user", { duplicate: 4 })
  await exchange.place(wanted({ kind: "market" }))
  await expect.poll(() => heard.orders().at(-1)?.status, { timeout: 10_000 }).toBe("filled")
  await command(venue.control, "/streams/user", { reverse: 4 })
  await exchange.place(wanted({ kind: "market" }))
  await expect.poll(() => heard.filled(), { timeout: 10_000 }).toBeCloseTo(0.02, 8)
  await expect
    .poll(() => heard.orders().filter(({ status }) => status === "filled").length, { timeout: 10_000 })
    .toBe(2)
  for (const id of new Set(heard.orders().map(({ exchangeOrderId }) => exchangeOrderId)))
    expect(heard.orders().findLast(({ exchangeOrderId }) => exchangeOrderId === id)!.status).toBe("filled")
  expect(new Set(heard.fills().map(({ fillId }) => fillId)).size).toBe(heard.fills().length)
})

test("trap 5: what happens while the socket is down is caught up, after a gap has been announced", async () => {
  const heard = await listening()
  await command(venue.control, "/sockets", { do: "close", kind: "api", code: 1006 })
  await exchange.place(wanted({ kind: "market" }))
  await expect.poll(() => heard.news.some(({ kind }) => kind === "gap"), { timeout: 10_000 }).toBe(true)
  await expect.poll(() => heard.filled(), { timeout: 10_000 }).toBeCloseTo(0.01, 8)
  await expect.poll(() => heard.news.at(-1)?.kind, { timeout: 10_000 }).toBe("caught-up")
})

test("trap 5: a socket that is open but dead, and reports lost on the way, are noticed by asking", async () => {
  const heard = await listening()
  await command(venue.control, "/sockets", { do: "cut-off", kind: "api" })
  const resting = placed(await exchange.place(wanted(far)))
  await command(venue.control, `/orders/${resting.exchangeOrderId}/fill`, {})
  await expect.poll(() => heard.filled(), { timeout: 10_000 }).toBeCloseTo(0.01, 8)
})

test("an order cancelled while nobody listened is reported as cancelled", async () => {
  const heard = await listening()
  const resting = placed(await exchange.place(wanted(far)))
  await expect.poll(() => heard.orders().length, { timeout: 10_000 }).toBe(1)
  await command(venue.control, "/streams/user", { isFrozen: true })
  await exchange.cancel(resting)
  await expect.poll(() => heard.orders().at(-1)?.status, { timeout: 10_000 }).toBe("cancelled")
})

test("an account closed while its socket is still opening leaves no unhandled rejection", async () => {
  const { apiKey, secret } = venue
  const stray: unknown[] = []
  const hear = (error: unknown) => stray.push(error)
  process.on("unhandledRejection", hear)
  for (let turns = 0; turns < 40; turns += 2) {
    const other = await openExchange({ ...usual, apiKey, secret, addresses: venue })
    await other.markets()
    const stop = other.watchAccount(["BTC/USDT"], () => {})
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
    await stop()
    // The process reports an unhandled rejection before its next turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  process.off("unhandledRejection", hear)
  expect(stray).toEqual([])
})
