import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { type Candles, DAY_MS, HOUR_MS, joinCandles } from "#engine/candles"
import { trainForecast } from "#engine/run"
import { type ForecastModel, modelHash, strategyFromJson } from "#engine/strategy"
import { lstmTrainer, startTraining } from "#forecasts"
import { autoregressiveMarket } from "../../engine-wasm/testing/autoregressive-market.ts"
import { AuditLog } from "../audit/audit-log.ts"
import { forecastSignal, forecastNotes } from "../bots/forecast-signal.ts"
import { builtEngine } from "../built-engine.ts"
import { Refusal } from "../door/refusal.ts"
import { openCandleStore } from "../store/candle-store.ts"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { CallStore } from "./call-store.ts"
import type { CarryingBot } from "./carried-models.ts"
import { ForecastWork } from "./forecast-work.ts"
import { ModelStore } from "./model-store.ts"
import { firstSignalWatch, type SignalWatch, type WatchedMarket } from "./signal-watch.ts"
import { Signals } from "./signals.ts"
import { KnownMarket, knownMarket } from "./testing/known-market.ts"

// An hourly market in which the last move pulls the next one after it, until its pull turns round; the engine is the
// real one, models are trained and judged in threads, and only the exchange's side of the network is made up.

const LEARNT = 3_000
/** The pull turns round so many candles after the training. */
const TURNS_AFTER = 12
const me = { kind: "owner", id: "me", name: "me" } as const
const patience = { timeout: 60_000, interval: 20 }
const place = { venue: "practice", market: "ETH/USDT" } as const
const bugs: unknown[] = []
const told: [kind: string, words: string][] = []
let home: string
let store: RelayStore
let exchange: KnownMarket
let carriers: CarryingBot[] = []
let knowing: ForecastModel
let guessing: ForecastModel
let laterMs = 0
let open: Signals[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-forecasts-"))
  const dataDirectory = join(home, "data")
  store = await openRelayStore({ dataDirectory, surroundings: realSurroundings() })
  exchange = new KnownMarket(turningMarket(), LEARNT)
  knowing = await trained("knows the pull", exchange.past, "logistic")
  guessing = await trained("says what was last year", exchange.past, "drift")
  const candles = await openCandleStore(dataDirectory)
  const name = { ...place, timeframe: "1h" } as const
  await candles.add({ ...name, origin: "download", source: "story", candles: exchange.past, nowMs: 0 })
  await candles.close()
}, 120_000)
afterEach(async () => {
  await Promise.all(open.map((signals) => signals.end()))
  open = []
})
afterAll(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

/** A pull of 0.3 until it turns round, and then one of -0.5. */
function turningMarket(): Candles {
  const before = autoregressiveMarket({ candles: LEARNT + TURNS_AFTER, seed: 3, pull: 0.3 })
  const after = autoregressiveMarket({ candles: 160, seed: 4, pull: -0.5 })
  const factor = before.close.at(-1)! / after.open[0]
  const scaled = (column: Float64Array) => column.map((price) => Number((price * factor).toFixed(6)))
  const shiftMs = before.openTimeMs.length * HOUR_MS
  const { open: opens, high, low, close } = after
  const rest = { open: scaled(opens), high: scaled(high), low: scaled(low), close: scaled(close) }
  const joined = joinCandles([before, { ...after, ...rest, openTimeMs: after.openTimeMs.map((ms) => ms + shiftMs) }])
  if (!joined.ok) throw new Error(joined.because)
  return joined.candles
}

async function trained(name: string, candles: Candles, kind: "logistic" | "drift"): Promise<ForecastModel> {
  const engine = (await builtEngine())!
  const features = kind === "drift" ? undefined : ["log(close / close[1])", "natr(14)"]
  const request = { name, kind, features, target: "direction", horizonCandles: 1, timeframe: "1h" } as const
  const answer = await trainForecast(engine, { ...request, market: place.market, seed: 1, candles })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.model
}

async function opened(): Promise<Signals> {
  const { feeds, publicMarkets } = exchange
  const nowMs = () => exchange.nowMs + laterMs
  const surroundings = { ...realSurroundings(), nowMs, every: () => () => {} }
  const onBug = (bug: unknown) => bugs.push(bug)
  const candles = { dataDirectory: join(home, "data"), complete: async () => undefined }
  const signals = new Signals({
    calls: new CallStore(store.database),
    models: new ModelStore(store.database),
    audit: new AuditLog({ database: store.database, surroundings }),
    feeds,
    publicMarkets,
    engine: builtEngine(),
    work: new ForecastWork({ candles, publicMarkets, surroundings, onBug }),
    carriers: async () => carriers,
    tell: async (kind, words) => void told.push([kind, words]),
    surroundings,
    onBug,
  })
  await signals.begin()
  open.push(signals)
  return signals
}

function watching(changes: Partial<WatchedMarket> = {}): SignalWatch {
  const models = [knowing, guessing].map(({ hash }) => ({ hash, retrainDays: null }))
  return { markets: [{ ...place, timeframe: "1h", models, votes: false, ...changes }], bots: [] }
}

/** Waits until the newest candle was spoken of. */
async function spoken(signals: Signals): Promise<void> {
  const newest = async () => (await signals.list(place)).items[0]?.candleClosedMs
  await expect.poll(newest, patience).toBe(exchange.nowMs)
}

async function closes(signals: Signals, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    exchange.close()
    await spoken(signals)
  }
}

test("a model that is brought is judged at once on the candles that are here, and is there once", async () => {
  const signals = await opened()
  const view = await signals.add({ model: knowing, venue: "practice" }, me)
  expect(view).toMatchObject({ hash: knowing.hash, version: 1, replaces: null, bots: [], problem: null })
  expect(view.cards).toMatchObject([{ ...place, card: { verdict: { skill: true } }, warnings: [] }])
  expect(view.cards[0].words).toMatch(/^Right in .* unseen candles/)
  const guess = await signals.add({ model: guessing, venue: "practice" }, me)
  expect(guess.cards).toMatchObject([{ card: { verdict: { skill: false } } }])
  await signals.add({ model: knowing, venue: "practice" }, me)
  expect(await signals.models()).toHaveLength(2)
})

test("a hostile model file is refused with its place, and nothing of it is kept", async () => {
  const signals = await opened()
  const hostile: [object, string][] = [
    [{ ...knowing, horizonCandles: 1e9 }, "model.horizonCandles"],
    [{ ...knowing, features: ["log(close / close[1])", "natr(15)"] }, "model.hash"],
    [{ ...knowing, parts: [{ ...knowing.parts[0], weights: "AAAA" }] }, "model.parts[0].weights"],
    [{ ...knowing, extra: {} }, "model.extra"],
    [rehashed({ features: ["log(close / close[1])", "tomorrow(close)"] }), "model.features[1]"],
    [rehashed({ features: ["log(close / close[1])", "macd(close)"] }), "model.features[1]"],
    [{}, "model.format"],
  ]
  for (const [model, field] of hostile) {
    const refusal = await signals.add({ model, venue: "practice" }, me).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ status: 422, code: "not-valid" })
    expect((refusal as Refusal).message).toMatch(/^The model is refused: .*Nothing was kept\.$/)
    expect((refusal as Refusal).details.field).toBe(field)
  }
  expect(await signals.models()).toHaveLength(2)
})

/** Changed by somebody who knows how a hash is made. */
function rehashed(changes: Partial<ForecastModel>): ForecastModel {
  const changed = { ...knowing, ...changes }
  return { ...changed, hash: modelHash(changed) }
}

test("a watch names the place of a market or model that is not there, and is kept as it was", async () => {
  const signals = await opened()
  const unknown = { hash: "0".repeat(64), retrainDays: null }
  const wrong: [SignalWatch, string][] = [
    [watching({ market: "NOPE/USDT" }), "markets.0.market"],
    [watching({ models: [unknown] }), "markets.0.models.0.hash"],
    [watching({ timeframe: "4h" }), "markets.0.models.0.hash"],
    [{ markets: [...watching().markets, ...watching().markets], bots: [] }, "markets.1"],
    [{ markets: [], bots: [{ hash: knowing.hash, retrainDays: 7 }] }, "bots.0.hash"],
  ]
  for (const [watch, field] of wrong)
    await expect(signals.watchThese(watch, me)).rejects.toMatchObject({ status: 422, details: { field } })
  expect(signals.watch).toEqual(firstSignalWatch)
})

test("at each close every source makes one call, and its outcome is written once, a candle later", async () => {
  const signals = await opened()
  await signals.watchThese(watching({ votes: true }), me)
  await spoken(signals)
  const [first] = (await signals.list(place)).items.filter(({ forecast }) => forecast?.hash === knowing.hash)
  expect(first).toMatchObject({ outcome: null, aheadCandles: 1, entry: first.close, engine: knowing.made.engine })
  expect(first.reasoning[0]).toMatch(/^The forecast knows the pull \(version 1\) gives a higher close/)
  await closes(signals, 3)
  const { items, records } = await signals.list(place)
  expect(new Set(items.map(({ candleClosedMs }) => candleClosedMs)).size).toBe(4)
  expect(new Set(items.map(({ source, candleClosedMs }) => `${source} ${candleClosedMs}`)).size).toBe(items.length)
  const known = items.find(({ id }) => id === first.id)!
  expect(known).toEqual({ ...first, outcome: known.outcome })
  const next = exchange.all.close[LEARNT]
  expect(known.outcome).toEqual({ close: next, cameTrue: next > first.close === (first.action === "BUY") })
  await new CallStore(store.database).end(first.id, { close: 1, cameTrue: !known.outcome!.cameTrue })
  expect((await signals.list(place)).items.find(({ id }) => id === first.id)).toEqual(known)
  expect(records.map(({ source }) => source)).toContain(`forecast:${guessing.hash}`)
  expect(records.find(({ source }) => source === "votes")).toMatchObject({ count: 0, waiting: 4 })
})

test("calls outlive the relay, a candle is spoken of once also after a restart, and what came meanwhile is noted", async () => {
  const before = (await (await opened()).list(place)).items
  await Promise.all(open.map((signals) => signals.end()))
  exchange.close()
  exchange.close()
  laterMs = HOUR_MS
  const signals = await opened()
  await spoken(signals)
  await signals.tick()
  const { items } = await signals.list(place)
  const kept = new Set(items.map(({ id }) => id))
  for (const { id } of before) expect(kept).toContain(id)
  const mine = items.filter(({ forecast }) => forecast?.hash === knowing.hash)
  expect(mine.map(({ candleClosedMs }) => (exchange.nowMs - candleClosedMs) / HOUR_MS)).toEqual([0, 2, 3, 4, 5])
  expect(mine.map(({ outcome }) => outcome !== null)).toEqual([false, true, true, true, true])
})

test("a fresh forecast with skill is BUY or SELL, as sure as the lower end of its card; one without skill decides nothing", async () => {
  const signals = await opened()
  await spoken(signals)
  const forecasts = await signals.forecastsOf(knownMarket, "1h")
  const said = forecastSignal(forecasts)!
  expect(said.action).toBe(forecasts[0].call.action)
  expect(said.confidence).toBe(Math.floor(100 * forecasts[0].card!.interval![0]))
  expect(said.reasoning).toMatch(
    /^A forecast decides here: knows the pull \(version 1\), right in [\d.]+\s% of 1,\d{3} unseen candles\./,
  )
  expect(Math.sign(Number(said.entryPrice) - Number(said.stopLoss))).toBe(said.action === "BUY" ? 1 : -1)
  const [, guess] = forecasts
  expect(forecastSignal([guess])).toBeUndefined()
  expect(forecastNotes([guess])[0]).toMatch(/has no skill, so it decides nothing: /)
  expect(forecastSignal([{ ...forecasts[0], card: null }])).toBeUndefined()
  expect(await signals.forecastsOf(knownMarket, "4h")).toEqual([])
})

test("an exchange that is away says so, and is asked again after ever longer waits", async () => {
  exchange.isAway = true
  const signals = await opened()
  await expect.poll(() => signals.standings()[0].problem, patience).toBe("The exchange does not answer.")
  exchange.isAway = false
})

test("a model that is right less often than its card can explain is warned of, and told of once", async () => {
  const signals = await opened()
  await spoken(signals)
  await signals.watchThese(watching(), me)
  await closes(signals, 70)
  const view = (await signals.model(knowing.hash))!
  expect(view.cards[0].warnings).toMatchObject([
    { kind: "hits", words: expect.stringMatching(/^Live it was right in/) as string },
  ])
  expect(told.filter(([, words]) => words.includes("knows the pull"))).toMatchObject([
    [
      "problem",
      expect.stringMatching(/^The model knows the pull \(version 1\) of ETH\/USDT may not be what it was\./) as string,
    ],
  ])
})

test("a model whose time has come is trained again as the next version; the old one and every bot stay as they are", async () => {
  const signals = await opened()
  await signals.watchThese(watching({ models: [{ hash: knowing.hash, retrainDays: 30 }] }), me)
  laterMs = 31 * DAY_MS
  await signals.tick()
  const views = await signals.models()
  const next = views.find(({ version }) => version === 2)!
  expect(next).toMatchObject({
    name: knowing.name,
    replaces: knowing.hash,
    cards: [{ card: expect.any(Object) as object }],
  })
  expect(views.find(({ hash }) => hash === knowing.hash)!.cards[0].card).not.toBeNull()
  expect(signals.watch.markets[0].models).toEqual([{ hash: knowing.hash, retrainDays: 30 }])
  expect(told.at(-1)).toEqual([
    "signal",
    expect.stringMatching(/version 2 is ready: .*Nothing uses it before you choose it\.$/),
  ])
  await signals.tick()
  expect(await signals.models()).toHaveLength(views.length)
})

test("a bot gets exactly the version that a person names, by a deployment that nobody started", async () => {
  const signals = await opened()
  carriers = [carrying(knowing)]
  const next = (await signals.models()).find(({ version }) => version === 2)!
  expect((await signals.model(knowing.hash))!.bots).toEqual(["bot1"])
  const adopted = (await signals.adopt(next.hash, "bot1"))!
  expect(adopted).toMatchObject({ isAdopted: false, words: expect.stringContaining(next.hash) as string })
  expect(adopted.deployment.strategy.models!.pull.hash).toBe(next.hash)
  expect(strategyFromJson(adopted.deployment.strategy)).toMatchObject({ ok: true })
  expect(carriers[0].document.models.pull.hash).toBe(knowing.hash)
  expect(
    await signals.adopt(
      next.hash.replace(/^./, (first) => (first === "0" ? "1" : "0")),
      "bot1",
    ),
  ).toBeUndefined()
  expect(await signals.adopt(next.hash, "bot2")).toBeUndefined()
  await expect(signals.adopt(knowing.hash, "bot1")).rejects.toMatchObject({ code: "not-carried" })
  await expect(signals.adopt(guessing.hash, "bot1")).rejects.toMatchObject({ code: "not-carried" })
})

function carrying(model: ForecastModel): CarryingBot {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "By the pull",
    timeframe: "1h",
    markets: ["ETH/USDT"],
    models: { pull: model },
    long: { enter: { all: ['forecast("pull") > 0'] }, exit: { any: ['forecast("pull") < 0'] } },
    protect: { stopLoss: { kind: "percent", percent: 5 } },
  })
  if (!read.ok) throw new Error(read.problems[0].because)
  const { strategy } = read
  const bot = { id: "bot1", name: "Ada", accountId: "a", markets: ["ETH/USDT"], params: {}, cash: "100" }
  return { bot: { ...bot, status: "running" }, venue: "practice", document: { ...strategy, models: strategy.models! } }
}

test("a model that bots carry is trained again only where somebody put it on the schedule", async () => {
  const signals = await opened()
  const bot = carrying(guessing)
  carriers = [bot]
  await signals.watchThese({ markets: [], bots: [] }, me)
  await signals.tick()
  expect((await signals.models()).filter(({ name }) => name === guessing.name)).toHaveLength(1)
  laterMs = 100 * DAY_MS
  await signals.watchThese({ markets: [], bots: [{ hash: guessing.hash, retrainDays: 7 }] }, me)
  await signals.tick()
  expect((await signals.models()).filter(({ name }) => name === guessing.name)).toHaveLength(2)
  expect(bot.document.models.pull.hash).toBe(guessing.hash)
})

test("an lstm whose time has come is trained again as the next version, of the same size", async () => {
  const signals = await opened()
  carriers = []
  const request = { name: "remembers", kind: "lstm", target: "direction", horizonCandles: 1, timeframe: "1h" } as const
  const asked = { ...request, market: place.market, seed: 1, folds: 1, candles: exchange.past }
  const lstm = { units: 2, windowCandles: 4 }
  const features = ["log(close / close[1])"]
  const trainSequence = lstmTrainer(await startTraining())
  const answer = await trainForecast((await builtEngine())!, { ...asked, features, lstm }, { trainSequence })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const { hash } = (await signals.add({ model: answer.model, venue: "practice" }, me))!
  await signals.watchThese(watching({ models: [{ hash, retrainDays: 30 }] }), me)
  laterMs += 31 * DAY_MS
  await signals.tick()
  const next = (await signals.models()).find(({ replaces }) => replaces === hash)
  expect(next).toMatchObject({ ...lstm, name: "remembers", kind: "lstm", version: 2, features, problem: null })
  expect(next!.cards).toMatchObject([{ ...place, card: expect.any(Object) as object }])
  expect(signals.watch.markets[0].models).toEqual([{ hash, retrainDays: 30 }])
}, 120_000)

test("all this time the relay made no mistake of its own", () => {
  expect(bugs).toEqual([])
})
