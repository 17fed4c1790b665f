import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { Mark } from "../assembly/path-mark.ts"
import { exitReasons, rejectedReasons } from "../host/result/backtest-result.ts"
import { newInstance } from "../host/run/engine/engine.ts"
import { defaultAccount } from "../host/run/backtest-request.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { sweep } from "../host/run/sweep/sweep.ts"
import { strategySchema } from "../host/strategy/document/strategy-document.ts"
import { markedEngine } from "./marked-engine.ts"
import { marketOf, marketPlan } from "./random-market.ts"
import { peerPortfolio, randomBacktestingPyRun, randomFreqtradeRun } from "./random-peer-run.ts"
import { evenRun, mixedRun, plainRun, randomRun, requestOf, type RandomRun } from "./random-run.ts"
import { runIn } from "./reference-agreement.ts"

let engine: Awaited<ReturnType<typeof markedEngine>>
beforeAll(async () => void (engine = await markedEngine()))

const paths = Object.entries(Mark).filter(([name, path]) => typeof path === "number" && name !== "count")

type Reached = { runs: number; marks: Map<string, number>; exits: Map<string, number>; refusals: Map<string, number> }

/** In how many of these random runs each path, each way to end a trade and each refusal occurs. */
function reached(runs: fc.Arbitrary<RandomRun>, count: number): Reached {
  const found: Reached = { runs: count, marks: new Map(), exits: new Map(), refusals: new Map() }
  const add = (to: Map<string, number>, names: Iterable<string>) => {
    for (const name of new Set(names)) to.set(name, (to.get(name) ?? 0) + 1)
  }
  const instance = newInstance(engine)
  const visits = () => paths.map(([, path]) => instance.visited(path as number))
  for (const plan of fc.sample(runs, { numRuns: count, seed: 11 })) {
    const before = visits()
    const record = runIn(engine, instance, requestOf(plan))
    const after = visits()
    add(
      found.marks,
      paths.map(([name]) => name).filter((_, n) => after[n] > before[n]),
    )
    add(
      found.exits,
      record.trades.map(({ exitReason }) => exitReason),
    )
    add(
      found.refusals,
      record.rejected.map(({ reason }) => reason),
    )
  }
  return found
}

/** The names that fewer than `percent` of the runs reach, with their frequency. */
function rare(of: Map<string, number>, names: readonly string[], { runs }: Reached, percent: number) {
  return names
    .filter((name) => (of.get(name) ?? 0) * 100 < percent * runs)
    .map((name) => `${name}: ${of.get(name) ?? 0}`)
}

test("random runs reach every path of the engine, the fast ones in one run of twenty at least", () => {
  const any = reached(randomRun, 1_000)
  const plain = reached(plainRun, 600)
  const even = reached(evenRun, 600)
  expect(rare(any.marks, ["passOver", "manyMoment"], any, 5)).toEqual([])
  expect(rare(plain.marks, ["passOver", "holdOn"], plain, 5)).toEqual([])
  expect(rare(even.marks, ["evenPass", "evenFollow", "evenMoment"], even, 5)).toEqual([])
  expect(rare(any.exits, exitReasons, any, 0.5)).toEqual([])
  const portfolioLimits = ["correlation", "maxOpenPositions"]
  expect(rare(even.refusals, portfolioLimits, even, 0.5)).toEqual([])
  // Only code can ask with a number that is none; code-hostile.test.ts does.
  const elsewhere = [...portfolioLimits, "notANumber"]
  const ofOneMarket = rejectedReasons.filter((reason) => !elsewhere.includes(reason))
  expect(rare(any.refusals, ofOneMarket, any, 0.3)).toEqual([])
})

test("every kind of decision, size and clock occurs in one random run of a hundred, most in one of twenty", () => {
  const any = reached(randomRun, 400)
  const mixed = reached(mixedRun, 300)
  const decisions = ["decideExit", "decideConflict", "decideAgeing"]
  const sizes = ["sizeRisk", "sizeEquity", "sizeQuote", "sizeByCap"]
  expect(rare(any.marks, [...decisions, ...sizes, "clockFull", "clockLater"], any, 5)).toEqual([])
  expect(rare(any.marks, ["decideTimeStop", "sizeByCash"], any, 1)).toEqual([])
  expect(rare(mixed.marks, ["manyMoment", "clockFull", "clockLater", "clockByMoment"], mixed, 5)).toEqual([])
})

test("random runs reach every path of the fills of freqtrade and of backtesting.py", () => {
  const freqtrade = reached(randomFreqtradeRun, 400)
  const backtestingPy = reached(randomBacktestingPyRun, 400)
  const portfolio = reached(peerPortfolio, 300)
  const ofFreqtrade = ["freqtradeRoi", "freqtradeTrail", "freqtradeEntryCandleStop", "freqtradeLimit"]
  const ofBacktestingPy = ["backtestingPyWaits", "backtestingPyContingent", "backtestingPyLimit"]
  expect(rare(freqtrade.marks, ofFreqtrade, freqtrade, 5)).toEqual([])
  expect(rare(freqtrade.marks, ["freqtradeExitWaits"], freqtrade, 0.5)).toEqual([])
  expect(rare(backtestingPy.marks, ofBacktestingPy, backtestingPy, 5)).toEqual([])
  expect(rare(portfolio.marks, ["manyMoment", "freqtradeTrail", "backtestingPyWaits"], portfolio, 5)).toEqual([])
})

test("random sweeps reach every path of a combination", async () => {
  const marks = ["sweepHold", "sweepHalve", "sweepEach", "sweepEmptyDay", "sweepEqual"]
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "swept",
    timeframe: "1h",
    params: { fast: { type: "int", value: 3, min: 1, max: 9 }, slow: { type: "int", value: 9, min: 1, max: 20 } },
    series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
    long: { enter: { all: ["quick > calm"] }, exit: { any: ["quick < calm"] } },
    protect: { stopLoss: { kind: "percent", percent: 3 }, trailing: { percent: 2 } },
    size: { kind: "equity", percent: 100 },
  })
  const found: Reached = { runs: 60, marks: new Map(), exits: new Map(), refusals: new Map() }
  for (const plan of fc.sample(marketPlan("A/USDT", "1h", 300), { numRuns: found.runs, seed: 12 })) {
    const session = openSession(engine, [marketOf(plan)])
    const swept = await sweep(session, {
      strategy,
      account: defaultAccount,
      vary: { fast: [1, 2, 3, 4, 5], slow: [5, 6, 7, 8, 9] },
    })
    expect(swept.ok).toBe(true)
    for (const [name, path] of paths)
      if (session.instance.visited(path as number) > 0) found.marks.set(name, (found.marks.get(name) ?? 0) + 1)
  }
  expect(rare(found.marks, marks, found, 5)).toEqual([])
})
