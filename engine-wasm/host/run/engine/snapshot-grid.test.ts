import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import type { Candles } from "../../candles/candles.ts"
import { priceDecimalsOf } from "../../candles/price-decimals.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { strategySchema } from "../../strategy/document/strategy-document.ts"
import { defaultAccount } from "../backtest-request.ts"
import { prepareRun, type EngineRun } from "./engine-run.ts"
import { openSession } from "./engine-session.ts"
import { view } from "./engine.ts"
import { programHash, restoreSnapshot, takeSnapshot, type Snapshot } from "./snapshot.ts"
import { SimulationRecorder } from "./simulation-recorder.ts"

const CANDLES = 1_500
const HALF = 750
/** What a grid that is too coarse costs: rounding. */
const TOLERANCE = 1e-12
/** And here a movement that is the same up and down in the new digits may count, or not. */
const tied = new Map([["adx(14)", 1e-2]])
const engine = await builtEngine()
const made = syntheticCandles({
  seed: 8,
  candles: CANDLES,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})

/** Candles [from, to); before the half prices have two decimals, after it four. */
function someCandles(from: number, to: number): Candles {
  const rounded = (column: Float64Array) =>
    column.map((price, n) => Number((price * 1.00137).toFixed(n < HALF ? 2 : 4))).slice(from, to)
  const [open, high, low, close] = [made.open, made.high, made.low, made.close].map(rounded)
  return {
    openTimeMs: made.openTimeMs.slice(from, to),
    open,
    high,
    low,
    close,
    volume: made.volume.slice(from, to),
    extra: {},
    timeframeMs: made.timeframeMs,
    priceDecimals: priceDecimalsOf({ open, high, low, close }),
  }
}

const formulas = [
  "sma(close, 20)",
  "wma(hl2, 9)",
  "ema(close, 10)",
  "hma(close, 16)",
  "bbands(close, 20, 2).upper",
  "stddev(close, 14)",
  "linreg(close, 14)",
  "rsi(close, 7)",
  "cmo(close, 9)",
  "atr(14)",
  "adx(14)",
  "cci(20)",
  "macd(close, 12, 26, 9).histogram",
  "stoch(14, 3, 3).k",
  "mfi(14)",
  "ultosc(7, 14, 28)",
  "kama(close, 10)",
  "zscore(close, 20)",
  "highest(high, 20) - lowest(low, 20)",
  "sum(close - open, 12)",
  "sar()",
  "keltner(20, 2).lower",
  "vwma(close, 14)",
  "correl(high, low, 20)",
]

const strategy = strategySchema.parse({
  format: "candlewright.strategy/1",
  name: "goes on",
  timeframe: "1h",
  series: Object.fromEntries(formulas.map((formula, n) => [`f${n}`, formula])),
  long: {
    enter: { all: ["crossover(ema(close, 8), sma(close, 20))"] },
    exit: { any: [`rsi(close, 7) > 75`, ...formulas.map((_, n) => `f${n} > 1e300`)] },
  },
  protect: { stopLoss: { kind: "atr", length: 14, multiple: 2 }, trailing: { percent: 3 } },
})

function bot(candles: Candles, priceTick?: number): EngineRun {
  const session = openSession(engine, [{ market: "A/USDT", candles, priceTick }])
  const prepared = prepareRun(session, { strategy, account: defaultAccount })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  return prepared.run
}

/** Every named series' value at the last candle that was gone through. */
function lastValues({ session: { instance }, programs }: EngineRun): number[] {
  const count = instance.strategyCount(0)
  return programs[0].named.map(
    ({ register }) => view(instance, instance.registerAddress(0, register), count)[count - 1],
  )
}

function goOn({ session }: EngineRun, recorder: SimulationRecorder): void {
  while (session.instance.advance(1024, Infinity) > 0) recorder.take(session.instance, session.markets)
}

function finished(run: EngineRun, recorder: SimulationRecorder) {
  run.session.instance.finish()
  recorder.take(run.session.instance, run.session.markets)
  return recorder.simulation(run.session.instance, [])
}

/** The run over all candles, and the one that was moved at the half; with what each knew at the end. */
async function bothWays(priceTick?: number) {
  const before = bot(someCandles(0, HALF), priceTick)
  const recorder = new SimulationRecorder({ samples: CANDLES })
  goOn(before, recorder)
  const snapshot: Snapshot = { ...takeSnapshot(before, await programHash(before)), done: [0] }
  const after = bot(someCandles(HALF, CANDLES), priceTick)
  expect(restoreSnapshot(after, snapshot, await programHash(after))).toEqual({ ok: true })
  goOn(after, recorder)
  const whole = bot(someCandles(0, CANDLES), priceTick)
  const wholeRecorder = new SimulationRecorder({ samples: CANDLES })
  goOn(whole, wholeRecorder)
  return {
    moved: { values: lastValues(after), simulation: finished(after, recorder) },
    whole: { values: lastValues(whole), simulation: finished(whole, wholeRecorder) },
  }
}

test("where the exchange's tick is known, a bot that is moved goes on to the bit whatever digits come", async () => {
  const { moved, whole } = await bothWays(0.0001)
  expect(whole.simulation.trades.count).toBeGreaterThan(5)
  expect(moved).toEqual(whole)
})

test("where prices get digits that none had before, it goes on as if it had known, but for rounding", async () => {
  const { moved, whole } = await bothWays()
  expect(whole.simulation.trades.count).toBeGreaterThan(5)
  expect(moved.values).toHaveLength(formulas.length)
  const apart = moved.values.map((value, n) => Math.abs(value - whole.values[n]) / Math.max(1, Math.abs(value)))
  expect(formulas.filter((formula, n) => !(apart[n] < (tied.get(formula) ?? TOLERANCE)))).toEqual([])
  expect(moved.simulation.trades.count).toBe(whole.simulation.trades.count)
  const [last, lastOfWhole] = [moved, whole].map(({ simulation }) => simulation.equity.equity.at(-1)!)
  expect(Math.abs(last / lastOfWhole - 1)).toBeLessThan(TOLERANCE)
})
