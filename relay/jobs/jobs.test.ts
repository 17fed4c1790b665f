import { afterAll, beforeAll, expect, test } from "vitest"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { HOUR_MS } from "#engine/candles"
import {
  defaultAccount,
  historyOf,
  openBacktest,
  backtestIn,
  openSession,
  optimiseAndShake,
  quoteOf,
  sweep,
  TaskDesk,
} from "#engine/run"
import { strategyFromJson, type StrategyDocument } from "#engine/strategy"
import { builtEngine } from "../built-engine.ts"
import { type PracticeExchange, startPracticeExchange } from "../exchange/practice-exchange.ts"
import { openCandleStore } from "../store/candle-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import type { JobView } from "./job.ts"
import { optimiseAnswer } from "./optimise-answer.ts"
import { backtestAnswer, sweepAnswer } from "./run-answer.ts"

// Long work over HTTP, on candles of the practice exchange as it runs beside the relay.

type Job = JobView & { result?: { trades: unknown[]; rows: unknown[]; leftOut: object } }

const patience = { timeout: 60_000, interval: 50 }
let relay: OpenedApp
let practice: PracticeExchange
let headers: Record<string, string>
let fromMs: number
let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-jobs-"))
  practice = (await startPracticeExchange({ folder: join(home, "practice"), historyDays: 20 }, realSurroundings()))!
  relay = await openedApp({ practice, home })
  headers = await relay.bearer("trade")
  fromMs = Math.floor(Date.now() / HOUR_MS - 400) * HOUR_MS
}, 60_000)
afterAll(async () => {
  await relay?.end()
  await practice?.stop()
  await rm(home, { recursive: true })
})

const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["BTC/USDT"],
  params: {
    fast: { type: "int", value: 5, min: 2, max: 50, step: 1 },
    slow: { type: "int", value: 15, min: 3, max: 300, step: 1 },
  },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, slow))"] },
    exit: { any: ["crossunder(sma(close, fast), sma(close, slow))"] },
  },
  protect: { stopLoss: { kind: "percent", percent: 5 } },
}

async function ask(route: string, body?: object, status = 200): Promise<unknown> {
  const answer = await relay.ask(route, { headers, body })
  const said = answer.status === 204 ? {} : ((await answer.json()) as object)
  expect({ status: answer.status, ...(answer.status === status ? {} : said) }).toEqual({ status })
  return said
}

const asked = (changes: object = {}) => ({ strategy: crossing, from: fromMs, to: fromMs + 300 * HOUR_MS, ...changes })
const look = async (id: string) => (await ask(`GET /api/jobs/${id}`)) as Job
const begin = async (route: string, body: object) => ((await ask(route, body, 202)) as { id: string }).id
const ended = async (id: string) => {
  await expect.poll(async () => (await look(id)).status, patience).not.toMatch(/queued|running/)
  return look(id)
}

/** What the command line does with the same candles: both take their answer from the same function. */
async function opened(changes: Partial<typeof defaultAccount> = {}) {
  const store = await openCandleStore(join(relay.home, "data"))
  const name = { venue: "practice", market: "BTC/USDT", timeframe: "1h" } as const
  const candles = (await store.read(name, { fromMs, toMs: fromMs + 300 * HOUR_MS }))!
  await store.close()
  const read = strategyFromJson(crossing) as { strategy: StrategyDocument }
  const account = { ...defaultAccount, ...changes }
  return {
    engine: (await builtEngine())!,
    strategy: read.strategy,
    account,
    markets: [{ market: "BTC/USDT", candles }],
  }
}

test("a backtest fetches what is missing and answers what the command line answers over the same candles", async () => {
  const id = await begin(
    "POST /api/backtests",
    asked({ markets: ["BTC-USDT"], settings: { cash: "500", feePercent: 0.2 } }),
  )
  const job = await ended(id)
  expect(job).toMatchObject({
    id,
    kind: "backtest",
    status: "done",
    progress: 1,
    endedMs: expect.any(Number) as number,
  })
  const { engine, markets, strategy, account } = await opened({ cash: 500, feePercent: 0.2 })
  const run = openBacktest(engine, { strategy, params: {}, markets, account, fromMs, toMs: fromMs + 300 * HOUR_MS })
  if (!run.ok) throw new Error("it runs")
  const ran = await backtestIn(run.session, run.plan)
  if (!ran.ok) throw new Error("it runs")
  expect(markets[0].candles.openTimeMs).toHaveLength(300)
  expect(job.result!.trades.length).toBeGreaterThan(2)
  expect(job.result).toEqual(JSON.parse(JSON.stringify(await backtestAnswer(run.session, run.plan, ran))))
})

test("a search ranks every combination as the command line does, answers the best, and says how many it left out", async () => {
  const vary = { fast: { from: 2, to: 6, step: 2 }, slow: [10, 20] }
  const job = await ended(await begin("POST /api/optimisations", asked({ vary, rank: "totalReturnPercent", rows: 4 })))
  expect(job).toMatchObject({ kind: "optimisation", status: "done" })
  const { engine, markets, strategy, account } = await opened()
  const swept = await sweep(openSession(engine, markets), {
    strategy,
    account,
    vary: { fast: [2, 4, 6], slow: [10, 20] },
    rank: "totalReturnPercent",
    fromMs,
  })
  if (!swept.ok) throw new Error("it sweeps")
  const all = JSON.parse(JSON.stringify(sweepAnswer("totalReturnPercent", swept))) as { rows: unknown[] }
  expect(job.result).toEqual({ ...all, rows: all.rows.slice(0, 4), leftOut: { rows: 2, refused: 0 } })
})

test("a search says how much of what it found to believe, as the command line does over the same candles", async () => {
  const how = { method: "random", trials: 8, minTrades: 2, holdOutPercent: 25, coinFlips: 5, seed: 3 } as const
  const job = await ended(
    await begin("POST /api/optimisations", asked({ vary: { fast: { from: 2, to: 9 } }, objective: "calmar", ...how })),
  )
  const { engine, markets, strategy, account } = await opened()
  const { holdOutPercent, coinFlips, ...plan } = how
  const request = {
    terms: {
      space: { variants: [strategy], dimensions: [{ name: "fast", values: [2, 3, 4, 5, 6, 7, 8, 9] }] },
      account,
    },
    plan: { ...plan, objectives: ["calmar"] },
    history: historyOf(markets, { fromMs }),
    holdOutPercent,
    coinFlips,
  }
  const shaken = { markets, currency: quoteOf(markets[0].market) }
  const found = await optimiseAndShake(new TaskDesk(engine, { own: markets }), request, shaken)
  if (!found.ok) throw new Error(found.problems[0].because)
  expect(job).toMatchObject({ kind: "optimisation", status: "done", progress: 1 })
  expect(job.result).toEqual(JSON.parse(JSON.stringify(optimiseAnswer(found.optimisation))))
})

/** What cannot run, and where the refusal points. */
const unfit: [what: string, changes: object, field: string, words: RegExp][] = [
  ["a formula that is none", { strategy: { ...crossing, series: { a: "sma(" } } }, "strategy.series.a", /character/],
  ["a param that is not there", { params: { speed: 3 } }, "params.speed", /speed/],
  ["no cash", { settings: { cash: 0 } }, "settings.cash", /cash above 0/],
  ["a setting that is none", { settings: { coins: 1 } }, "settings.coins", /coins/i],
  [
    "fills that have nothing like it",
    { settings: { fills: "freqtrade", delayCandles: 2 } },
    "settings.delayCandles",
    /freqtrade/,
  ],
  ["a market that is not there", { markets: ["NOPE/USDT"] }, "markets", /no market "NOPE\/USDT"/],
  ["an end before the beginning", { to: "2001-01-01" }, "from", /not before/],
  ["a beginning to come", { from: "2190-01-01", to: undefined }, "from", /future/],
  [
    "more candles than a job takes",
    { strategy: { ...crossing, timeframe: "1m" }, from: "2020-01-01" },
    "from",
    /at most 1,000,000/,
  ],
  ["a time that is none", { from: "yesterday" }, "from", /UTC/],
]

test("what cannot run is refused at its place, as the command line says it, and nothing is started", async () => {
  const before = await ask("GET /api/jobs")
  for (const [what, changes, field, words] of unfit) {
    const refusal = (await ask("POST /api/backtests", asked(changes), 422)) as { field: string; error: string }
    expect(refusal.field, what).toBe(field)
    expect(refusal.error, what).toMatch(words)
  }
  const badVary: [object, string, RegExp][] = [
    [{ fast: { from: 9, to: 2, step: 1 } }, "vary.fast", /step is above 0/],
    [{ fast: [2, 900] }, "vary.fast", /900|50/],
    [{ fast: { from: 2, to: 50, step: 0.0001 } }, "vary.fast", /make the step larger/],
    [{ none: [1] }, "vary.none", /none/],
    [{}, "vary", /at least one/],
  ]
  for (const [vary, field, words] of badVary) {
    const refusal = (await ask("POST /api/optimisations", asked({ vary }), 422)) as { field: string; error: string }
    expect({ field: refusal.field, isSaid: words.test(refusal.error), error: refusal.error }).toMatchObject({
      field,
      isSaid: true,
    })
  }
  const badSearch: [object, string, RegExp][] = [
    [{ objective: "nonsense(" }, "objective", /too early/],
    [{ method: "tpe", trials: 0 }, "trials", /0/],
    [{ method: "tpe", holdOutPercent: 90 }, "holdOutPercent", /50/],
    [{ seed: 1, vary: { fast: [900] } }, "vary.fast", /900|50/],
  ]
  for (const [how, field, words] of badSearch) {
    const body = asked({ vary: { fast: [2, 3] }, ...how })
    const refusal = (await ask("POST /api/optimisations", body, 422)) as { field: string; error: string }
    expect([refusal.field, words.test(refusal.error) || refusal.error]).toEqual([field, true])
  }
  expect(await ask("GET /api/jobs")).toEqual(before)
})

/** A search of minutes, so that it can be caught while it runs. */
const long = () =>
  asked({ vary: { fast: { from: 2, to: 50 }, slow: { from: 3, to: 300 } }, settings: { delayCandles: 1 } })

test("a running job is stopped at once, one that waits never begins, and a third is begun in its place", async () => {
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.push(await begin("POST /api/optimisations", long()))
  const [first, second, third] = ids
  await expect.poll(async () => (await look(first)).progress, patience).toBeGreaterThan(0.3)
  expect((await look(third)).status).toBe("queued")
  await ask(`DELETE /api/jobs/${first}`, undefined, 204)
  expect(await look(first)).toMatchObject({ status: "cancelled", endedMs: expect.any(Number) as number })
  await expect.poll(async () => (await look(third)).status, patience).toBe("running")
  const fourth = await begin("POST /api/optimisations", long())
  await ask(`DELETE /api/jobs/${fourth}`, undefined, 204)
  expect((await look(fourth)).status).toBe("cancelled")
  for (const id of [second, third]) await ask(`DELETE /api/jobs/${id}`, undefined, 204)
  await ask(`DELETE /api/jobs/${first}`, undefined, 204)
  await ask(`GET /api/jobs/${first}`, undefined, 404)
  await ask(`DELETE /api/jobs/${first}`, undefined, 404)
})

test("jobs outlive the relay: a result is still there, and one that ran is run again", async () => {
  const done = await begin("POST /api/backtests", asked())
  expect((await ended(done)).status).toBe("done")
  const running = await begin("POST /api/optimisations", long())
  await expect.poll(async () => (await look(running)).progress, patience).toBeGreaterThan(0.3)
  await relay.end()
  relay = await openedApp({ practice, home: relay.home })
  headers = await relay.bearer("trade")
  expect((await look(done)).result!.trades.length).toBeGreaterThan(2)
  await expect.poll(async () => (await look(running)).status, patience).toBe("running")
  await ask(`DELETE /api/jobs/${running}`, undefined, 204)
  expect(relay.bugs).toEqual([])
})

test("more than the relay keeps waiting is refused with a time to come back, and reading needs no right to trade", async () => {
  const ids: string[] = []
  for (let n = 0; n < 22; n++) ids.push(await begin("POST /api/optimisations", long()))
  const refused = await relay.ask("POST /api/optimisations", { headers, body: long() })
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"])
  const reader = { headers: await relay.bearer("read") }
  expect((await relay.ask("GET /api/jobs", reader)).status).toBe(200)
  expect((await relay.ask(`DELETE /api/jobs/${ids[0]}`, reader)).status).toBe(403)
  for (const id of ids.toReversed()) await ask(`DELETE /api/jobs/${id}`, undefined, 204)
})

test("code that does not compile is refused with its line before it is taken", async () => {
  const code = {
    ...crossing,
    params: {},
    long: undefined,
    code: { language: "assemblyscript", source: "export function onCandle(): void {\n  nothing()\n}\n" },
  }
  const refusal = (await ask("POST /api/backtests", asked({ strategy: code }), 422)) as { field: string; error: string }
  expect(refusal.field).toMatch(/^strategy/)
  expect(refusal.error).toMatch(/line 2|code/)
})
