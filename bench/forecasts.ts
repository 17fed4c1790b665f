import { type Candles, HOUR_MS } from "#engine/candles"
import { openSession, seriesIn, trainForecast, type Engine } from "#engine/run"
import { lstmWeightCount, predictLstm, startTraining } from "#forecasts"
import { autoregressiveMarket } from "../engine-wasm/testing/autoregressive-market.ts"
import { madeModel } from "../engine-wasm/testing/made-model.ts"

const CANDLES = 20_000
const UNITS = 32
const WINDOW = 32
const FEATURES = ["log(close / close[1])", "log(close / close[6])", "natr(14)", "rsi(close, 14)"]
const RUNS = 3
const WINDOWS = 2_000
const NS = 1e6

/**
 * What a forecast costs: an LSTM of 32 units over 32 candles in the engine and by tfjs's own predict, asked in bulk; a
 * whole purged walk-forward of a regression on 20,000 candles; and how large a model is as text.
 */
export async function measureForecasts(
  engine: Engine,
): Promise<
  Record<
    | "forecastLstmNanosecondsACandle"
    | "forecastLstmTfjsNanosecondsACandle"
    | "forecastLstmRatioToTfjs"
    | "forecastLinearNanosecondsACandle"
    | "forecastWalkForwardSeconds"
    | "forecastLstmPartKilobytes",
    number
  >
> {
  const candles = autoregressiveMarket({ candles: CANDLES, seed: 1, pull: 0.1 })
  const readyFromMs = [candles.openTimeMs[0] + HOUR_MS]
  const lstm = madeModel({ kind: "lstm", units: UNITS, windowCandles: WINDOW, features: FEATURES, readyFromMs })
  const linear = madeModel({ features: FEATURES, readyFromMs })
  const asked = (model: typeof lstm) => engineNanoseconds(engine, candles, model)
  const [ofLstm, ofLinear, ofTfjs] = [asked(lstm), asked(linear), await tfjsNanoseconds()]
  return {
    forecastLstmNanosecondsACandle: ofLstm,
    forecastLstmTfjsNanosecondsACandle: ofTfjs,
    forecastLstmRatioToTfjs: ofLstm / ofTfjs,
    forecastLinearNanosecondsACandle: ofLinear,
    forecastWalkForwardSeconds: await walkForwardSeconds(engine, candles),
    forecastLstmPartKilobytes: lstm.parts[0].weights.length / 1_000,
  }
}

/** Of the features alone and of the features with the model, the difference: what the model itself takes. */
function engineNanoseconds(engine: Engine, candles: Candles, model: ReturnType<typeof madeModel>): number {
  const session = openSession(engine, [{ market: "", candles }])
  const cost = (formulas: string[]) => least(() => seriesIn(session, formulas, "1h", { m: model }))
  return Math.max(0, ((cost([...FEATURES, `forecast("m")`]) - cost(FEATURES)) * NS) / CANDLES)
}

async function tfjsNanoseconds(): Promise<number> {
  const trainer = await startTraining()
  const columns = FEATURES.map((_, n) =>
    Float32Array.from({ length: WINDOWS + WINDOW }, (_, row) => Math.sin(row * (n + 1))),
  )
  const weights = new Float32Array(lstmWeightCount({ features: FEATURES.length, units: UNITS })).fill(0.01)
  const examples = Int32Array.from({ length: WINDOWS }, (_, n) => n + WINDOW)
  const request = { columns, windowCandles: WINDOW, units: UNITS, examples }
  return (least(() => predictLstm(trainer, weights, request)) * NS) / WINDOWS
}

async function walkForwardSeconds(engine: Engine, candles: Candles): Promise<number> {
  const before = process.cpuUsage()
  const settings = { kind: "logistic", target: "direction", horizonCandles: 24, timeframe: "1h", seed: 1 } as const
  const answer = await trainForecast(engine, { name: "bench", market: "MADE/UP", candles, ...settings })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Milliseconds of processor time of the quickest of some runs. */
function least(run: () => unknown): number {
  return Math.min(
    ...Array.from({ length: RUNS }, () => {
      const before = process.cpuUsage()
      run()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    }),
  )
}
