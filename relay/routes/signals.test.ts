import { afterAll, beforeAll, expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { trainForecast } from "#engine/run"
import { type ForecastModel, modelHash } from "#engine/strategy"
import { autoregressiveMarket } from "../../engine-wasm/testing/autoregressive-market.ts"
import { madeModel } from "../../engine-wasm/testing/made-model.ts"
import { builtEngine } from "../built-engine.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

// Models and the watch over HTTP; what is said of markets has its stories in relay/signals.

let relay: OpenedApp
let model: ForecastModel

beforeAll(async () => {
  relay = await openedApp()
  const candles = autoregressiveMarket({ candles: 1_000, seed: 1, pull: 0 })
  const request = { name: "walk", kind: "drift", target: "direction", horizonCandles: 4, timeframe: "1h" } as const
  const trained = await trainForecast((await builtEngine())!, { ...request, market: "BTC/USDT", candles, seed: 1 })
  if (!trained.ok) throw new Error(trained.problems[0].because)
  model = trained.model
}, 60_000)
afterAll(() => relay.close())

async function ask(route: string, body: unknown, scope: "read" | "trade" | "admin" = "admin") {
  const answer = await relay.ask(route, { headers: await relay.bearer(scope), body })
  return {
    status: answer.status,
    said: answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>),
  }
}

test("a model is kept without its weights in any answer, and goes when it is removed", async () => {
  const added = await ask("POST /api/signals/models", { model })
  expect(added).toMatchObject({ status: 201, said: { hash: model.hash, version: 1, cards: [] } })
  const { said } = await ask("GET /api/signals/models", undefined, "read")
  expect(said).toMatchObject({ items: [{ hash: model.hash, trainedUntilMs: model.parts.at(-1)!.trainedUntilMs }] })
  expect(JSON.stringify(said)).not.toContain(model.parts[0].weights)
  expect((await ask(`DELETE /api/signals/models/${model.hash}`, undefined)).status).toBe(204)
  expect((await ask("GET /api/signals/models", undefined)).said).toMatchObject({ items: [] })
})

test("a model that another engine trained is kept, and its answer says so", async () => {
  const other = madeModel({ readyFromMs: [DAY_MS] })
  const { status, said } = await ask("POST /api/signals/models", { model: other, market: "BTC/USDT" })
  expect(status).toBe(201)
  expect(said.notes).toEqual([
    expect.stringMatching(/^The model `made up` was trained by another version of the engine/),
  ])
  await ask(`DELETE /api/signals/models/${other.hash}`, undefined)
})

test.each(["../x", "A\u0000B", "x".repeat(10_000)])("no model is judged on a market called %j", async (market) => {
  const named = { ...model, made: { ...model.made, market } }
  for (const [body, field] of [
    [{ model, market }, "market"],
    [{ model: { ...named, hash: modelHash(named) } }, "model.made.market"],
  ] as const)
    expect(await ask("POST /api/signals/models", body)).toMatchObject({ status: 422, said: { field } })
})

test("an address with a NUL in it is refused in words, in its path and after it", async () => {
  expect(await ask("GET /api/signals?market=a%00b&venue=binance", undefined)).toMatchObject({ status: 400 })
  expect(await ask("DELETE /api/signals/models/%00", undefined)).toMatchObject({ status: 404 })
})

test("a hostile model is refused with its place, and what is not there is 404", async () => {
  const part = { ...model.parts[0], weights: `${model.parts[0].weights}AAAA` }
  const hostile = await ask("POST /api/signals/models", { model: { ...model, parts: [part] } })
  expect(hostile).toMatchObject({ status: 422, said: { code: "not-valid", field: "model.parts[0].weights" } })
  const nobodys = "f".repeat(64)
  for (const [route, body] of [
    [`DELETE /api/signals/models/${nobodys}`, undefined],
    ["DELETE /api/signals/models/no-hash", undefined],
    [`POST /api/signals/models/${nobodys}/adopt`, { bot: "nobodys" }],
  ] as const)
    expect(await ask(route, body)).toMatchObject({ status: 404, said: { code: "unknown-id" } })
})

test("the watch is changed by admins alone, and names the place of what it does not take", async () => {
  const watched = { venue: "practice", market: "BTC/USDT", timeframe: "1h" }
  expect((await ask("PUT /api/signals/watch", { markets: [] }, "trade")).status).toBe(403)
  expect(await ask("PUT /api/signals/watch", { markets: [{ ...watched, timeframe: "7m" }] })).toMatchObject({
    status: 422,
    said: { field: "markets.0.timeframe" },
  })
  expect((await ask("PUT /api/signals/watch", { markets: Array.from({ length: 21 }, () => watched) })).status).toBe(422)
  expect(await ask("PUT /api/signals/watch", { markets: [], bots: [{ hash: model.hash }] })).toMatchObject({
    status: 422,
    said: { field: "bots.0.hash", error: expect.stringMatching(/no bot carries this model/) as string },
  })
  expect(await ask("PUT /api/signals/watch", { markets: [], isPaused: true })).toMatchObject({
    status: 200,
    said: { markets: [], bots: [], isPaused: true, standings: [] },
  })
  expect((await ask("GET /api/signals?market=BTC/USDT", undefined, "read")).said).toEqual({
    items: [],
    records: [],
    next: null,
  })
  expect(relay.bugs).toEqual([])
})
