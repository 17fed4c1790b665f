import { afterAll, expect, test } from "vitest"
import { MINUTE_MS, syntheticCandles } from "#engine/candles"
import { saveMarket } from "./candle-store.ts"
import { database } from "./database.ts"
import { loadCandles } from "./load-candles.ts"
import { dismissLostCandles, findLostCandles, settleLostCandles } from "./lost-candles.ts"
import { findMarket, listMarkets, purgeMarket } from "./market-catalogue.ts"
import { mirroredMarkets, mirrorMarkets } from "./market-mirror.ts"

const candles = syntheticCandles({
  seed: 3,
  candles: 30_000,
  timeframe: "1m",
  startMs: 0,
  startPrice: 100,
  kind: "mixed",
})
const fetched = [{ fromMs: 0, toMs: 30_000 * MINUTE_MS }]
const wanted = {
  timeframeMs: MINUTE_MS,
  origin: "download",
  source: "Practice exchange",
  venue: "practice",
  symbol: "BTC/USDT",
  fetched,
} as const

afterAll(async () => {
  for (const id of await database.markets.toCollection().primaryKeys()) await purgeMarket(id)
})

test("chunks the browser has cleared are reported, and the catalogue then lists the rest", async () => {
  const { id } = await saveMarket({ ...wanted, fetched: [...fetched], name: "TORN/USD" }, candles)
  expect(await findLostCandles()).toEqual([])
  await database.chunks.delete([id, 1])
  const [lost] = await findLostCandles()
  const gone = { fromMs: 10_000 * MINUTE_MS, toMs: 20_000 * MINUTE_MS }
  expect(lost).toMatchObject({ candles: 10_000, ranges: [gone], whole: false })
  const market = await settleLostCandles(lost)
  expect(market).toMatchObject({
    candleCount: 20_000,
    gapCount: 1,
    missingCandles: 10_000,
    fetched: [
      { fromMs: 0, toMs: gone.fromMs },
      { fromMs: gone.toMs, toMs: 30_000 * MINUTE_MS },
    ],
  })
  expect((await loadCandles(market)).close).toHaveLength(20_000)
  expect(await findLostCandles()).toEqual([])
})

test("a cleared database is noticed by the copy outside it, and a new market is made to fetch into", async () => {
  const { id } = await saveMarket({ ...wanted, fetched: [...fetched], name: "CLEARED/USD" }, candles)
  mirrorMarkets(await listMarkets())
  await Promise.all([database.markets.delete(id), database.chunks.clear(), database.chunkEntries.clear()])
  const lost = (await findLostCandles()).find(({ market }) => market.id === id)!
  expect(lost).toMatchObject({ whole: true, candles: 30_000, ranges: fetched, market: { venue: "practice", fetched } })
  expect(await settleLostCandles(lost)).toMatchObject({
    name: "CLEARED/USD",
    venue: "practice",
    symbol: "BTC/USDT",
    candleCount: 0,
    fetched: [],
  })
  expect((await findLostCandles()).filter(({ whole }) => whole)).toEqual([])
})

test("what a person deletes is not lost", async () => {
  const market = await saveMarket({ ...wanted, fetched: [...fetched], name: "THROWN/USD" }, candles)
  mirrorMarkets([market])
  await purgeMarket(market.id)
  expect(mirroredMarkets().map(({ id }) => id)).not.toContain(market.id)
  expect((await findLostCandles()).map(({ market: { name } }) => name)).not.toContain("THROWN/USD")
})

test("what cannot be fetched again may be dropped", async () => {
  const market = await saveMarket(
    { name: "FILE/USD", timeframeMs: MINUTE_MS, origin: "file", source: "a.csv" },
    candles,
  )
  await database.chunks.delete([market.id, 2])
  await dismissLostCandles((await findLostCandles()).find((lost) => lost.market.id === market.id)!)
  expect(await findMarket(market.id)).toMatchObject({ candleCount: 20_000 })
})
