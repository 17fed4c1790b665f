import { expect, test } from "vitest"
import { autoregressiveMarket } from "../../../testing/autoregressive-market.ts"
import { builtEngine } from "../../../testing/built-engine.ts"
import { madeModel } from "../../../testing/made-model.ts"
import { forecastTargets, modelKinds } from "../../strategy/model/forecast-model.ts"
import { openSession } from "../engine/engine-session.ts"
import { readModel } from "./model-reading.ts"

const engine = await builtEngine()
const candles = autoregressiveMarket({ candles: 200, seed: 3, pull: 0.1 })
const last = candles.openTimeMs.length - 1

const cases = modelKinds.flatMap((kind) => forecastTargets.map((target) => ({ kind, target })))

test.each(cases)("a $kind of the $target answers all it has, and is asked nothing else", ({ kind, target }) => {
  const size = { lstm: { units: 2, windowCandles: 3 }, regimes: { units: 3 } }[kind as string]
  const model = madeModel({ kind, target, ...size, readyFromMs: [candles.openTimeMs[100]] })
  const read = readModel(openSession(engine, [{ market: "", candles }]), model, ["close"])
  if (!read.ok) throw new Error(read.problems[0].because)
  const { openMs, said, besides } = read.reading
  expect(openMs).toBe(candles.openTimeMs[last])
  expect(besides).toEqual([candles.close[last]])
  expect(said.value).not.toBeNull()
  expect(said.probability === null).toBe(kind === "regimes")
  expect(said.low === null).toBe(kind === "regimes" || target === "direction")
  expect(said.high === null).toBe(said.low === null)
})

test("before its first day a model says nothing", () => {
  const model = madeModel({ readyFromMs: [candles.openTimeMs[last] + 1] })
  const read = readModel(openSession(engine, [{ market: "", candles }]), model)
  expect(read).toMatchObject({ ok: true, reading: { said: { value: null, probability: null, low: null, high: null } } })
})
