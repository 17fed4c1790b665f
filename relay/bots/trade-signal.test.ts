import { afterAll, beforeAll, expect, test } from "vitest"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { candlesFromRows, type Candles, DAY_MS, HOUR_MS, MINUTE_MS, sliceCandles } from "#engine/candles"
import { AHEAD_CANDLES, type Engine, FEWEST_ALIKE, trainForecast } from "#engine/run"
import { realVenues } from "#venues"
import { autoregressiveMarket } from "../../engine-wasm/testing/autoregressive-market.ts"
import { madeModel } from "../../engine-wasm/testing/made-model.ts"
import { builtEngine } from "../built-engine.ts"
import { type PracticeExchange, startPracticeExchange } from "../exchange/practice-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { simpleSignal } from "./simple-signal.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// The addresses our sources name, at the practice exchange as it runs beside the relay, an hour a minute.

type Row = { openTimeMs: number; open: string; high: string; low: string; close: string; volume: string }
type Page = { items: Row[]; next: string | null }
type Signal = {
  success: true
  signal: {
    action: string
    confidence: number
    entry_price: string | null
    stop_loss: string | null
    reasoning: string
  }
}

type Called = {
  action: string
  close: string
  forecast: { hash: string } | null
  outcome: { close: string; cameTrue: boolean } | null
}

const patience = { timeout: 60_000, interval: 200 }
/** Nobody listens there. */
const away = realVenues.map((venue) => ({
  ...venue,
  rest: ["http://127.0.0.1:9"],
  standIn: { stream: "ws://127.0.0.1:9", wsApi: "ws://127.0.0.1:9/ws-api/v3" },
}))
let relay: OpenedApp
let practice: PracticeExchange
let engine: Engine
let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-signals-"))
  const options = { folder: join(home, "practice"), speed: 60, historyDays: 5 }
  practice = (await startPracticeExchange(options, realSurroundings()))!
  relay = await openedApp({ practice, home, venues: away })
  engine = (await builtEngine())!
}, 60_000)
afterAll(async () => {
  await relay?.end()
  await practice?.stop()
  await rm(home, { recursive: true })
})

async function ask(route: string, status = 200): Promise<unknown> {
  const answer = await relay.ask(`GET /api/${route}`, { headers: await relay.bearer("read") })
  const said = (await answer.json()) as object
  expect({ route, status: answer.status, ...(answer.status === status ? {} : said) }).toEqual({ route, status })
  return said
}

test("a market's price is the same market's however it is written, with its last 24 hours as decimal texts", async () => {
  for (const written of ["BTC-USDT", "BTCUSDT", "BTC%2FUSDT", "btc-usdt"]) {
    const said = (await ask(`live-data/${written}`)) as Record<string, string>
    expect(said).toMatchObject({ venue: "practice", market: "BTC/USDT", timeMs: expect.any(Number) as number })
    for (const name of ["price", "high", "low", "volume", "quoteVolume"]) expect(said[name]).toMatch(/^\d+(\.\d+)?$/)
    expect(Number(said.low)).toBeLessThanOrEqual(Number(said.price))
    expect(Number(said.high)).toBeGreaterThanOrEqual(Number(said.price))
    expect(said.changePercent).toMatch(/^-?\d/)
  }
})

test("history comes in pages of closed candles that join without a hole, and ends where it is asked to", async () => {
  const { items: last } = (await ask("historical-data/BTC-USDT?timeframe=1m&limit=5")) as Page
  expect(last).toHaveLength(5)
  const toMs = last[0].openTimeMs
  const fromMs = toMs - 25 * MINUTE_MS
  const times: number[] = []
  let after = ""
  for (let page = 0; page < 3; page++) {
    const { items, next } = (await ask(
      `historical-data/BTCUSDT?timeframe=1m&from=${fromMs}&to=${new Date(toMs).toISOString()}&limit=10${after}`,
    )) as Page
    times.push(...items.map(({ openTimeMs }) => openTimeMs))
    for (const { high, low, close } of items)
      expect([low, close, high].map(Number)).toEqual([low, close, high].map(Number).toSorted((a, b) => a - b))
    expect(next === null).toBe(page === 2)
    after = `&after=${next}`
  }
  expect(times).toEqual(Array.from({ length: 25 }, (_, n) => fromMs + n * MINUTE_MS))
  const early = (await ask("historical-data/BTC-USDT?timeframe=1h&from=2017-01-01&limit=1")) as Page
  expect(early.items).toHaveLength(1)
})

test("what is not there is 404 in words, what cannot be is named, and an exchange that is away is 503", async () => {
  for (const route of ["live-data/NOPE-USDT", "historical-data/NOPEUSDT", "trade-signal/NOPE-USDT"])
    expect(await ask(route, 404)).toMatchObject({
      code: "unknown-market",
      error: expect.stringMatching(/no market .*It has .*BTC\/USDT/) as string,
    })
  expect(await ask("historical-data/BTC-USDT?timeframe=7m", 400)).toMatchObject({ field: "timeframe" })
  expect(await ask("historical-data/BTC-USDT?from=soon", 400)).toMatchObject({ field: "from" })
  expect(await ask("live-data/BTC-USDT?venue=mtgox", 400)).toMatchObject({ field: "venue" })
  const answer = await relay.ask("GET /api/live-data/BTC-USDT?venue=binance", { headers: await relay.bearer("read") })
  expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([503, true])
  expect(await answer.json()).toMatchObject({
    code: "exchange-away",
    error: expect.stringMatching(/^Binance .*Nothing was changed/) as string,
  })
})

test("every example of docs/jobs.md is answered as it stands there", async () => {
  const text = await readFile(new URL("../../docs/jobs.md", import.meta.url), "utf8")
  const examples = [...text.matchAll(/^curl (?:.*\\\n)*.*$/gm)].map(([example]) => example)
  expect(examples.length).toBeGreaterThan(3)
  const headers = await relay.bearer("trade")
  for (const example of examples) {
    const [, path] = /\$RELAY([^\s"]+)/.exec(example)!
    const body = /-d '([^']+)'/.exec(example)?.[1]
    const answer = await relay.ask(`${body === undefined ? "GET" : "POST"} ${path}`, { headers, text: body })
    expect([example, answer.status]).toEqual([example, body === undefined ? 200 : 202])
  }
})

test("where no bot trades, the signal names its formulas with their values and how often it was right before", async () => {
  const { success, signal } = (await ask("trade-signal/ETH-USDT?timeframe=1m")) as Signal
  expect(success).toBe(true)
  expect(signal.reasoning).toMatch(
    /ema\(close, 20\) = [\d.]+, ema\(close, 50\) = [\d.]+, rsi\(close, 14\) = [\d.]+, atr\(14\) = [\d.]+/,
  )
  expect(signal.reasoning).toMatch(
    /at \d+ earlier candles of which no two share an outcome; 24 candles later .* \(\d+ %\)/,
  )
  expect(signal.entry_price === null).toBe(signal.action === "HOLD")
})

test("a watched model without skill never makes a BUY or SELL: the rules answer, and the reasoning says why", async () => {
  const { items } = (await ask("historical-data/SOL-USDT?timeframe=1m&limit=1000")) as Page
  const rows = items.map(({ openTimeMs, ...row }) => [openTimeMs, ...Object.values(row).map(Number)])
  const read = candlesFromRows(rows, { timeframe: "1m" })
  if (!read.ok) throw new Error(read.because)
  const request = { name: "as before", kind: "drift", target: "direction", horizonCandles: 1, timeframe: "1m" } as const
  const trained = await trainForecast(engine, { ...request, market: "SOL/USDT", candles: read.candles, seed: 1 })
  if (!trained.ok) throw new Error(trained.problems[0].because)
  const { hash } = trained.model
  const headers = await relay.bearer("admin")
  await relay.ask("POST /api/signals/models", { headers, body: { model: trained.model } })
  const market = { venue: "practice", market: "SOL-USDT", timeframe: "1m", models: [{ hash }], votes: true }
  const watch = async (markets: object[]) => {
    const answer = await relay.ask("PUT /api/signals/watch", { headers, body: { markets } })
    return (await answer.json()) as { markets: { market: string }[] }
  }
  expect(await watch([market])).toMatchObject({
    markets: [{ market: "SOL/USDT", models: [{ hash, retrainDays: 30 }] }],
  })
  const calls = async () => ((await ask("signals?market=SOL/USDT")) as { items: Called[] }).items
  const known = async () =>
    (await calls()).filter(({ forecast, outcome }) => forecast?.hash === hash && outcome !== null)
  await expect.poll(async () => (await known()).length, patience).toBeGreaterThan(1)
  for (const { outcome, close, action } of await known())
    expect(outcome!.cameTrue).toBe(Number(outcome!.close) > Number(close) === (action === "BUY"))
  const reasoning = async () => ((await ask("trade-signal/SOL-USDT?timeframe=1m")) as Signal).signal.reasoning
  await expect
    .poll(reasoning, patience)
    .toMatch(/^No bot trades this market.*as before .* has no skill, so it decides nothing: /)
  await watch([])
  expect(relay.bugs).toEqual([])
})

test("where a bot trades, the signal is its own: what it holds, with entry and stop, and why", async () => {
  const admin = { headers: await relay.bearer("admin") }
  const risk = { maxOrdersPerMinute: 600, dailyLossPercent: 90 }
  const account = await relay.ask("POST /api/accounts", {
    ...admin,
    body: { name: "paper", venue: "practice", mode: "paper", risk },
  })
  const { id: accountId } = (await account.json()) as { id: string }
  const bot = { accountId, strategy: minuteStrategy(), markets: ["BTC-USDT"], cash: "1000", name: "Ada" }
  const analyze = `POST /api/trading/accounts/${bot.accountId}/analyze`
  const analyzed = await relay.ask(analyze, { ...admin, body: { symbol: "BTCUSDT", timeframe: "1m" } })
  expect(await analyzed.json()).toMatchObject({
    success: true,
    market: "BTC/USDT",
    signal: { reasoning: expect.stringMatching(/^No bot of this account trades this market.* 1m candles/) as string },
  })
  const deployed = await relay.ask("POST /api/bots", { ...admin, body: bot })
  const { id } = (await deployed.json()) as { id: string }
  const signal = async () => ((await ask("trade-signal/BTC-USDT")) as Signal).signal
  await expect.poll(async () => (await signal()).stop_loss, patience).toMatch(/^\d/)
  // Another account has no part in it: its bots are others.
  const other = await relay.ask("POST /api/accounts", {
    ...admin,
    body: { name: "other", venue: "practice", mode: "paper", risk },
  })
  const { id: otherId } = (await other.json()) as { id: string }
  const ofOther = { ...admin, body: { symbol: "BTCUSDT", timeframe: "1m" } }
  const said = (await (await relay.ask(`POST /api/trading/accounts/${otherId}/analyze`, ofOther)).json()) as Signal
  expect(said.signal.reasoning).toMatch(/^No bot of this account trades this market/)
  const sold = async () => {
    const { action, reasoning } = await signal()
    return action === "SELL" ? reasoning : ""
  }
  await expect.poll(sold, patience).toMatch(/It holds nothing of it now. Its last decision, .*: BTC\/USDT: sell /)
  await relay.ask(`POST /api/bots/${id}/stop`, admin)
  await expect.poll(async () => (await signal()).reasoning, patience).toMatch(/^No bot trades this market/)
})

test("a bot whose model another engine trained is deployed, and says so", async () => {
  const admin = { headers: await relay.bearer("admin") }
  const wanted = { name: "noted", venue: "practice", mode: "paper" }
  const account = await relay.ask("POST /api/accounts", { ...admin, body: wanted })
  const { id: accountId } = (await account.json()) as { id: string }
  const models = { mine: madeModel({ timeframe: "1m", readyFromMs: [DAY_MS] }) }
  const strategy = { ...minuteStrategy({ long: { enter: { all: ['forecast("mine") > 99'] }, exit: null } }), models }
  const body = { accountId, strategy, markets: ["ETH-USDT"], cash: "100", name: "By a model" }
  const deployed = await relay.ask("POST /api/bots", { ...admin, body })
  const said = (await deployed.json()) as { id: string; notes: string[] }
  expect([deployed.status, said.notes]).toEqual([
    201,
    [expect.stringMatching(/^The model `made up` was trained by another version of the engine/)],
  ])
  await relay.ask(`POST /api/bots/${said.id}/stop`, admin)
})

/** Hours that rise and fall in turns of so many, and one more turn so far begun: by so much each, in percent. */
function turns(first: 1 | -1, length: number, into: number): Candles {
  const sideAt = (n: number) => (Math.floor(n / length) % 2 === 0 ? first : -first)
  let price = 100
  const rows = Array.from({ length: 4 * length + into }, (_, n) => {
    const open = price
    // A wave over them keeps the RSI from its ends.
    price *= 1 + 0.001 * sideAt(n) + 0.01 * (Math.sin((n + 1) * 1.3) - Math.sin(n * 1.3))
    return [n * HOUR_MS, open, Math.max(open, price), Math.min(open, price), price, 1]
  })
  const read = candlesFromRows(rows, { timeframe: "1h" })
  if (!read.ok) throw new Error(read.because)
  return read.candles
}

const TURN = 200
const WALKS = 60
const NOISE_SHARE = 0.05

test.each([
  ["BUY", 1],
  ["SELL", -1],
] as const)(
  "where turns last, the rule that follows them is %s, as sure as its record supports, with its stop on the other side",
  (action, side) => {
    const ends = Array.from({ length: 12 }, (_, n) => simpleSignal(engine, turns(side, TURN, TURN / 2 + n), "1h"))
    const said = ends.find((signal) => signal.action === action)!
    const [, percent, count, low, high] = / (\d+) % of (\d+) may be anything from (\d+) to (\d+) %: the lower end/
      .exec(said.reasoning)!
      .map(Number)
    expect(count).toBeLessThan((4 * TURN) / AHEAD_CANDLES)
    expect([low > 50, low < percent, percent <= high]).toEqual([true, true, true])
    expect(said.confidence).toBe(low)
    expect(Math.sign(Number(said.entryPrice) - Number(said.stopLoss))).toBe(side)
  },
)

test("where everything always rises, and on a random walk, the rule knows no more than a coin: HOLD without confidence", () => {
  const walks = Array.from({ length: WALKS }, (_, seed) => autoregressiveMarket({ candles: 1_000, seed, pull: 0 }))
  const said = [firstOf(turns(1, 1_000, 0), 1_000), ...walks].map((candles) => simpleSignal(engine, candles, "1h"))
  const unsure = said.filter(({ confidence }) => confidence === 0)
  expect(unsure.length).toBeGreaterThan((1 - NOISE_SHARE) * WALKS)
  expect(said[0].confidence).toBe(0)
  for (const { action, reasoning, entryPrice } of unsure) {
    expect([action, entryPrice]).toEqual(["HOLD", null])
    expect(reasoning).toMatch(/not surely above .*said without confidence|too little to say more than HOLD/)
  }
})

test("too few candles are HOLD without confidence, and say so", () => {
  for (const count of [1, 40, 50 + AHEAD_CANDLES + FEWEST_ALIKE - 10]) {
    const said = simpleSignal(engine, firstOf(turns(1, TURN, 0), count), "1h")
    expect(said).toMatchObject({ action: "HOLD", confidence: 0, entryPrice: null, stopLoss: null })
    expect(said.reasoning).toMatch(/too little/)
  }
})

function firstOf(candles: Candles, count: number): Candles {
  return sliceCandles(candles, { fromMs: 0, toMs: count * HOUR_MS })
}
