import { expect, test } from "vitest"
import { openSession, seriesIn, trainForecast, type SequenceTask } from "#engine/run"
import { partTail, partWeights } from "#engine/strategy"
import { autoregressiveMarket } from "../../engine-wasm/testing/autoregressive-market.ts"
import { builtEngine } from "../../engine-wasm/testing/built-engine.ts"
import { type KeptSequence, lstmTrainer, predictLstm, startTraining } from "./index.ts"

const engine = await builtEngine()
const trainer = await startTraining()
const candles = autoregressiveMarket({ candles: 1_200, seed: 9, pull: 0.3 })
const request = {
  name: "memory",
  kind: "lstm",
  target: "direction",
  horizonCandles: 1,
  timeframe: "1h",
  market: "MADE/UP",
  candles,
  seed: 5,
  folds: 1,
  lstm: { units: 8, windowCandles: 6 },
} as const

test("what tfjs predicts with the weights it trained, the engine forecasts, to 1e-5", async () => {
  const tasks: SequenceTask[] = []
  const weights: Float32Array[] = []
  const train = lstmTrainer(trainer)
  const answer = await trainForecast(engine, request, {
    trainSequence: async (task, hooks) => {
      const trained = await train(task, hooks)
      if (typeof trained === "string") throw new Error(trained)
      tasks.push(task)
      weights.push(trained)
      return trained
    },
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  const { model } = answer
  const last = model.parts.length - 1
  const alone = { ...model, parts: [{ ...model.parts[last], trainedFromMs: 0, trainedUntilMs: 1, readyFromMs: 2 }] }
  const asked = `forecast("m")`
  const series = seriesIn(openSession(engine, [{ market: "", candles }]), [asked], "1h", { m: alone })
  if (!series.ok) throw new Error(JSON.stringify(series.problems))
  const examples = tasks[last].validation
  const predicted = predictLstm(trainer, weights[last], { ...tasks[last], examples })
  const { valueScale, valueShift } = partTail(partWeights(model.parts[last]))
  expect(examples.length).toBeGreaterThan(200)
  examples.forEach((row, n) => {
    const z = (series.series[asked][row] - valueShift) / valueScale
    expect(Math.abs(z - predicted[n])).toBeLessThan(1e-5)
  })
})

test("a training cut in the middle of a part goes on from what was kept, to the same model", async () => {
  const whole = await trainForecast(engine, request, { trainSequence: lstmTrainer(trainer) })
  let kept: KeptSequence | undefined
  const stop = new AbortController()
  const keep = (state: KeptSequence) => {
    kept = state
    if (state.part === 0 && state.checkpoint.losses.length === 2) stop.abort(new Error("the tab was closed"))
  }
  const cut = trainForecast(engine, request, { trainSequence: lstmTrainer(trainer, { keep }), signal: stop.signal })
  await expect(cut).rejects.toThrow("the tab was closed")
  const rest = await trainForecast(engine, request, { trainSequence: lstmTrainer(trainer, { from: kept }) })
  expect(kept?.checkpoint.losses.length).toBe(2)
  expect(rest).toEqual(whole)
})
