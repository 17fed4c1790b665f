import { beforeAll, expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { defaultAccount } from "../backtest-request.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import { openSession } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { dimensionsOf, type SweepVary } from "../search/search-space.ts"
import { variantsOf } from "../search/rule-variants.ts"
import { sweep } from "../sweep/sweep.ts"
import type { Optimisation, OptimiseRequest, TrialRow } from "./optimisation.ts"
import { optimiseAndShake } from "./optimise-and-shake.ts"
import { optimise } from "./optimise.ts"
import type { TaskRunner } from "./optimise-task.ts"
import { historyOf } from "./period-split.ts"
import type { SearchState } from "./search-record.ts"
import { TaskDesk } from "./task-desk.ts"

let engine: Engine
beforeAll(async () => {
  engine = await builtEngine()
})

const crossing = strategyOf({
  params: { fast: { type: "int", value: 5, min: 0, max: 50 }, slow: { type: "int", value: 20, min: 2, max: 200 } },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, slow))"] },
    exit: { any: ["crossunder(sma(close, fast), sma(close, slow))"] },
  },
})

function strategyOf(rules: object): StrategyDocument {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "Crossing averages",
    timeframe: "1h",
    markets: ["A/USD"],
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 100 },
    ...rules,
  })
  if (!read.ok) throw new Error(read.problems[0].because)
  return read.strategy
}

const hours = (candles: number, seed = 1): MarketCandles[] => [
  {
    market: "A/USD",
    candles: syntheticCandles({ seed, candles, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" }),
  },
]

const vary: SweepVary = { fast: [3, 5, 8, 13], slow: [20, 30, 45] }

function requestOf(
  markets: MarketCandles[],
  change: Partial<OptimiseRequest["plan"]> = {},
  tried = vary,
): OptimiseRequest {
  return {
    terms: { space: { variants: [crossing], dimensions: dimensionsOf(tried) }, account: defaultAccount },
    plan: { method: "grid", trials: 20, seed: 1, objectives: ["sharpe"], minTrades: 5, ...change },
    history: historyOf(markets, {}),
    holdOutPercent: 20,
    coinFlips: 9,
  }
}

async function found(runner: TaskRunner, request: OptimiseRequest, options = {}): Promise<Optimisation> {
  const answer = await optimise(runner, request, options)
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.optimisation
}

async function problemsOf(request: OptimiseRequest, markets: MarketCandles[]): Promise<string> {
  const answer = await optimise(new TaskDesk(engine, { own: markets }), request)
  return answer.ok ? "" : `${answer.problems[0].path}: ${answer.problems[0].because}`
}

test("the best of a grid is the best of its sweep over the same candles, and the rest stand in its order", async () => {
  const markets = hours(1_500)
  const { trials, training, evaluated, best } = await found(new TaskDesk(engine, { own: markets }), requestOf(markets))
  const [{ candles }] = markets
  const isTrained = candles.openTimeMs.filter((timeMs) => timeMs < training.toMs).length
  const seen = hours(1_500).map((one) => ({ ...one, candles: { ...one.candles, ...firstOf(one.candles, isTrained) } }))
  const swept = await sweep(openSession(engine, seen), {
    strategy: crossing,
    vary,
    account: defaultAccount,
    fewestTrades: 5,
  })
  if (!swept.ok) throw new Error("refused")
  expect(evaluated).toBe(12)
  expect(trials.map(({ params, figures }) => ({ params, ...figures }))).toEqual(
    swept.rows.filter(({ sharpe }) => sharpe !== null),
  )
  expect(best.params).toEqual(swept.rows[0].params)
  expect(best.metrics.sharpe).toBeCloseTo(swept.rows[0].sharpe!, 10)
})

function firstOf(candles: MarketCandles["candles"], count: number) {
  const { openTimeMs, open, high, low, close, volume } = candles
  return Object.fromEntries(
    Object.entries({ openTimeMs, open, high, low, close, volume }).map(([name, column]) => [
      name,
      column.slice(0, count),
    ]),
  )
}

/** Several desks that take turns, as workers do. */
function desks(markets: MarketCandles[], width: number): TaskRunner {
  const all = Array.from({ length: width }, () => new TaskDesk(engine, { own: markets }))
  let next = 0
  return { width, run: (task, signal) => all[next++ % width].run(task, signal) }
}

test.for(["grid", "random", "tpe", "cmaes"] as const)(
  "%s finds the same with one worker, with three, and when it was stopped in the middle",
  async (method) => {
    const markets = hours(800)
    const request = requestOf(
      markets,
      { method, trials: 40 },
      { fast: [2, 3, 4, 5, 6, 7, 8, 9], slow: [15, 20, 25, 30, 35, 40, 50, 60] },
    )
    const states: SearchState[] = []
    const alone = await found(desks(markets, 1), request, { onState: (state: SearchState) => states.push(state) })
    const middle = structuredClone(states[Math.floor(states.length / 2) - 1] ?? states[0])
    expect(await found(desks(markets, 3), request)).toEqual(alone)
    expect(await found(desks(markets, 2), request, { state: middle })).toEqual(alone)
  },
)

test("what is locked away is seen by nobody: other candles there change nothing but that part's own figures", async () => {
  const markets = hours(800)
  const [{ candles }] = markets
  const request = requestOf(markets)
  const one = await found(new TaskDesk(engine, { own: markets }), request)
  const cut = candles.openTimeMs.findIndex((timeMs) => timeMs >= one.training.toMs)
  const other = [{ market: "A/USD", candles: { ...candles, ...otherEnd(candles, cut) } }]
  const two = await found(new TaskDesk(engine, { own: other }), request)
  const { heldOut: _, verdict: __, ...seen } = one
  expect(two).toMatchObject(seen)
  expect(two.heldOut?.metrics).not.toEqual(one.heldOut?.metrics)
})

function otherEnd({ open, high, low, close }: MarketCandles["candles"], from: number) {
  const mirrored = (column: Float64Array) =>
    column.map((value, at) => (at < from ? value : (close[from - 1] * close[from - 1]) / value))
  const rounded = (column: Float64Array) => column.map((value) => Math.round(value * 100) / 100)
  return {
    open: rounded(mirrored(open)),
    high: rounded(mirrored(low)),
    low: rounded(mirrored(high)),
    close: rounded(mirrored(close)),
  }
}

test("news come in order and end at the whole, and cancelling ends it with the reason given", async () => {
  const markets = hours(800)
  const shares: number[] = []
  await found(new TaskDesk(engine, { own: markets }), requestOf(markets), {
    onNews: ({ share }: { share: number }) => shares.push(share),
  })
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBeCloseTo(1, 6)
  const given = new AbortController()
  const cancelled = optimise(new TaskDesk(engine, { own: markets }), requestOf(markets), {
    signal: given.signal,
    onNews: () => given.abort(new Error("enough")),
  })
  await expect(cancelled).rejects.toThrow("enough")
})

test("a strategy that never trades, a short history, a formula without a value and a wrong hold-out are said at their place", async () => {
  const markets = hours(600)
  const never = {
    ...requestOf(markets),
    terms: {
      ...requestOf(markets).terms,
      space: {
        variants: [
          strategyOf({
            params: crossing.params,
            long: { enter: { all: ["close < 0"] }, exit: { any: ["close > 0"] } },
          }),
        ],
        dimensions: dimensionsOf(vary),
      },
    },
  }
  expect(await problemsOf(never, markets)).toContain("none of 12 combinations ever traded")
  const short = hours(120)
  expect(await problemsOf(requestOf(short), short)).toContain("period: the history")
  expect(
    await problemsOf(requestOf(markets, { objectives: ["sharpe / (tradeCount - tradeCount)"] }), markets),
  ).toContain("objective: ")
  expect(await problemsOf(requestOf(markets, { objectives: ["luck"] }), markets)).toContain("objective: ")
  expect(await problemsOf({ ...requestOf(markets), holdOutPercent: 80 }, markets)).toContain(
    "holdOutPercent: it is from 0 to 50",
  )
  expect(await problemsOf(requestOf(markets, {}, { fast: [3, 99], slow: [20] }), markets)).toContain("vary.fast: ")
})

test("a search that gives hopeless combinations up early counts them all, and its best ran over all candles", async () => {
  const markets = hours(800)
  const tried = { fast: [3, 5, 8, 13, 21], slow: [20, 30, 45, 60] }
  const climbed = await found(desks(markets, 2), requestOf(markets, { halving: true }, tried))
  expect(climbed.evaluated).toBe(20)
  const plain = await found(desks(markets, 1), requestOf(markets, {}, tried))
  const figuresOf = new Map(plain.trials.map(({ number, figures }) => [number, figures]))
  expect(climbed.trials.length).toBeGreaterThan(0)
  expect(climbed.trials.length).toBeLessThan(plain.trials.length)
  for (const { number, figures } of climbed.trials) expect(figures).toEqual(figuresOf.get(number))
})

test("with two objectives the front is what none beats in both, and each variant of the rules counts as trials", async () => {
  const markets = hours(800)
  const variants = variantsOf(crossing, [{ path: "long.exit.any[0]", instead: ["close < sma(close, slow)"] }])
  if (!variants.ok) throw new Error(variants.problems[0].because)
  const request = requestOf(markets, { objectives: ["return", "maxDrawdownPercent"], minTrades: 1 })
  const space = { ...request.terms.space, variants: variants.variants.map(({ strategy }) => strategy) }
  const {
    evaluated,
    front = [],
    trials,
    heatMaps,
  } = await found(desks(markets, 1), {
    ...request,
    terms: { ...request.terms, space },
  })
  expect(evaluated).toBe(24)
  const beats = (one: TrialRow, other: TrialRow) =>
    one.figures.totalReturnPercent! >= other.figures.totalReturnPercent! &&
    one.figures.maxDrawdownPercent! < other.figures.maxDrawdownPercent!
  expect(front.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    trials
      .filter((one) => !trials.some((other) => beats(other, one) || isSameButHigher(other, one)))
      .map(({ number }) => number)
      .toSorted((a, b) => a - b),
  )
  expect(heatMaps.map(({ x, y }) => `${x} ${y}`)).toEqual(["fast slow", "fast rules", "slow rules"])
})

function isSameButHigher(other: TrialRow, one: TrialRow): boolean {
  return (
    other.figures.totalReturnPercent! > one.figures.totalReturnPercent! &&
    other.figures.maxDrawdownPercent === one.figures.maxDrawdownPercent
  )
}

test("what was found is shaken too, over the whole period, and progress goes to the end", async () => {
  const markets = hours(800)
  const shares: number[] = []
  const shaken = await optimiseAndShake(
    new TaskDesk(engine, { own: markets }),
    requestOf(markets),
    { markets },
    {
      onNews: ({ share }) => shares.push(share),
    },
  )
  if (!shaken.ok) throw new Error(shaken.problems[0].because)
  const { robustness, best } = shaken.optimisation
  const run = await sweep(openSession(engine, markets), {
    strategy: crossing,
    params: best.params,
    vary: {},
    account: defaultAccount,
  })
  expect(robustness?.costs.asIs.returnPercent).toBeCloseTo(run.ok ? run.rows[0].totalReturnPercent! : Number.NaN, 9)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
})

test("without coin flips the verdict is doubtful: nothing says how much is luck", async () => {
  const markets = hours(600)
  const { coinFlips, heldOut, verdict } = await found(desks(markets, 1), { ...requestOf(markets), coinFlips: 0 })
  expect([coinFlips, heldOut?.pValue, verdict.level]).toEqual([undefined, null, "doubtful"])
  expect(verdict.because[0]).toContain("not compared")
})

test("values that the strategy cannot be run with are counted and left out", async () => {
  const markets = hours(600)
  const { refused, trials } = await found(
    new TaskDesk(engine, { own: markets }),
    requestOf(markets, { minTrades: 1 }, { fast: [0, 3, 5], slow: [20, 30] }),
  )
  expect(refused.count).toBe(2)
  expect(refused.because).toContain("length")
  expect(trials.every(({ params }) => params.fast !== 0)).toBe(true)
})
