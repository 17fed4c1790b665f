import { afterEach, expect, test, vi } from "vitest"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { builtEngine } from "../../../testing/built-engine.ts"
import { defaultAccount } from "../backtest-request.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import type { FiguresTask, SearchTask } from "./optimise-task.ts"
import { TaskDesk } from "./task-desk.ts"

const { strategy } = strategyFromJson({
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["A/B"],
  params: {
    fast: { type: "int", value: 5, min: 2, max: 50 },
    slow: { type: "int", value: 15, min: 3, max: 300 },
  },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, slow))"] },
    exit: { any: ["crossunder(sma(close, fast), sma(close, slow))"] },
  },
  protect: { stopLoss: { kind: "percent", percent: 5 } },
}) as { strategy: StrategyDocument }
const range = (from: number, count: number, step: number) => Array.from({ length: count }, (_, n) => from + n * step)
const candles = syntheticCandles({ seed: 3, candles: 800, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" })
const dimensions = [
  { name: "fast", values: range(3, 20, 1) },
  { name: "slow", values: range(25, 30, 2) },
]
const terms = { space: { variants: [strategy], dimensions }, account: defaultAccount }

afterEach(() => vi.restoreAllMocks())

test("the parts of a search wait for each other, however often they give way: its best is the best of its figures", async () => {
  const desk = new TaskDesk(await builtEngine(), { own: [{ market: "A/B", candles }] })
  let nowMs = 0
  vi.spyOn(performance, "now").mockImplementation(() => (nowMs += 1_000))
  const numbers = Float64Array.from(range(0, 600, 1))
  const plan = { method: "grid", trials: 1, seed: 1, objectives: ["sharpe"], minTrades: 0 } as const
  for (const seed of [1, 2, 3]) {
    const stretch = { remade: { kind: "flipped", seed } } as const
    const { score } = await desk.run<SearchTask>({ kind: "search", terms, stretch, plan })
    const { figures } = await desk.run<FiguresTask>({ kind: "figures", terms, stretch, numbers })
    const sharpes = figures.filter((_, n) => n % sweepFigures.length === sweepFigures.indexOf("sharpe"))
    expect(score).toBe(Math.max(...sharpes.filter((sharpe) => !Number.isNaN(sharpe))))
  }
})
