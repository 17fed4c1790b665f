import { sha256Hex } from "../host/candles/sha256.ts"
import { loadEngine } from "../host/run/engine/engine.ts"
import { forecastColumns, USUAL_FEE_PERCENT } from "../host/run/forecast/score-forecast.ts"
import { trainForecast } from "../host/run/forecast/train-forecast.ts"
import { trainRegimes } from "../host/run/forecast/train-regimes.ts"
import { autoregressiveMarket } from "./autoregressive-market.ts"
import { madeModel } from "./made-model.ts"

const settings = { timeframe: "1h", market: "MADE/UP", seed: 3 } as const

/** sha256 of what is learnt from a seeded market, and of what models say of it. The same everywhere. */
export async function forecastHashes(engineBytes: BufferSource): Promise<Record<string, string>> {
  const engine = await loadEngine(engineBytes)
  const candles = autoregressiveMarket({ candles: 2_000, seed: 21, pull: 0.2 })
  const hashes: Record<string, string> = {}
  for (const [kind, target] of [
    ["logistic", "direction"],
    ["ridge", "return"],
    ["trend", "volatility"],
  ] as const) {
    const request = { name: kind, kind, target, horizonCandles: 6, candles, ...settings }
    const answer = await trainForecast(engine, request)
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    hashes[`${kind} learnt`] = await hashOf(answer.model.parts)
    hashes[`${kind} said`] = await sha256Hex(saidBy(answer.model))
  }
  const moods = await trainRegimes(engine, { name: "moods", candles, ...settings })
  if (!moods.ok) throw new Error(JSON.stringify(moods.problems))
  hashes["regimes learnt"] = await hashOf(moods.model.parts)
  const readyFromMs = [candles.openTimeMs[200], candles.openTimeMs[900]]
  hashes["memory said"] = await sha256Hex(
    saidBy(madeModel({ kind: "lstm", units: 12, windowCandles: 20, readyFromMs })),
  )
  return hashes

  function saidBy(model: ReturnType<typeof madeModel>): Float64Array<ArrayBuffer> {
    const { value, probability } = forecastColumns(engine, model, candles, USUAL_FEE_PERCENT)
    return Float64Array.from([...value, ...probability])
  }
}

function hashOf(value: unknown): Promise<string> {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(value)))
}
