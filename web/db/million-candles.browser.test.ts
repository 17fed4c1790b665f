import { afterAll, expect, test } from "vitest"
import { syntheticCandles } from "#engine/candles"
import { openSession } from "#engine/run"
import { fetchEngine } from "../run/fetch-engine.ts"
import { saveMarket } from "./candle-store.ts"
import { database } from "./database.ts"
import { loadCandles } from "./load-candles.ts"
import { purgeMarket } from "./market-catalogue.ts"

const MILLION = 1_000_000

afterAll(() => purgeMarket("million-usd-1m"))

test("a million candles come back from the browser's database to the bit, and reach the engine", async () => {
  const engine = await fetchEngine()
  const candles = syntheticCandles({
    seed: 5,
    candles: MILLION,
    timeframe: "1m",
    startMs: 0,
    startPrice: 100,
    kind: "mixed",
  })
  const market = await saveMarket(
    { name: "MILLION/USD", timeframeMs: 60_000, origin: "synthetic", source: "made up" },
    candles,
  )
  expect(await database.chunks.where("[marketId+bucket]").between([market.id, 0], [market.id, Infinity]).count()).toBe(
    100,
  )

  const loaded = await loadCandles(market)
  openSession(engine, [{ market: market.name, candles: loaded }])
  for (const column of ["openTimeMs", "open", "high", "low", "close", "volume"] as const)
    expect(firstDifference(loaded[column], candles[column])).toBe(-1)
})

function firstDifference(one: Float64Array, other: Float64Array): number {
  return one.length === other.length ? one.findIndex((value, n) => value !== other[n]) : 0
}
