import { MINUTE_MS, sliceCandles } from "#engine/candles"
import { type Engine } from "#engine/run"
import { measureCode } from "./code.ts"
import { measureCross } from "./cross.ts"
import { measureCsvImport } from "./csv-import.ts"
import { measureForecasts } from "./forecasts.ts"
import { measureGrowth } from "./growth.ts"
import { measureIdea } from "./idea.ts"
import { measureIndicators } from "./indicators.ts"
import { measureLiveCandle } from "./live-candle.ts"
import { machineFacts } from "./machine.ts"
import { minuteCandles } from "./minute-candles.ts"
import { measureOptimise } from "./optimise.ts"
import { measurePortfolio } from "./portfolio.ts"
import { measureRobustness } from "./robustness.ts"
import { measureSnapshot } from "./snapshot.ts"
import { measureStops } from "./stops.ts"
import { measureSweep, measureSweepThreads } from "./sweep.ts"

export { cpuOfFirstIdea } from "./idea.ts"

const YEAR = 525_600

/** Figures by name; the name ends in the unit. Milliseconds are of processor time unless the name says wall. */
export type BenchAnswer = { engine: string; machine: ReturnType<typeof machineFacts>; figures: Record<string, number> }

/** Measures everything, reporting each part before it begins. Takes about a minute. */
export async function bench(engine: Engine, report: (part: string) => void): Promise<BenchAnswer> {
  report("candles, made first")
  const candles = minuteCandles(2_000_000)
  const first = (count: number) => sliceCandles(candles, { toMs: candles.openTimeMs[0] + count * MINUTE_MS })
  const parts = {
    "one backtest, a cross": () => measureCross(engine, first(YEAR)),
    "one backtest, with stops": () => measureStops(engine, first(YEAR)),
    "a sweep": () => measureSweep(engine, candles),
    "a sweep on two workers": () => measureSweepThreads(engine, candles),
    "a search for good values": () => measureOptimise(engine),
    "lights and other pasts": () => measureRobustness(engine),
    "eight indicators": () => measureIndicators(engine, first(1_000_000)),
    growth: () => measureGrowth(engine, candles),
    "a live candle": () => measureLiveCandle(engine, candles),
    "snapshot and restore": () => measureSnapshot(engine, candles),
    "twenty markets": () => measurePortfolio(engine, candles),
    "a strategy in code": () => measureCode(engine, first(YEAR)),
    "a forecast": () => measureForecasts(engine),
    "an idea in words": () => measureIdea(),
    "a candle file": () => measureCsvImport(first(YEAR)),
  }
  const figures: Record<string, number> = {}
  for (const [part, measure] of Object.entries(parts)) {
    report(part)
    Object.assign(figures, await measure())
  }
  return { engine: engine.sha256, machine: machineFacts(), figures }
}
