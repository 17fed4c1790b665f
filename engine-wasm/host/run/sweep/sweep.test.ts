import fc from "fast-check"
import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { marketOf, marketPlan } from "../../../testing/random-market.ts"
import { longRun, plainRun, requestOf, type RandomRun } from "../../../testing/random-run.ts"
import { defaultAccount, type AccountSettings } from "../backtest-request.ts"
import { runRecord } from "../backtest.ts"
import { openSession, type EngineSession } from "../engine/engine-session.ts"
import { metricsOf } from "../../result/metrics.ts"
import {
  strategySchema,
  type StrategyDocument,
  type WrittenStrategy,
} from "../../strategy/document/strategy-document.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import { figuresOf, whyAlone } from "./combination-figures.ts"
import { rowOfFigures, sweepFigures, type SweepRow } from "./sweep-row.ts"
import { inSweepOrder, ranked, sweep, type SweepRequest } from "./sweep.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import type { Timeframe } from "../../candles/timeframe.ts"

const plain = {
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
} satisfies Partial<WrittenStrategy>
const params = {
  fast: { type: "int", value: 3, min: 0, max: 50 },
  slow: { type: "int", value: 6, min: 0, max: 50 },
} as const

const crossing = written({
  ...plain,
  timeframe: "1h",
  series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
  long: { enter: { all: ["crossover(quick, calm)"] }, exit: { any: ["crossunder(quick, calm)"] } },
})

function written(parts: Partial<WrittenStrategy> & { timeframe: Timeframe }): StrategyDocument {
  return strategySchema.parse({ format: "candlewright.strategy/1", name: "swept", params, ...parts })
}

async function hours(count: number): Promise<EngineSession> {
  const candles = syntheticCandles({
    seed: 3,
    candles: count,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 100,
    kind: "mixed",
  })
  return openSession(await builtEngine(), [{ market: "A/USDT", candles }])
}

async function rowsOf(session: EngineSession, request: SweepRequest): Promise<SweepRow[]> {
  const swept = await sweep(session, request)
  if (!swept.ok) throw new Error(swept.problems[0].because)
  return swept.rows
}

/** A number as close as sums added in another order come. */
const near = (a: number | null, b: number | null) =>
  Object.is(a, b) || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)))

/** The first figure of a row that differs from a backtest with its params. */
function firstDifference(
  session: EngineSession,
  request: Pick<SweepRequest, "strategy" | "account" | "fromMs">,
  row: SweepRow,
): string | undefined {
  const run = runRecord(session, { ...request, params: row.params })
  if (!run.ok) return run.problems[0].because
  const metrics = metricsOf(run.record)
  const wrong = sweepFigures.find((figure) => !near(row[figure], metrics[figure]))
  return wrong && `${wrong} with ${JSON.stringify(row.params)}: ${row[wrong]}, not ${metrics[wrong]}`
}

const column = fc.constantFrom("close", "open", "high", "low")
const length = fc.constantFrom("fast", "slow", "2", "5")
const series = fc.oneof(
  { weight: 2, arbitrary: column },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("sma", "ema", "highest", "lowest"), column, length)
      .map(([name, source, n]) => `${name}(${source}, ${n})`),
  },
  { weight: 1, arbitrary: fc.tuple(column, length).map(([source, n]) => `${source}[${n}]`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("close @ 1h", "sma(close, fast) @ 1h", "(high + low) / 2", "sqrt(close - low - 1)"),
  },
)
const comparison = fc
  .tuple(series, fc.constantFrom(">", "<", ">=", "<=", "==", "!="), series)
  .map(([a, operator, b]) => `${a} ${operator} ${b}`)
const crossed = fc
  .tuple(fc.constantFrom("crossover", "crossunder", "cross"), series, series)
  .map(([name, a, b]) => `${name}(${a}, ${b})`)
const leaf = fc.oneof(
  comparison,
  crossed,
  fc.constantFrom(
    "rising(close, 2)",
    "close > open ? high > high[1] : low < low[1]",
    "rsi(close, slow) - 50",
    "fast > slow",
  ),
)
const condition = fc.oneof(
  { weight: 5, arbitrary: leaf },
  {
    weight: 2,
    arbitrary: fc.tuple(leaf, fc.constantFrom("and", "or"), leaf).map(([a, join, b]) => `${a} ${join} ${b}`),
  },
  { weight: 1, arbitrary: leaf.map((of) => `not (${of})`) },
)
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 })
const rule = fc.oneof(
  conditions.map((all) => ({ all })),
  conditions.map((any) => ({ any })),
)
const side = fc.record({ enter: rule, exit: fc.option(rule, { freq: 6 }) })
const sides = fc.oneof(
  side.map((long) => ({ long, short: null })),
  side.map((short) => ({ long: null, short })),
  fc.record({ long: side, short: side }),
)
const account: fc.Arbitrary<AccountSettings> = fc.record({
  cash: fc.constantFrom(1000, 150),
  feePercent: fc.constantFrom(0, 0.1, 1),
  slippagePercent: fc.constantFrom(0, 0.05, 1.5),
  delayCandles: fc.constant(0),
  fills: fc.constant("conservative" as const),
  feeFrom: fc.constantFrom("quote" as const, "received" as const),
  minNotional: fc.constant(0),
  quantityStep: fc.constant(0),
  priceTick: fc.constantFrom(0, 0.5),
  leverage: fc.constantFrom(1, 3, 20),
})
const clocks = fc.constantFrom<{ base: Timeframe; own: Timeframe }>(
  { base: "5m", own: "5m" },
  { base: "5m", own: "15m" },
  { base: "1h", own: "1h" },
)
const anySweep = clocks.chain(({ base, own }) =>
  fc.record({
    market: marketPlan("A/USDT", base, 400).map((plan) => ({ ...plan, fundingPercent: 0 })),
    strategy: fc
      .tuple(sides, fc.constantFrom(100, 40))
      .map(([rules, percent]) => written({ ...plain, ...rules, size: { kind: "equity", percent }, timeframe: own })),
    account,
    fromMinutes: fc.constantFrom(null, null, 47, 600),
  }),
)

test(
  "every row of a sweep has the figures of a backtest with its params, whatever the rules, sides, fees and holes",
  { timeout: 240_000 },
  async () => {
    const engine = await builtEngine()
    const property = fc.asyncProperty(anySweep, async ({ market, strategy, account, fromMinutes }) => {
      const session = openSession(engine, [marketOf(market)])
      const request = {
        strategy,
        account,
        fromMs: fromMinutes === null ? undefined : market.startMs + fromMinutes * 60_000,
      }
      const rows = await rowsOf(session, { ...request, vary: { fast: [2, 3, 4], slow: [2, 5, 7] } })
      expect(rows).toHaveLength(9)
      expect(rows.map((row) => firstDifference(session, request, row)).filter((one) => one !== undefined)).toEqual([])
    })
    await fc.assert(property, { numRuns: 400 })
  },
)

test(
  "columns that many combinations compare are compared exactly, nearly equal, equal or unknown",
  { timeout: 240_000 },
  async () => {
    const engine = await builtEngine()
    const vary = { fast: [1, 2, 3, 4, 6], slow: [3, 4, 5, 6, 8] }
    const operator = fc.constantFrom(">", "<", ">=", "<=", "==", "!=")
    const compared = fc.oneof(
      operator.map((one) => `quick ${one} calm`),
      fc.constantFrom("crossover", "crossunder", "cross").map((one) => `${one}(quick, calm)`),
    )
    const series = fc.constantFrom("sma", "highest", "lowest", "ema")
    const property = fc.asyncProperty(
      marketPlan("A/USDT", "1h", 300),
      fc.record({
        enter: compared,
        exit: compared,
        quick: series,
        calm: series,
        scale: fc.constantFrom("", " * 1000", " / 1000"),
      }),
      async (plan, { enter, exit, quick, calm, scale }) => {
        const session = openSession(engine, [marketOf({ ...plan, fundingPercent: 0 })])
        const strategy = written({
          ...plain,
          timeframe: "1h",
          series: { quick: `${quick}(close, fast)`, calm: `${calm}(close${scale}, slow)` },
          long: { enter: { all: [enter] }, exit: { any: [exit, "close < open"] } },
        })
        const request = { strategy, account: defaultAccount }
        const rows = await rowsOf(session, { ...request, vary })
        expect(rows.map((row) => firstDifference(session, request, row)).filter((one) => one !== undefined)).toEqual([])
      },
    )
    await fc.assert(property, { numRuns: 60 })
  },
)

/** Any document with rules, over any one market, in accounts with any terms: params stand in its rules and in its numbers. */
const anyDocument = plainRun.map(withParams)
const longDocument = longRun.map((run) => withParams({ ...run, markets: run.markets.slice(0, 1) }))

/** Makes a length of its series and the percent of its stop, where it has one, params of the document. */
function withParams(run: RandomRun): RandomRun {
  const { protect, ...rest } = run.strategy
  const stopLoss =
    protect.stopLoss.kind === "percent" ? { ...protect.stopLoss, percent: "stopPercent" } : protect.stopLoss
  const own = {
    ...rest,
    params: { ...rest.params, ...swept },
    series: { ...rest.series, middle: "sma(close, count)" },
    protect: { ...protect, stopLoss },
  }
  return { ...run, strategy: strategySchema.parse(own) }
}

const swept = {
  count: { type: "int", value: 4, min: 1, max: 50 },
  stopPercent: { type: "number", value: 3, min: 0.1, max: 50 },
} as const

test.for([
  { name: "some hundred candles", runs: anyDocument, numRuns: 1_000 },
  { name: "some thousand candles, over the ends of the engine's blocks", runs: longDocument, numRuns: 60 },
])(
  "every document with rules has the same rows together as alone: stops, targets, trailing, ROI, limits, finer candles, over $name",
  { timeout: 240_000 },
  async ({ runs, numRuns }) => {
    const engine = await builtEngine()
    const property = fc.asyncProperty(runs, async (run) => {
      const { strategy, account, fromMs, markets } = requestOf(run)
      const session = openSession(engine, markets)
      const rows = await rowsOf(session, { strategy, account, fromMs, vary: { count: [1, 4, 9], stopPercent: [1, 3] } })
      expect(rows).toHaveLength(6)
      const request = { strategy, account, fromMs }
      expect(rows.map((row) => firstDifference(session, request, row)).filter((one) => one !== undefined)).toEqual([])
    })
    await fc.assert(property, { numRuns })
  },
)

/** Candles that the engine takes at a time (assembly/column.ts). */
const BLOCK = 1024

test("a crossing on the first candle of the engine's block is traded like any other", async () => {
  const { candles } = (await hours(4 * BLOCK)).markets[0]
  // Sixteen candles high, sixteen low, with a drift: an average turns at each step, and the blocks begin with one.
  const price = candles.close.map((_, at) => 100 + at / 100 + (Math.floor(at / 16) % 2 === 0 ? 0 : 10))
  const steps = { ...candles, open: price, high: price, low: price, close: price }
  const session = openSession(await builtEngine(), [{ market: "A/USDT", candles: steps }])
  const turned = written({
    ...plain,
    timeframe: "1h",
    series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
    long: { enter: { all: ["crossunder(quick, calm)"] }, exit: { any: ["crossover(quick, calm)"] } },
  })
  for (const strategy of [crossing, turned]) {
    const rows = await rowsOf(session, { strategy, vary: { fast: [2, 3], slow: [5, 7] }, account: defaultAccount })
    for (const row of rows) {
      expect(row.tradeCount).toBeGreaterThan(4 * (BLOCK / 32) - 3)
      expect(firstDifference(session, { strategy, account: defaultAccount }, row)).toBeUndefined()
    }
  }
})

test("rows come best first by the chosen figure, and undefined values come last", async () => {
  const session = await hours(3000)
  const vary = { fast: [2, 3, 5, 50], slow: [6, 9, 50] }
  const rows = await rowsOf(session, { strategy: crossing, vary, account: defaultAccount, rank: "maxDrawdownPercent" })
  const drawdowns = rows.map((row) => row.maxDrawdownPercent)
  // A strategy that never trades never loses, and is not the best for it.
  expect([rows.at(-1)?.tradeCount, drawdowns.at(-1)]).toEqual([0, 0])
  expect(drawdowns.slice(0, -1)).toEqual(drawdowns.slice(0, -1).toSorted((a, b) => a! - b!))
  const sharpes = (await rowsOf(session, { strategy: crossing, vary, account: defaultAccount })).map(
    (row) => row.sharpe,
  )
  expect(sharpes.at(-1)).toBeNull()
  expect(sharpes.slice(0, -1)).toEqual(sharpes.slice(0, -1).toSorted((a, b) => b! - a!))
})

test("a stop, a limit order or a condition on the position has the same result as a backtest", async () => {
  const session = await hours(1500)
  const documents = [
    { ...crossing, protect: { ...crossing.protect, stopLoss: { kind: "percent" as const, percent: 3 } } },
    { ...crossing, orders: { entry: { kind: "limit" as const, offsetPercent: 0.1, expireCandles: 3 } } },
    { ...crossing, long: { ...crossing.long!, exit: { any: ["position.candles > fast"] } } },
  ]
  for (const strategy of documents) {
    const rows = await rowsOf(session, { strategy, vary: { fast: [2, 4], slow: [9] }, account: defaultAccount })
    expect(rows).toHaveLength(2)
    expect(rows.map((row) => firstDifference(session, { strategy, account: defaultAccount }, row))).toEqual([
      undefined,
      undefined,
    ])
  }
})

test("values a formula refuses leave their combinations out, with the reason", async () => {
  const swept = await sweep(await hours(200), {
    strategy: crossing,
    vary: { fast: [0, 2], slow: [5, 6] },
    account: defaultAccount,
  })
  if (!swept.ok) throw new Error("refused as a whole")
  expect(swept.rows.map(({ params }) => params)).toHaveLength(2)
  expect(swept.refused.map(({ params }) => params)).toEqual([
    { fast: 0, slow: 5 },
    { fast: 0, slow: 6 },
  ])
  expect(swept.refused[0].because).toContain("length")
})

test("a list of combinations has its figures in its own order, and says which it cannot run", async () => {
  const session = await hours(1500)
  const request = { strategy: crossing, account: defaultAccount, params: { slow: 9 } }
  const listed: ParamValues[] = [{ fast: 4 }, { fast: 0 }, { fast: 2, slow: 50 }, { fast: 4 }, {}]
  const { figures, refused } = await figuresOf(session, request, listed)
  expect(refused).toEqual([{ at: 1, because: expect.stringContaining("length") }])
  const rows = listed.map((params, n) =>
    rowOfFigures({ fast: 3, slow: 9, ...params }, figures.subarray(n * sweepFigures.length)),
  )
  expect(sweepFigures.map((figure) => rows[1][figure])).toEqual(sweepFigures.map(() => null))
  expect(rows[3]).toEqual(rows[0])
  for (const row of [rows[0], rows[2], rows[4]]) expect(firstDifference(session, request, row)).toBeUndefined()
})

test("what cannot run together says why, and has the figures of backtests all the same", async () => {
  const session = await hours(1500)
  const { market, candles } = session.markets[0]
  const two = openSession(await builtEngine(), [
    { market, candles },
    { market: "B/USDT", candles },
  ])
  const strategy = crossing
  expect(whyAlone(session, { strategy, account: defaultAccount })).toBeUndefined()
  expect(whyAlone(two, { strategy, account: defaultAccount })).toContain("2 markets share one account")
  const account = { ...defaultAccount, fills: "freqtrade" as const }
  expect(whyAlone(session, { strategy, account })).toContain("fills of freqtrade")
  const short = { ...strategy, timeframe: "5m" as const }
  expect(whyAlone(session, { strategy: short, account: defaultAccount })).toContain("cannot be joined into 5m")
  const { figures } = await figuresOf(session, { strategy, account }, [{ fast: 2, slow: 9 }])
  const row = rowOfFigures({ fast: 2, slow: 9 }, figures)
  expect(row.tradeCount).toBeGreaterThan(10)
  expect(firstDifference(session, { strategy, account }, row)).toBeUndefined()
})

test("an unknown param, a value outside its bounds and too many combinations are refused before anything runs", async () => {
  const session = await hours(50)
  const problems = async (vary: SweepRequest["vary"]) => {
    const swept = await sweep(session, { strategy: crossing, vary, account: defaultAccount })
    return swept.ok ? [] : swept.problems.map(({ because }) => because)
  }
  expect(await problems({ quick: [1] })).toEqual([expect.stringContaining("no param `quick`")])
  expect(await problems({ fast: [2, 51] })).toEqual(["51 is outside 0 to 50"])
  expect(await problems({ fast: [] })).toEqual(["name at least one value"])
  expect(
    await problems({
      fast: Array.from({ length: 400 }, (_, at) => at),
      slow: Array.from({ length: 400 }, (_, at) => at),
    }),
  ).toEqual([expect.stringContaining("160,000 combinations")])
})

test("a value that appears twice is tried once", async () => {
  const vary = { fast: [2, 2, 3, 2], slow: [6, 9, 6] }
  const rows = await rowsOf(await hours(500), { strategy: crossing, vary, account: defaultAccount })
  expect(
    rows.map(({ params }) => [params.fast, params.slow]).toSorted((a, b) => String(a).localeCompare(String(b))),
  ).toEqual([
    [2, 6],
    [2, 9],
    [3, 6],
    [3, 9],
  ])
})

test("a row that traded is before one that hardly did, whatever its figures", () => {
  const row = (tradeCount: number, sharpe: number | null) => ({ tradeCount, sharpe }) as SweepRow
  const rows = [row(0, 9), row(3, 5), row(12, -1), row(40, 1), row(9, null), row(30, null)]
  expect(ranked(rows, "sharpe").map(({ tradeCount }) => tradeCount)).toEqual([40, 12, 30, 3, 9, 0])
  expect(ranked(rows, "sharpe", 1).map(({ tradeCount }) => tradeCount)).toEqual([3, 40, 12, 9, 30, 0])
})

test("two halves of a sweep make the whole, and a sweep can be cancelled", async () => {
  const session = await hours(2000)
  const request = { strategy: crossing, vary: { fast: [2, 3, 4], slow: [6, 8, 10] }, account: defaultAccount }
  const whole = await rowsOf(session, request)
  const halves = [
    await rowsOf(session, { ...request, part: { first: 0, of: 2 } }),
    await rowsOf(session, { ...request, part: { first: 1, of: 2 } }),
  ]
  expect(halves.map((rows) => rows.length)).toEqual([5, 4])
  expect(ranked(inSweepOrder(halves.flat(), request.vary), "sharpe")).toEqual(whole)
  const given = new AbortController()
  const cancelled = sweep(session, request, {
    signal: given.signal,
    onProgress: () => given.abort(new Error("enough")),
  })
  await expect(cancelled).rejects.toThrow("enough")
})
