import { afterAll, afterEach, beforeEach, expect, test } from "vitest"
import type { BotRecord } from "../ledger/bot-record.ts"
import { handOf } from "../ledger/own-order.ts"
import { fillOf, keptBot, orderOf, tradeOf } from "../ledger/testing/kept-bot.ts"
import { privatePostgres, withoutPostgres } from "../store/testing/private-postgres.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
let headers: Record<string, string>
let accountId: string
let bot: BotRecord

const server = await privatePostgres()
if (server === undefined) console.warn(withoutPostgres)

afterAll(() => server?.remove())

async function open(address?: string) {
  // Each answer is a second after the one before: many pages are no flood.
  let steadyMs = 0
  relay = await openedApp({ address, surroundings: { ...realSurroundings(), steadyMs: () => (steadyMs += 1_000) } })
  headers = await relay.bearer("read")
  const owner = { kind: "owner", id: "owner", name: "test" } as const
  accountId = (await relay.accounts.add({ name: "paper", venue: "practice", mode: "paper" }, owner)).id
  bot = await keptBot(relay, { accountId })
}

beforeEach(() => open())

afterEach(() => relay.close())

type Answer = { items: Record<string, unknown>[]; next: string | null }
const ask = (path: string) => relay.ask(`GET /api${path}`, { headers })
async function pageOf(path: string): Promise<Answer> {
  const answer = await ask(path)
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as Answer
}

/** All items of a list, page by page. */
async function allOf(path: string, limit: number): Promise<Record<string, unknown>[]> {
  const items = []
  for (let next: string | null = ""; next !== null;) {
    const after: string = next === "" ? "" : `&after=${encodeURIComponent(next)}`
    const page = await pageOf(`${path}?limit=${limit}${after}`)
    items.push(...page.items)
    next = page.next
  }
  return items
}

test.each(server === undefined ? ["libsql"] : ["libsql", "PostgreSQL"])(
  "a bot's past is read from the newest to the oldest, each once, on pages of any size, from %s",
  async (kind) => {
    if (kind === "PostgreSQL") {
      await relay.close()
      await open(await server!.emptyDatabase())
    }
    const times = [1_000, 1_000, 1_000, 2_000, 3_000, 3_000, 3_000]
    for (const [n, timeMs] of times.entries())
      await relay.ledger.keep(bot, {
        orders: [orderOf(bot, { clientOrderId: `cw-1-${n}`, createdMs: timeMs })],
        fills: [fillOf({ fillId: String(n), clientOrderId: `cw-1-${n}`, timeMs })],
        events: [{ kind: n % 2 === 0 ? "risk" : "decision", words: `the ${n}th` }],
        trades: [tradeOf({ exitTimeMs: timeMs, profit: n })],
        equity: { atMs: timeMs + n, equity: 100 + n },
      })
    const newest = times.map((_, n) => times.length - 1 - n)
    for (const limit of [1, 2, 3, 7, 200]) {
      const words = (await allOf(`/bots/bot-1/events`, limit)).map((event) => event.words)
      expect(words).toEqual(newest.map((n) => `the ${n}th`))
      const orders = await allOf(`/bots/bot-1/orders`, limit)
      expect(orders.map(({ id }) => id)).toEqual(newest.map((n) => `cw-1-${n}`))
      const trades = await allOf(`/bots/bot-1/trades`, limit)
      expect(trades.map(({ profit }) => profit)).toEqual(newest.map(String))
      const equity = await allOf(`/bots/bot-1/equity`, limit)
      expect(equity.map((point) => point.equity)).toEqual(newest.map((n) => String(100 + n)))
      for (const points of [2, 3, 7, 1_000]) {
        const life = (await pageOf(`/bots/bot-1/equity?points=${points}`)).items.map((point) => point.equity)
        expect(life.length).toBeLessThanOrEqual(points)
        expect([life[0], life.at(-1)]).toEqual(["106", "100"])
      }
      for (const what of ["orders", "trades"])
        expect(await allOf(`/accounts/${accountId}/${what}`, limit)).toEqual(await allOf(`/bots/bot-1/${what}`, limit))
      const fills = await allOf(`/accounts/${accountId}/fills`, limit)
      expect(fills.map(({ id }) => id)).toEqual(newest.map(String))
      const risk = await allOf(`/accounts/${accountId}/risk-events`, limit)
      expect(risk.map((event) => event.words)).toEqual(["the 6th", "the 4th", "the 2th", "the 0th"])
    }
    expect((await pageOf(`/accounts/${accountId}/positions`)).items).toMatchObject([{ quantity: "3.5" }])
  },
)

test("what is answered is in the words of the contract: decimal texts without exponents, ids, times, null for what is not", async () => {
  await relay.ledger.keep(bot, {
    orders: [orderOf(bot, { exchangeOrderId: "77", stopPrice: "95.5", reason: "it said no" })],
    fills: [fillOf({ fee: "0.0005", feeAsset: "BTC" })],
    events: [{ kind: "order", words: "Bought.", about: { order: "cw-1" } }],
    trades: [tradeOf({ profit: -1.5e-7, quantity: 1e21, feesPaid: 1e-9, exitPrice: 0.1 + 0.2 })],
    equity: { atMs: 5, equity: 1e-7 },
  })
  expect((await pageOf("/bots/bot-1/orders")).items).toEqual([
    {
      id: "cw-1",
      exchangeOrderId: "77",
      botId: "bot-1",
      market: "BTC/USDT",
      side: "buy",
      role: "entry",
      kind: "fill-or-kill",
      quantity: "0.5",
      price: "100",
      stopPrice: "95.5",
      status: "filled",
      filledQuantity: "0.5",
      reason: "it said no",
      createdMs: 1_000,
      exchange: "practice",
    },
  ])
  expect((await pageOf(`/accounts/${accountId}/fills`)).items).toEqual([
    {
      id: "1",
      orderId: "cw-1",
      botId: "bot-1",
      market: "BTC/USDT",
      side: "buy",
      price: "100",
      quantity: "0.5",
      fee: "0.0005",
      feeAsset: "BTC",
      timeMs: 1_000,
      exchange: "practice",
    },
  ])
  expect((await pageOf("/bots/bot-1/events")).items).toEqual([
    expect.objectContaining({ seq: 1, botId: "bot-1", accountId, about: { order: "cw-1" }, exchange: "practice" }),
  ])
  expect((await pageOf("/bots/bot-1/trades")).items).toEqual([
    expect.objectContaining({
      profit: "-0.00000015",
      quantity: "1000000000000000000000",
      feesPaid: "0.000000001",
      entryPrice: "100",
      exitPrice: "0.3",
    }),
  ])
  expect((await pageOf("/bots/bot-1/equity")).items).toEqual([{ atMs: 5, equity: "0.0000001" }])
})

test("positions are the exact net of each bot's fills, and of those by hand, fees in the coin taken off, each with its own stop", async () => {
  const other = await keptBot(relay, { id: "bot-2", accountId })
  const foreign = await keptBot(relay, { id: "bot-3", accountId: "other" })
  await relay.ledger.keep(bot, {
    orders: [
      orderOf(bot, {
        clientOrderId: "s-1",
        role: "stop",
        side: "sell",
        status: "open",
        stopPrice: "95",
        isTold: false,
      }),
      orderOf(bot, { clientOrderId: "s-0", role: "stop", side: "sell", status: "cancelled", stopPrice: "99" }),
    ],
    fills: [
      fillOf({ fillId: "1", quantity: "0.3", price: "100", fee: "0.0003", feeAsset: "BTC", timeMs: 1 }),
      fillOf({ fillId: "2", quantity: "0.1", price: "200", timeMs: 2, feeAsset: "BNB", fee: "1" }),
      fillOf({ fillId: "3", side: "sell", quantity: "0.1997", timeMs: 3 }),
      fillOf({ fillId: "4", market: "ETH/USDT", quantity: "1", timeMs: 4 }),
      fillOf({ fillId: "5", market: "ETH/USDT", side: "sell", quantity: "1", timeMs: 5 }),
    ],
  })
  await relay.ledger.keep(other, {
    orders: [
      orderOf(other, {
        clientOrderId: "t",
        role: "stop",
        side: "sell",
        status: "open",
        stopPrice: "97.5",
        isTold: false,
      }),
    ],
    fills: [fillOf({ fillId: "6", quantity: "0.2", price: "110", timeMs: 6 })],
  })
  await relay.ledger.keep(foreign, { fills: [fillOf({ fillId: "7" })] })
  const positions = async () => (await pageOf(`/accounts/${accountId}/positions`)).items
  // The first bot got 0.2997 at 100 and 0.1 at 200, and sold all but half of it; the second bought 0.2 at 110.
  const exchange = "practice"
  const [own, others] = [
    {
      market: "BTC/USDT",
      quantity: "0.2",
      entryPrice: "125.018764073054",
      stopPrice: "95",
      botIds: ["bot-1"],
      exchange,
    },
    { market: "BTC/USDT", quantity: "0.2", entryPrice: "110", stopPrice: "97.5", botIds: ["bot-2"], exchange },
  ]
  expect(await positions()).toEqual([own, others])
  const person = { id: handOf(accountId), accountId }
  const stop = { role: "stop", side: "sell", status: "open", stopPrice: "99", isTold: false } as const
  await relay.ledger.keep(person, {
    orders: [orderOf(person, { clientOrderId: "h", ...stop }), orderOf(person, { clientOrderId: "b" })],
    fills: [fillOf({ fillId: "8", clientOrderId: "b", quantity: "0.1", price: "120", timeMs: 8 })],
  })
  const byHand = { market: "BTC/USDT", quantity: "0.1", entryPrice: "120", stopPrice: "99", botIds: [], exchange }
  expect(await positions()).toEqual([own, others, byHand])
  await relay.ledger.keep(other, { standing: { status: "stopped", wish: "stop", haltedBecause: null } })
  expect(await positions()).toEqual([own, byHand])
})

test("what a sale leaves below one step of the market is no position, then or with the next one", async () => {
  const sale = { side: "sell", role: "exit", kind: "market" } as const
  const round = (n: number) => [
    fillOf({ fillId: `b${n}`, quantity: "0.00835", fee: "0.00000835", feeAsset: "BTC", timeMs: 10 * n }),
    fillOf({ fillId: `s${n}`, clientOrderId: "sale", side: "sell", quantity: "0.00834", timeMs: 10 * n + 1 }),
  ]
  const positions = async () => (await pageOf(`/accounts/${accountId}/positions`)).items
  await relay.ledger.keep(bot, { orders: [orderOf(bot, { ...sale, clientOrderId: "sale", quantity: "0.00834" })] })
  for (let n = 0; n < 30; n++) await relay.ledger.keep(bot, { fills: round(n) })
  expect(await positions()).toEqual([])
  await relay.ledger.keep(bot, { fills: [fillOf({ fillId: "last", quantity: "0.5", price: "60000.5", timeMs: 900 })] })
  expect(await positions()).toMatchObject([{ quantity: "0.5", entryPrice: "60000.5" }])
})

test("a position of thousands of fills is summed to the last digit", async () => {
  const fills = Array.from({ length: 2_500 }, (_, n) =>
    fillOf({ fillId: String(n), quantity: "0.00000001", price: "0.1", timeMs: n % 7 }),
  )
  await relay.ledger.keep(bot, { fills })
  expect((await pageOf(`/accounts/${accountId}/positions`)).items).toMatchObject([
    { quantity: "0.000025", entryPrice: "0.1", stopPrice: null },
  ])
})

test("trades of a bot that is removed stay in its account's past", async () => {
  await relay.ledger.keep(bot, { orders: [orderOf(bot)], trades: [tradeOf()] })
  await relay.store.database.transaction().execute((transaction) => relay.ledger.remove(bot.id, transaction))
  expect((await ask("/bots/bot-1/trades")).status).toBe(404)
  for (const what of ["trades", "orders"])
    expect((await pageOf(`/accounts/${accountId}/${what}`)).items).toMatchObject([{ botId: "bot-1" }])
})

const ofBots = ["events", "orders", "trades", "equity"].map((what) => `/bots/ID/${what}`)
const ofAccounts = ["orders", "fills", "trades", "risk-events", "positions"].map((what) => `/accounts/ID/${what}`)

test.each([...ofBots, ...ofAccounts])("%s refuses what it does not understand, in words", async (path) => {
  const of = (id: string) => path.replace("ID", id)
  const known = of(path.startsWith("/bots") ? "bot-1" : accountId)
  const refusalOf = async (address: string) => {
    const answer = await ask(address)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  for (const id of ["nobody", "..%2F..", "%00", "__proto__", "a".repeat(101), "1%27--", "%F0%9F%A4%96"])
    expect(await refusalOf(of(id)), id).toEqual([404, "unknown-id"])
  expect((await relay.ask(`GET /api${known}`)).status).toBe(401)
  for (const method of ["PUT", "PATCH", "DELETE", "PROPFIND"])
    expect((await relay.ask(`${method} /api${known}`, { headers })).status, method).toBe(404)
})

const paged = [...ofBots, ...ofAccounts].filter((path) => !path.endsWith("positions"))
const limits = ["0", "201", "1.5", "x", "", "1e9"].map((limit) => `limit=${limit}`)
const afters = ["", "x", "1~%00", "1~a~b~c~d", `1~${"a".repeat(101)}`, "-1", "1%20", "9".repeat(16), "1~é~1", "null"]

test.each(paged)("%s refuses pages that it did not offer", async (path) => {
  const known = path.replace("ID", path.startsWith("/bots") ? "bot-1" : accountId)
  for (const query of [...limits, ...afters.map((after) => `after=${after}`)]) {
    const answer = await ask(`${known}?${query}`)
    expect([answer.status, await answer.json()], query).toMatchObject([400, { code: "bad-address" }])
  }
})

test("what happened to an order by hand is of no bot, and a number that is left empty, or is none, is refused everywhere", async () => {
  const hand = { id: handOf(accountId), accountId }
  await relay.ledger.keep(hand, { events: [{ kind: "risk", words: "An order by hand was refused." }] })
  expect((await pageOf(`/accounts/${accountId}/risk-events`)).items).toMatchObject([{ botId: null }])
  const markets = "/historical-data/BTC-USDT"
  for (const number of ["", "%20", "NaN", "1e3", "0x10", "-1", "1.5", "Infinity"])
    for (const address of [
      `/bots/bot-1/why?atMs=`,
      `/bots/bot-1/equity?points=`,
      `${markets}?after=`,
      `${markets}?limit=`,
    ])
      expect([(await ask(address + number)).status, address, number]).toEqual([400, address, number])
})

test("a cursor of one list, given to another, is refused or leads to a place in it, never further", async () => {
  await relay.ledger.keep(bot, { orders: [orderOf(bot)], fills: [fillOf()], trades: [tradeOf()] })
  for (const after of ["1500", "1500~zz", "1500~zz~1", "1500~BTC/USDT~x"])
    for (const path of [...ofBots, ...ofAccounts].map((each) =>
      each.replace("ID", each.startsWith("/bots") ? "bot-1" : accountId),
    ))
      expect([200, 400]).toContain((await ask(`${path}?after=${encodeURIComponent(after)}`)).status)
  expect(relay.bugs).toEqual([])
})

test("costs are summed by bot and market, by the asset they were paid in, bots that were removed too", async () => {
  const other = await keptBot(relay, { id: "bot-2", accountId, name: "Other" })
  const fees: [BotRecord, Parameters<typeof fillOf>[0]][] = [
    [bot, { fillId: "1", fee: "0.0005", feeAsset: "BTC" }],
    [bot, { fillId: "2", fee: "0.1", side: "sell" }],
    [bot, { fillId: "3", fee: "0.0005", feeAsset: "BTC" }],
    [other, { fillId: "4", market: "ETH/USDT", price: "10", fee: "0" }],
  ]
  for (const [owner, fill] of fees) await relay.ledger.keep(owner, { fills: [fillOf(fill)] })
  await relay.store.database.transaction().execute((transaction) => relay.ledger.remove(other.id, transaction))
  const { items, next } = await pageOf(`/accounts/${accountId}/costs`)
  expect(next).toBeNull()
  expect(items).toEqual([
    {
      botId: bot.id,
      botName: bot.name,
      market: "BTC/USDT",
      fills: 3,
      tradedQuote: "150",
      fees: [
        { asset: "BTC", amount: "0.001" },
        { asset: "USDT", amount: "0.1" },
      ],
      exchange: "practice",
    },
    { botId: "bot-2", botName: null, market: "ETH/USDT", fills: 1, tradedQuote: "5", fees: [], exchange: "practice" },
  ])
})
