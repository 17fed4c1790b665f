import { afterEach, beforeEach, expect, test } from "vitest"
import { join } from "node:path"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { DAY_MS } from "#engine/candles"
import type { z } from "@hono/zod-openapi"
import type { why } from "../routes/bot-why.ts"
import { type PracticeExchange, startPracticeExchange } from "../exchange/practice-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import type { BotView } from "./bot-view.ts"
import type { Parity } from "./parity.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// Bots over HTTP, at the practice exchange as it runs beside the relay, an hour a minute.

const surroundings = realSurroundings()
type LiveWhyAnswer = z.infer<typeof why>

const patience = { timeout: 60_000, interval: 100 }
let relay: OpenedApp
let practice: PracticeExchange
let headers: Record<string, string>
let accountId: string

beforeEach(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), "candlewright-practice-")), "kept")
  practice = (await startPracticeExchange({ folder, speed: 60, historyDays: 1 }, surroundings))!
  relay = await openedApp({ practice })
  headers = await relay.bearer("admin")
  accountId = (
    (await ask("POST /api/accounts", { name: "paper", venue: "practice", mode: "paper", risk }, 201)) as BotView
  ).id
})
afterEach(async () => {
  await relay.close()
  await practice.stop()
})

const risk = { maxOrdersPerMinute: 600, dailyLossPercent: 90 }

async function ask(route: string, body?: object, status = 200): Promise<unknown> {
  const answer = await relay.ask(route, { headers, body })
  const said = (await answer.json()) as object
  expect({ status: answer.status, ...(answer.status === status ? {} : said) }).toEqual({ status })
  return said
}

const deploy = (changes: object = {}, status = 201) =>
  ask(
    "POST /api/bots",
    { accountId, strategy: minuteStrategy(), markets: ["BTC-USDT"], cash: "1000", ...changes },
    status,
  )
const look = async (id: string) => (await ask(`GET /api/bots/${id}`)) as BotView

test("bots that are deployed at the same moment do not share the account's cash", async () => {
  const body = { accountId, strategy: minuteStrategy(), markets: ["BTC-USDT"], cash: "6000" }
  const answers = await Promise.all([1, 2, 3].map(() => relay.ask("POST /api/bots", { headers, body })))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 422, 422])
})

test("of three bots that decide on the same candle only one buys where the account may hold one position", async () => {
  await ask(`PATCH /api/accounts/${accountId}`, { risk: { maxPositions: 1 } })
  const strategy = minuteStrategy({ long: { enter: { all: ["close > 0"] }, exit: null } })
  const names = ["BTC-USDT", "ETH-USDT", "SOL-USDT"]
  const bots = (await Promise.all(names.map((name) => deploy({ strategy, markets: [name] })))) as BotView[]
  const all = () => Promise.all(bots.map(({ id }) => look(id)))
  const refused = /has its 1 position already|moves almost like/
  await expect.poll(async () => (await all()).filter((bot) => refused.test(bot.lastReason)).length, patience).toBe(2)
  expect((await all()).filter(({ positions }) => positions.length > 0).length).toBeLessThanOrEqual(1)
})

test("a bot buys with a stop, outlives its relay with its position, and sells all when it is stopped", async () => {
  const keeps = minuteStrategy({
    long: { enter: { all: ["close > open"] }, exit: null },
    protect: { stopLoss: { kind: "percent", percent: 20 } },
  })
  const { id, markets } = (await deploy({ strategy: keeps })) as BotView
  expect(markets).toEqual(["BTC/USDT"])
  await expect.poll(async () => (await look(id)).positions[0]?.stopPrice, patience).toMatch(/^\d+/)
  const boughtBefore = (await look(id)).nextDecisionMs!
  await ask(`POST /api/bots/${id}/pause`)
  const { home } = relay
  await relay.end()
  await itIsKnownWhileItStarts(id, home)
  let aheadMs = 0
  relay = await openedApp({ practice, home, surroundings: { ...surroundings, nowMs: () => Date.now() + aheadMs } })
  headers = await relay.bearer("admin")
  await expect.poll(async () => (await look(id)).heartbeatMs, patience).not.toBeNull()
  await expect.poll(() => ask("GET /api/health"), patience).toMatchObject({ status: "ok" })
  expect((await look(id)).status).toBe("paused")
  // A bot explains the candles it has heard: the one in which it bought has to end first.
  await expect.poll(async () => (await look(id)).nextDecisionMs ?? 0, patience).toBeGreaterThan(boughtBefore)
  await ask(`POST /api/bots/${id}/stop`)
  await expect.poll(async () => (await look(id)).status, patience).toBe("stopped")
  expect(await look(id)).toMatchObject({ positions: [], lastReason: "Nothing is held any more; the bot has ended." })
  const parity = (await ask(`GET /api/bots/${id}/parity`)) as Parity
  expect(parity).toMatchObject({ isRepeatable: true, trades: { live: 1 } })
  expect(parity.differences.every(({ because, costQuote }) => because !== "" && costQuote !== "0")).toBe(true)
  expect(parity.backtestEquity.length).toBeGreaterThan(1)
  // The exchange's days count, whatever this machine's clock says.
  aheadMs = 2 * DAY_MS
  const { pnlToday, pnlTotal } = await look(id)
  expect(pnlToday).toBe(pnlTotal)
  expect(pnlToday).not.toBe("0")
  aheadMs = 0
  await itSaysWhy(id)
  expect(relay.bugs).toEqual([])
})

/** With its exchange away it cannot open: what it holds is known all the same, and that it starts is said. */
async function itIsKnownWhileItStarts(id: string, home: string) {
  relay = await openedApp({ home })
  headers = await relay.bearer("admin")
  const { positions, equity } = await look(id)
  expect(positions).toMatchObject([{ market: "BTC/USDT", stopPrice: expect.stringMatching(/^\d+/), stopMissing: null }])
  expect(Number(positions[0].quantity) * Number(positions[0].entryPrice)).toBeGreaterThan(100)
  expect(Number(equity)).toBeGreaterThan(0)
  expect(await ask("GET /api/health")).toMatchObject({
    status: "starting",
    checks: { bots: { starting: 1, count: 1 } },
  })
  await relay.end()
}

/** At the candle that made it buy: what was so, what it decided, and what followed; at others why it says nothing. */
async function itSaysWhy(id: string) {
  const { items: trades } = (await ask(`GET /api/bots/${id}/trades`)) as { items: { entryTimeMs: number }[] }
  const [{ entryTimeMs }] = trades
  const boughtAt = (await ask(`GET /api/bots/${id}/why?atMs=${entryTimeMs}`)) as LiveWhyAnswer
  expect(boughtAt).toMatchObject({ market: "BTC/USDT", entered: [{}] })
  const decidedAt = (await ask(`GET /api/bots/${id}/why?atMs=${boughtAt.openTimeMs - 1}`)) as LiveWhyAnswer
  expect(decidedAt.waitingEntry).toMatchObject({ side: "long" })
  expect(decidedAt.conditions.find(({ part }) => part === "long.enter")).toMatchObject({
    words: "the price is above the opening price",
    met: true,
    operands: [{ value: Number(decidedAt.candle.close) }, { value: Number(decidedAt.candle.open) }],
  })
  expect(decidedAt.events.map(({ words }) => words).join("\n")).toMatch(/the rules say buy .*\n.*Bought/s)
  const last = (await ask(`GET /api/bots/${id}/why`)) as LiveWhyAnswer
  expect(last.openTimeMs).toBeGreaterThanOrEqual(boughtAt.openTimeMs)
  const refusals: [query: string, status: number, because: RegExp][] = [
    [`atMs=${decidedAt.openTimeMs - DAY_MS * 2}`, 409, /did not decide at this candle/],
    ["atMs=8000000000000000", 409, /did not decide at this candle/],
    [`atMs=${entryTimeMs}&market=NO/USDT`, 404, /does not trade NO\/USDT/],
    ["atMs=soon", 400, /atMs/],
  ]
  for (const [query, status, because] of refusals)
    expect(((await ask(`GET /api/bots/${id}/why?${query}`, undefined, status)) as { error: string }).error).toMatch(
      because,
    )
}

/** What cannot trade, and where the refusal points. */
const unfit: [string, object, string][] = [
  ["a market that is not traded", { markets: ["NO/USDT"] }, "markets"],
  ["markets of two currencies", { markets: ["BTC/USDT", "ETH/BTC"] }, "markets"],
  ["more cash than the account has", { cash: "10001" }, "cash"],
  [
    "a strategy without a stop",
    { strategy: minuteStrategy({ protect: { stopLoss: { kind: "none" } } }) },
    "strategy.protect.stopLoss",
  ],
  ["a formula that is none", { strategy: { ...minuteStrategy(), series: { a: "sma(" } } }, "strategy.series.a"],
  ["a number that the strategy does not have", { params: { speed: 3 } }, "params.speed$"],
]

test("what cannot trade is refused at its place, and nothing is started", async () => {
  for (const [what, changes, field] of unfit) {
    const refusal = (await deploy(changes, 422)) as { field: string }
    expect(refusal.field, what).toMatch(new RegExp(`^${field}`))
  }
  expect(await ask("GET /api/bots")).toEqual({ items: [], next: null })
})
