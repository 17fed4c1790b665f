import { type ModelProvider, outcomeOf } from "#models"
import { ScriptedProvider } from "../models/testing/scripted-provider.ts"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Candles, candlesFromRows, HOUR_MS, MINUTE_MS, sliceCandles } from "#engine/candles"
import { venueOf } from "#venues"
import { builtEngine } from "../built-engine.ts"
import type { AskedCandles, FoundMarket } from "../desk/public-markets.ts"
import {
  calls,
  type HeardRequest,
  type ModelServer,
  type ServersAct,
  startModelServer,
} from "../models/testing/model-server.ts"
import { AuditLog } from "../audit/audit-log.ts"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { Analyses } from "./analyses.ts"
import { AnalysisStore } from "./analysis-store.ts"
import { firstWatch } from "./analysis-watch.ts"

// Hours of a market that rises for as long as anybody looks, a clock that a story sets, and a model on this computer.

const COUNT = 1_200
const rising = hours(COUNT)
const market = { symbol: "ETH/USDT", id: "ETHUSDT", base: "ETH", quote: "USDT" } as FoundMarket["market"]
const found: FoundMarket = { venue: venueOf("practice"), market }
const me = { kind: "owner", id: "me", name: "me" } as const
const bugs: unknown[] = []
let home: string
let store: RelayStore
let nowMs = 900 * HOUR_MS

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-analyses-"))
  store = await openRelayStore({ dataDirectory: join(home, "data"), surroundings: realSurroundings() })
})
afterAll(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

function hours(count: number): Candles {
  const priceAt = (n: number) => 100 * 1.001 ** n * (1 + 0.01 * Math.sin(n * 1.3))
  const rows = Array.from({ length: count }, (_, n) => {
    const [open, close] = [priceAt(n), priceAt(n + 1)]
    return [n * HOUR_MS, open, Math.max(open, close), Math.min(open, close), close, 1]
  })
  const read = candlesFromRows(rows, { timeframe: "1h" })
  if (!read.ok) throw new Error(read.because)
  return read.candles
}

/** An exchange that shows what has closed by now. */
const publicMarkets = {
  find: async () => found,
  candles: async (_: FoundMarket, { fromMs, toMs = Infinity, limit }: AskedCandles) => {
    const endMs = Math.min(toMs, nowMs)
    const candles = sliceCandles(rising, { fromMs: fromMs ?? endMs - limit * HOUR_MS, toMs: endMs })
    return { candles: candles.openTimeMs.length > 0 ? candles : undefined, nextMs: null }
  },
}

function opened(model?: ModelProvider) {
  const surroundings = { ...realSurroundings(), nowMs: () => nowMs, every: () => () => {} }
  const own = new AnalysisStore(store.database)
  const deps = {
    store: own,
    audit: new AuditLog({ database: store.database, surroundings }),
    publicMarkets,
    engine: builtEngine(),
    surroundings,
    onBug: (bug: unknown) => bugs.push(bug),
  }
  return new Analyses({ ...deps, modelAt: async () => model })
}

test("the watched markets are looked at each time their minutes have passed, and measured a day of candles later", async () => {
  const analyses = opened()
  await analyses.begin()
  await analyses.watchThese(
    { ...firstWatch, markets: [{ venue: "practice", symbol: "ETH/USDT" }], everyMinutes: 60 },
    me,
  )
  for (let minute = 0; minute < 125; minute += 5) {
    nowMs += 5 * MINUTE_MS
    await analyses.tick()
  }
  const said = await analyses.list()
  expect(said).toHaveLength(3)
  expect(said[0]).toMatchObject({ market: "ETH/USDT", by: { kind: "rules" }, outcome: null })
  await analyses.watchThese({ ...firstWatch, markets: [] }, me)
  nowMs += 30 * HOUR_MS
  await analyses.tick()
  const measured = await analyses.list()
  expect(measured).toHaveLength(3)
  for (const one of measured) expect(one.outcome).toEqual(outcomeOf(one, one.outcome!.close))
  expect(measured.every(({ outcome, facts }) => outcome!.close > facts.close)).toBe(true)
  await analyses.end()
  expect(bugs).toEqual([])
})

test("what was said outlives the relay, and an outcome once noted is never written again", async () => {
  const own = new AnalysisStore(store.database)
  const [first] = await opened().list()
  await own.end(first.id, { close: 1, cameTrue: !first.outcome!.cameTrue })
  expect((await opened().list())[0]).toEqual(first)
})

test("a paused watch is kept and does not look; the next look is on the clock again when it goes on, and each change is in the audit log", async () => {
  const analyses = opened()
  await analyses.begin()
  const watch = { ...firstWatch, markets: [{ venue: "practice" as const, symbol: "ETH/USDT" }], everyMinutes: 60 }
  const before = (await analyses.list()).length
  await analyses.watchThese({ ...watch, isPaused: true }, me)
  await analyses.tick()
  expect([(await analyses.list()).length, (await analyses.standing()).nextMs]).toEqual([before, null])
  await analyses.watchThese(watch, me)
  await analyses.tick()
  expect([(await analyses.list()).length, (await analyses.standing()).nextMs]).toEqual([
    before + 1,
    nowMs + 60 * MINUTE_MS,
  ])
  const audit = new AuditLog({ database: store.database, surroundings: realSurroundings() })
  const [newest, ...older] = await audit.list({ limit: 2 })
  expect(newest).toMatchObject({ what: "analysis-watch.changed", subject: "analysis watch", actor: me })
  expect(newest.beforeHash).toBe(older[0].afterHash)
  await analyses.watchThese(watch, me)
  expect((await audit.list({ limit: 1 }))[0].seq).toBe(newest.seq)
  expect((await audit.check()).faults).toEqual([])
  await analyses.watchThese({ ...firstWatch, markets: [] }, me)
  await analyses.end()
})

test("a market that has no candles yet is no analysis", async () => {
  const before = nowMs
  nowMs = 0
  expect(await opened().of(found, "1h")).toBeUndefined()
  nowMs = before
})

test("the relay's own budget holds: what could exceed it is not asked, our own rules answer, and every call is written down", async () => {
  const verdict = { reasons: ["The averages agree."], action: "HOLD", confidence: 51, entry: 0, stop: 0 }
  const model = new ScriptedProvider([JSON.stringify(verdict)])
  const analyses = opened(model)
  const watched = { ...firstWatch, model: { keyId: "a", model: "gpt-6-luna" } }
  await analyses.watchThese({ ...watched, budget: { ...watched.budget, dayMicroDollars: 0 } }, me)
  const unasked = await analyses.of(found, "1h")
  expect(unasked).toMatchObject({ by: { kind: "rules" }, notTaken: [expect.stringMatching(/was not made/) as string] })
  expect(model.heard).toEqual([])
  await analyses.watchThese(watched, me)
  expect(await analyses.of(found, "1h")).toMatchObject({ action: "HOLD", by: { kind: "model" }, notTaken: [] })
  const [call] = await new AnalysisStore(store.database).since(0)
  expect(call).toMatchObject({
    purpose: "analyse",
    outcome: "answered",
    costMicroDollars: expect.any(Number) as number,
  })
  const gone = opened()
  await gone.watchThese(watched, me)
  expect((await gone.of(found, "1h"))?.notTaken.join(" ")).toMatch(/key .*gone/)
})

/** Answers with the price it found among the facts. */
function aboutTheClose({ body }: HeardRequest): ServersAct {
  const [, close] = /At the last close, ([\d.]+)/.exec(JSON.stringify(body.messages))!
  const reasons = [`It closed at ${close}.`]
  return calls({ name: "give_verdict", arguments: { reasons, action: "HOLD", confidence: 51, entry: 0, stop: 0 } })
}

test("a model at a kept key says it, through the same door as for pages", async () => {
  const server: ModelServer = await startModelServer({ script: aboutTheClose })
  const relay: OpenedApp = await openedApp()
  try {
    const admin = { headers: await relay.bearer("admin") }
    const key = { name: "mine", host: "other", baseUrl: server.baseUrl, key: "", isLocal: true }
    const { id: keyId } = (await (await relay.ask("POST /api/model-keys", { ...admin, body: key })).json()) as {
      id: string
    }
    const model = { keyId, model: "scripted" }
    const put = async (changes: object) => {
      const answer = await relay.ask("PUT /api/analyses/watch", {
        ...admin,
        body: { ...firstWatch, model, ...changes },
      })
      expect([answer.status, await answer.json()]).toMatchObject([200, changes])
    }
    // The exchange of this story is not the relay's own.
    Object.assign((relay.analyses as unknown as { deps: object }).deps, { publicMarkets })
    await put({ everyMinutes: 30 })
    const said = await relay.analyses.of(found, "1h")
    expect(said).toMatchObject({
      action: "HOLD",
      confidence: 51,
      by: { kind: "model", name: "scripted" },
      notTaken: [],
    })
    expect(server.heard).toHaveLength(1)
    const headers = await relay.bearer("read")
    const kept = (await (await relay.ask("GET /api/analyses", { headers })).json()) as { items: object[] }
    expect(kept.items).toHaveLength(1)
    const record = await (await relay.ask("GET /api/analyses/record", { headers })).json()
    expect(record).toMatchObject({ count: 0, inWords: expect.stringMatching(/No outcome/) as string })
    expect(relay.bugs).toEqual([])
  } finally {
    await relay.close()
    await server.close()
  }
})
