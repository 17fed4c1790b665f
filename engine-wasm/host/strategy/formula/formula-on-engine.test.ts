import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { sliceCandles, type Candles } from "../../candles/candles.ts"
import { functionCatalogue } from "./function-catalogue.ts"
import { seriesProgram } from "../compile/compile.ts"
import { series } from "../../run/series.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const engine = await builtEngine()

/** A random walk on a grid of cents; the same every time. */
function walk(count: number, startCents = 10_000): Candles {
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const column = () => new Float64Array(count)
  const candles: Candles = {
    openTimeMs: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    extra: {},
    timeframeMs: HOUR_MS,
    priceDecimals: 2,
  }
  let price = startCents
  for (let i = 0; i < count; i++) {
    const open = price
    price += Math.round((random() - 0.5) * 200)
    candles.openTimeMs[i] = i * HOUR_MS
    candles.open[i] = open / 100
    candles.close[i] = price / 100
    candles.high[i] = (Math.max(open, price) + Math.round(random() * 50)) / 100
    candles.low[i] = (Math.min(open, price) - Math.round(random() * 50)) / 100
    candles.volume[i] = Math.round(random() * 1_000)
  }
  return candles
}

const candles = walk(700)
/** The warm-up the compiler reports, in candles. */
function warmUp(formula: string) {
  const compiled = seriesProgram([formula], "1h", {
    timeframeMs: HOUR_MS,
    priceDecimals: 2,
    leastDecimals: 2,
    firstPrice: 12.5,
    extra: [],
  })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return compiled.program.warmUp
}

async function computed(...formulas: string[]): Promise<Record<string, Float64Array>> {
  const answer = await series(engine, { candles, formulas })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.series
}

/** Every function called with its required arguments only. */
const calls = [...functionCatalogue.values()].map(({ name, arguments: known }) => {
  const needed = known.filter((argument) => argument.default === undefined)
  return `${name}(${needed.map((_, n) => (n === 0 ? "close" : "open")).join(", ")})`
})

test.each(calls)("%s is ready exactly when its warm-up says", async (formula) => {
  const columns = Object.values(await computed(formula))
  const firstReady = columns.map((column) => column.findIndex((value) => !Number.isNaN(value)))
  expect(Math.max(...firstReady)).toBe(warmUp(formula).readyAfterCandles)
  expect(firstReady).not.toContain(-1)
})

const { open, high, low, close, volume } = candles
const cents = (column: Float64Array, i: number) => Math.round(column[i] * 100)
/** The hours of the last whole stretch of `hours` that has ended with candle i. */
const lastStretch = (i: number, hours: number) =>
  Array.from({ length: hours }, (_, n) => Math.floor((i + 1) / hours) * hours - hours + n)
const window = (i: number, length: number) => Array.from({ length }, (_, n) => i - n)
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

const meant: [string, (i: number) => number][] = [
  ["close[3] - open", (i) => (cents(close, i - 3) - cents(open, i)) / 100],
  ["close % 7 * -2", (i) => (close[i] % 7) * -2],
  ["close > open ? high : low", (i) => (close[i] > open[i] ? high[i] : low[i])],
  ["not (close > open) and volume >= 500", (i) => Number(close[i] <= open[i] && volume[i] >= 500)],
  ["close[1] > 100 or close > 100", (i) => (close[i] > 100 || close[i - 1] > 100 ? 1 : i === 0 ? Number.NaN : 0)],
  ["close[1] > 100 and close > 100", (i) => (close[i] <= 100 || close[i - 1] <= 100 ? 0 : i === 0 ? Number.NaN : 1)],
  ["nz(close[5], -1)", (i) => close[i - 5] ?? -1],
  ["clamp(close, 99, 101)", (i) => Math.min(Math.max(close[i], 99), 101)],
  [
    "round((close - open) * 2.5)",
    (i) => {
      const x = ((cents(close, i) - cents(open, i)) * 25) / 1000
      return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5)
    },
  ],
  ["time", (i) => i * HOUR_MS],
  ["hour", (i) => i % 24],
  ["weekday", (i) => ((Math.floor(i / 24) + 3) % 7) + 1],
  ["hl2", (i) => (cents(high, i) + cents(low, i)) / 200],
  ["close @ 4h", (i) => close[lastStretch(i, 4)[3]] ?? Number.NaN],
  [
    "(high - low) @ 4h",
    (i) =>
      i < 3
        ? Number.NaN
        : (Math.max(...lastStretch(i, 4).map((j) => cents(high, j))) -
            Math.min(...lastStretch(i, 4).map((j) => cents(low, j)))) /
          100,
  ],
  ["volume @ 1d", (i) => (i < 23 ? Number.NaN : sum(lastStretch(i, 24).map((j) => volume[j])))],
  ["close[1] @ 4h", (i) => close[lastStretch(i, 4)[3] - 4] ?? Number.NaN],
  ["(close @ 4h)[1]", (i) => (i === 0 ? Number.NaN : (close[lastStretch(i - 1, 4)[3]] ?? Number.NaN))],
  // Averages on the price grid are the rounded quotient of integers, however the price is composed.
  ["sma(close, 7)", (i) => sum(window(i, 7).map((j) => cents(close, j))) / 700],
  ["sma(close / 4, 7)", (i) => sum(window(i, 7).map((j) => cents(close, j))) / 2800],
  ["sma((high + low) / 2, 7)", (i) => sum(window(i, 7).map((j) => cents(high, j) + cents(low, j))) / 1400],
  ["sma(close * 3 - open, 7)", (i) => sum(window(i, 7).map((j) => cents(close, j) * 3 - cents(open, j))) / 700],
  [
    "sma(sma(close, 3), 5)",
    (i) =>
      sum(
        window(i, 5)
          .flatMap((j) => window(j, 3))
          .map((j) => cents(close, j)),
      ) / 1500,
  ],
  [
    "sma(close > open, 10)",
    (i) => sum(window(i, 10).map((j) => (j < 0 ? Number.NaN : Number(close[j] > open[j])))) / 10,
  ],
  [
    "sma(max(close, open[2]), 4)",
    (i) => sum(window(i, 4).map((j) => Math.max(cents(close, j), cents(open, j - 2)))) / 400,
  ],
]

test.each(meant)("%s is, to the bit, what it says", async (formula, meaning) => {
  const { [formula]: column } = await computed(formula)
  expect(Array.from(column)).toEqual(Array.from(column, (_, i) => meaning(i)))
})

const settled = [
  "sma(close, 9)",
  "sma(ema(close, 3), 5) @ 4h",
  "rsi(close, 2)",
  "bbands(close, 9).width",
  "crossover(close, sma(close, 5))",
  "highest(high, 12)[7] @ 2h",
  "atr(2) @ 4h",
]

// Prices of one size: their ticks are the first price's, wherever the run begins.
const ofOneSize = walk(700, 50_000)

async function computedFrom(fromMs: number, formula: string): Promise<Float64Array> {
  const answer = await series(engine, { candles: sliceCandles(ofOneSize, { fromMs }), formulas: [formula] })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.series[formula]
}

test.each(settled)("%s has the same bits from any start, once settled", async (formula) => {
  const whole = await computedFrom(0, formula)
  for (const start of [1, 2, 3, 101]) {
    const from = warmUp(formula).settledAfterCandles
    expect((await computedFrom(start * HOUR_MS, formula)).slice(from)).toEqual(whole.slice(from + start))
    expect(whole.length).toBeGreaterThan(from + start + 20)
  }
})
