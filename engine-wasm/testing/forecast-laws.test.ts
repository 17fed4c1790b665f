import { expect, test } from "vitest"
import type { Candles } from "../host/candles/candles.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { defaultAccount } from "../host/run/backtest-request.ts"
import { prepareRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { SimulationRecorder } from "../host/run/engine/simulation-recorder.ts"
import { seriesIn } from "../host/run/series.ts"
import { strategySchema } from "../host/strategy/document/strategy-document.ts"
import type { ForecastModel } from "../host/strategy/model/forecast-model.ts"
import { partTail, partWeights } from "../host/strategy/model/part-weights.ts"
import { autoregressiveMarket } from "./autoregressive-market.ts"
import { builtEngine } from "./built-engine.ts"
import { madeModel } from "./made-model.ts"

const engine = await builtEngine()
const candles = autoregressiveMarket({ candles: 400, seed: 3, pull: 0.1 })
const hour = (n: number) => candles.openTimeMs[n]

function seriesOf(model: ForecastModel, formulas: string[], over: Candles = candles): Float64Array[] {
  const answer = seriesIn(openSession(engine, [{ market: "", candles: over }]), formulas, "1h", { m: model })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return formulas.map((text) => answer.series[text].slice())
}

/** What the features of a model are, standardised as its part says. */
function standardRows(model: ForecastModel, part: number): number[][] {
  const weights = partWeights(model.parts[part])
  const columns = seriesOf(model, model.features)
  return Array.from(candles.close, (_, row) =>
    columns.map((column, n) =>
      Math.min(Math.max((column[row] - weights[n]) * weights[model.features.length + n], -10), 10),
    ),
  )
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** The published equations, one unit at a time. */
function memoryOf(window: number[][], weights: Float32Array, units: number): number {
  const features = window[0].length
  const gate = (gates: number, row: number) => weights[2 * features + row * 4 * units + gates]
  let [output, cell] = [Array<number>(units).fill(0), Array<number>(units).fill(0)]
  for (const row of window) {
    const sums = Array.from({ length: 4 * units }, (_, g) => {
      const fromCandle = row.reduce((sum, value, n) => sum + value * gate(g, n), 0)
      const fromBefore = output.reduce((sum, value, n) => sum + value * gate(g, features + n), 0)
      return fromCandle + fromBefore + gate(g, features + units)
    })
    cell = cell.map((kept, n) => sigmoid(sums[units + n]) * kept + sigmoid(sums[n]) * Math.tanh(sums[2 * units + n]))
    output = cell.map((value, n) => sigmoid(sums[3 * units + n]) * Math.tanh(value))
  }
  const dense = 2 * features + (features + units + 1) * 4 * units
  return output.reduce((sum, value, n) => sum + value * weights[dense + n], weights[dense + units])
}

test("a weighted sum is what it says, part by part, and nothing before the first part's day", () => {
  const model = madeModel({ target: "return", readyFromMs: [hour(100), hour(250)] })
  const [value, probability, low, high] = seriesOf(
    model,
    ["value", "probability", "low", "high"].map((output) => `forecast("m").${output}`),
  )
  for (const row of [0, 99]) expect([value[row], probability[row], low[row], high[row]]).toEqual([NaN, NaN, NaN, NaN])
  for (const [part, rows] of [
    [0, [100, 180, 249]],
    [1, [250, 399]],
  ] as const) {
    const weights = partWeights(model.parts[part])
    const tail = partTail(weights)
    const standard = standardRows(model, part)
    for (const row of rows) {
      const z = standard[row].reduce((sum, x, n) => sum + x * weights[6 + n], weights[9])
      expect(value[row]).toBeCloseTo(z * tail.valueScale + tail.valueShift, 12)
      expect(probability[row]).toBeCloseTo(sigmoid(z * tail.probabilitySlope + tail.probabilityShift), 12)
      expect(high[row] - low[row]).toBeCloseTo(2 * tail.band, 10)
    }
  }
})

test("a long short-term memory is the published one, from zero in every window, also where its part changes", () => {
  const model = madeModel({ kind: "lstm", units: 6, windowCandles: 9, readyFromMs: [hour(0), hour(200)] })
  const [value] = seriesOf(model, [`forecast("m")`])
  expect(value.findIndex((one) => !Number.isNaN(one))).toBe(14 + 8)
  for (const row of [22, 30, 199, 200, 201, 399]) {
    const part = row < 200 ? 0 : 1
    const weights = partWeights(model.parts[part])
    const window = standardRows(model, part).slice(row - 8, row + 1)
    const tail = partTail(weights)
    expect(value[row]).toBeCloseTo(memoryOf(window, weights, 6) * tail.valueScale + tail.valueShift, 11)
  }
})

const moves = ["1000 * log(close / close[1])", "close - sma(close, 5)"]

test("a regime is the nearest centre's number", () => {
  const model = madeModel({ kind: "regimes", units: 3, features: moves, readyFromMs: [hour(50)] })
  const [regime] = seriesOf(model, [`regime("m")`])
  const weights = partWeights(model.parts[0])
  const rows = standardRows(model, 0)
  for (let row = 60; row < 400; row++) {
    const away = [0, 1, 2].map((k) => rows[row].reduce((sum, x, n) => sum + (x - weights[4 + 2 * k + n]) ** 2, 0))
    expect(regime[row]).toBe(away.indexOf(Math.min(...away)))
  }
  expect(new Set(regime.slice(60)).size).toBeGreaterThan(1)
})

test("a run through forecasts is the same to the bit candle by candle, as a live bot goes, and in blocks of any size", () => {
  const readyFromMs = [hour(30), hour(120), hour(301)]
  const document = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "Forecasts",
    timeframe: "1h",
    models: {
      sum: madeModel({ readyFromMs }),
      memory: madeModel({ kind: "lstm", target: "return", units: 4, windowCandles: 6, readyFromMs, seed: 2 }),
      mood: madeModel({ kind: "regimes", units: 2, features: moves, readyFromMs, seed: 3 }),
    },
    long: {
      enter: {
        any: [
          'forecast("sum") > 0 and regime("mood") == 0',
          'forecast("memory").probability > forecast("memory").probability[1]',
        ],
      },
      exit: { any: ['forecast("memory").low < forecast("memory")[3]'] },
    },
    protect: { timeStop: { candles: 4 } },
    size: { kind: "equity", percent: 50 },
  })
  const inBlocks = (size: number) => {
    const session = openSession(engine, [{ market: "MADE/UP", candles }])
    const prepared = prepareRun(session, { strategy: document, account: defaultAccount })
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
    const recorder = new SimulationRecorder({ samples: candles.close.length })
    while (session.instance.advance(size, Infinity) > 0) recorder.take(session.instance, session.markets)
    session.instance.finish()
    recorder.take(session.instance, session.markets)
    return recorder.simulation(session.instance, prepared.run.tags())
  }
  const whole = inBlocks(1024)
  expect(whole.trades.entryPrice.length).toBeGreaterThan(20)
  for (const size of [1, 7, 100]) expect(inBlocks(size)).toEqual(whole)
})

test("later candles change no forecast before them, not by a bit", () => {
  for (const kind of ["logistic", "lstm"] as const) {
    const shape = kind === "lstm" ? { kind, units: 4, windowCandles: 5 } : { kind }
    const model = madeModel({ ...shape, readyFromMs: [hour(100), hour(150), hour(300)] })
    const [whole] = seriesOf(model, [`forecast("m")`])
    const cut = 260
    const columns = Object.fromEntries(
      Object.entries(candles).map(([name, column]) => [
        name,
        column instanceof Float64Array ? column.slice(0, cut) : (column as unknown),
      ]),
    )
    const [short] = seriesOf(model, [`forecast("m")`], columns as Candles)
    expect(short).toEqual(whole.slice(0, cut))
  }
})

test("an unknown feature makes the forecast unknown, until a whole window of known ones has passed", () => {
  const signal = candles.close.map((_, row) => (row === 200 ? Number.NaN : row % 7))
  const model = madeModel({
    kind: "lstm",
    units: 2,
    windowCandles: 10,
    features: ["signal"],
    readyFromMs: [candles.openTimeMs[0] + 20 * HOUR_MS],
  })
  const [value] = seriesOf(model, [`forecast("m")`], { ...candles, extra: { signal } })
  const unknown = Array.from(value.keys()).filter((row) => row >= 20 && Number.isNaN(value[row]))
  expect(unknown).toEqual([200, 201, 202, 203, 204, 205, 206, 207, 208, 209])
})
