import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { autoregressiveMarket } from "../../../testing/autoregressive-market.ts"
import { madeModel } from "../../../testing/made-model.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { trainForecast } from "../../run/forecast/train-forecast.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import { forecastModelFromJson } from "./forecast-model-from-json.ts"
import { modelHash } from "./model-hash.ts"
import { marketForModel } from "./model-names.ts"

const model = madeModel({ readyFromMs: [10 * HOUR_MS] })
const hostile = [
  "../x",
  "a/../b",
  "/etc/passwd",
  "A\u0000B",
  "A\nB",
  "A\u202eB",
  "<b>",
  "x".repeat(10_000),
  " ",
  "\\\\host",
]

/** Of a market, by somebody who knows how a hash is made. */
function of(market: string) {
  const named = { ...model, made: { ...model.made, market } }
  return { ...named, hash: modelHash(named) }
}

test.each(hostile)("a model of the market %j is refused at its place, alone and in a document", (market) => {
  const because = expect.stringMatching(/^a market is a name such as BTC\/USDT, of at most 64 characters/) as string
  expect(forecastModelFromJson(of(market))).toMatchObject({ ok: false, problems: [{ path: "made.market", because }] })
  const document = { format: "candlewright.strategy/1", name: "One", timeframe: "1h", models: { mine: of(market) } }
  expect(strategyFromJson({ ...document, long: { enter: { all: ['forecast("mine") > 0'] } } })).toMatchObject({
    ok: false,
    problems: [{ path: "models.mine.made.market", because }],
  })
  expect(forecastModelFromJson(of(marketForModel(market)))).toMatchObject({ ok: true })
})

test.each(["", "BTC/USDT", "BTC/USDT:USDT", "Meine Kurse (2024), Köln", "my file.csv", "EUR_USD+1"])(
  "a market may be called %j",
  (market) => {
    expect(forecastModelFromJson(of(market))).toMatchObject({ ok: true })
    expect(marketForModel(market)).toBe(market)
  },
)

test.each(["", "a\nb", "a\u202eb", "x".repeat(81)])("a model is not called %j", (name) => {
  expect(forecastModelFromJson({ ...model, name })).toMatchObject({ ok: false, problems: [{ path: "name" }] })
})

test("nothing is trained under a name that its model could not have", async () => {
  const candles = autoregressiveMarket({ candles: 1_000, seed: 1, pull: 0 })
  const request = { name: "a\nb", kind: "drift", target: "direction", horizonCandles: 1, timeframe: "1h" } as const
  const answer = await trainForecast(await builtEngine(), { ...request, market: "../x", candles, seed: 1 })
  expect(answer).toMatchObject({ ok: false, problems: [{ path: "name" }, { path: "market" }] })
})
