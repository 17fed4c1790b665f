import type { Worker } from "node:worker_threads"
import { beforeAll, expect, test } from "vitest"
import { syntheticCandles } from "#engine/candles"
import {
  defaultAccount,
  historyOf,
  optimise,
  TaskDesk,
  TaskPool,
  TaskRefused,
  type Engine,
  type OptimiseRequest,
  type TaskRunner,
} from "#engine/run"
import { strategyFromJson, type StrategyDocument } from "#engine/strategy"
import { builtEngine } from "../built-engine.ts"
import { sharedSets } from "./shared-candles.ts"
import { startTaskThread, taskThreads, workerIn } from "./task-threads.ts"

const { strategy } = strategyFromJson({
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
}) as { strategy: StrategyDocument }
const range = (from: number, count: number, step: number) => Array.from({ length: count }, (_, n) => from + n * step)
const candles = syntheticCandles({ seed: 3, candles: 400, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" })
const sets = { own: [{ market: "BTC/USDT", candles }] }
const request: OptimiseRequest = {
  terms: {
    space: {
      variants: [strategy],
      dimensions: [
        { name: "fast", values: range(3, 4, 4) },
        { name: "slow", values: range(20, 4, 10) },
      ],
    },
    account: defaultAccount,
  },
  plan: { method: "grid", trials: 16, seed: 7, objectives: ["sharpe"], minTrades: 3 },
  history: historyOf(sets.own, {}),
  holdOutPercent: 20,
}
const answerOf = async (runner: TaskRunner, asked = request) => {
  const optimised = await optimise(runner, asked)
  if (!optimised.ok) throw new Error(optimised.problems[0].because)
  return optimised.optimisation
}

let engine: Engine
let alone: Awaited<ReturnType<typeof answerOf>>

beforeAll(async () => {
  engine = (await builtEngine())!
  alone = await answerOf(new TaskDesk(engine, sets))
})

test("threads find what one thread finds, over candles that they share", async () => {
  const pool = taskThreads(engine, sets, 2)
  expect(await answerOf(pool)).toEqual(alone)
  pool.close()
})

test("threads ended in the middle of a search change nothing of its answer", async () => {
  const data = { engine, sets: sharedSets(sets) }
  let [asked, ended] = [0, 0]
  const threads: Worker[] = []
  const start = () => {
    const thread = startTaskThread(data)
    threads.push(thread)
    return workerIn(thread)
  }
  const pool = new TaskPool({ width: 2, start })
  const mortal: TaskRunner = {
    width: pool.width,
    run: (task, signal) => {
      if (++asked % 7 === 0 && threads.length > 0)
        void threads
          .pop()!
          .terminate()
          .then(() => ended++)
      return pool.run(task, signal)
    },
  }
  expect(await answerOf(mortal)).toEqual(alone)
  expect(ended).toBeGreaterThan(2)
  pool.close()
})

test("a cancelled search ends with its reason, and its threads do the next", async () => {
  const pool = taskThreads(engine, sets, 2)
  const stop = new AbortController()
  const onNews = () => stop.abort(new Error("enough"))
  await expect(optimise(pool, request, { signal: stop.signal, onNews })).rejects.toThrow("enough")
  expect(await answerOf(pool)).toEqual(alone)
  pool.close()
})

test("what a thread refuses arrives as a refusal", async () => {
  const pool = taskThreads(engine, sets, 1)
  const terms = { ...request.terms, space: { variants: [strategy], dimensions: [{ name: "fast", values: [999] }] } }
  await expect(pool.run({ kind: "run", terms, stretch: {}, number: 0 })).rejects.toBeInstanceOf(TaskRefused)
  pool.close()
})

test("columns that a market has twice are shared once, and all threads read the same memory", () => {
  const { own } = sharedSets({ own: [{ market: "A", candles: { ...candles, extra: { again: candles.close } } }] })
  expect(own[0].candles.close.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(own[0].candles.extra.again).toBe(own[0].candles.close)
  expect(own[0].candles.openTimeMs).toEqual(candles.openTimeMs)
})
