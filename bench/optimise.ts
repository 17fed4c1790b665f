import { HOUR_MS, syntheticCandles } from "#engine/candles"
import {
  defaultAccount,
  historyOf,
  optimise,
  type Engine,
  type OptimiseNews,
  type OptimiseRequest,
  type TaskPool,
} from "#engine/run"
import { taskThreads } from "../relay/jobs/task-threads.ts"
import { benchStrategy } from "./bench-strategy.ts"

const YEAR_HOURS = 8_760
const MEGABYTE = 1024 * 1024

const strategy = benchStrategy({
  timeframe: "1h",
  params: {
    fast: { type: "int", value: 10, min: 2, max: 400 },
    slow: { type: "int", value: 50, min: 2, max: 1_000 },
    stop: { type: "number", value: 3, min: 0.5, max: 20 },
  },
  series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
  long: { enter: { all: ["crossover(quick, calm)"] }, exit: { any: ["crossunder(quick, calm)"] } },
  protect: { stopLoss: { kind: "percent", percent: "stop" } },
})
const range = (from: number, count: number, step: number) => Array.from({ length: count }, (_, n) => from + n * step)

/**
 * A hundred thousand combinations over a year of hours. Shared by all processors: how many are tried in a second of
 * wall-clock time. By one worker, as a tab on a small machine has it: what the whole program's memory grows by meanwhile.
 */
export async function measureOptimise(
  engine: Engine,
): Promise<Record<"optimiseCombinationsPerSecond" | "optimiseMemoryMb", number>> {
  const candles = syntheticCandles({
    seed: 7,
    candles: YEAR_HOURS,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 30_000,
    kind: "mixed",
  })
  const own = [{ market: "BENCH/USD", candles }]
  const asked = (fasts: number): OptimiseRequest => ({
    terms: {
      space: {
        variants: [strategy],
        dimensions: [
          { name: "fast", values: range(3, fasts, 1) },
          { name: "slow", values: range(60, 50, 10) },
          { name: "stop", values: range(1, 20, 0.5) },
        ],
      },
      account: defaultAccount,
    },
    plan: { method: "grid", trials: 1, seed: 1, objectives: ["sharpe"], minTrades: 10 },
    history: historyOf(own, { fromMs: candles.openTimeMs[0] + 600 * HOUR_MS }),
    holdOutPercent: 20,
  })
  const measured = async (threads: TaskPool) => {
    await searched(threads, asked(20)) // the threads have started, and the code is warm
    return searched(threads, asked(100)).finally(() => threads.close())
  }
  const { evaluated, searchMs } = await measured(taskThreads(engine, { own }))
  const { grownBytes } = await measured(taskThreads(engine, { own }, 1))
  return {
    optimiseCombinationsPerSecond: (evaluated / searchMs) * 1_000,
    optimiseMemoryMb: grownBytes / MEGABYTE,
  }
}

/** Searches until all combinations are tried; what is asked of the best after that takes its own time. */
async function searched(threads: TaskPool, request: OptimiseRequest) {
  const stop = new AbortController()
  const before = process.memoryUsage.rss()
  const beginMs = performance.now()
  let [evaluated, searchMs, mostBytes] = [0, 0, before]
  const onNews = (news: OptimiseNews) => {
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
    if (news.stage !== "search") return stop.abort()
    ;[evaluated, searchMs] = [news.evaluated, performance.now() - beginMs]
  }
  await optimise(threads, request, { onNews, signal: stop.signal }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  return { evaluated, searchMs, grownBytes: mostBytes - before }
}
