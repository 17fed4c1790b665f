import Dexie from "dexie"
import { afterAll, expect, test } from "vitest"
import {
  MINUTE_MS,
  type CandleColumns,
  type Candles,
  CHUNK_CANDLES,
  columnsBy,
  dropLast,
  fillFlat,
  sliceCandles,
  syntheticCandles,
  undoMend,
} from "#engine/candles"
import { createMarket, MarketGone, mendCandles, mergeCandles, replaceCandles, saveMarket } from "./candle-store.ts"
import { Database, database } from "./database.ts"
import { CandlesLost, loadCandles, loadCandlesBetween } from "./load-candles.ts"
import { findMarket, findVenueMarket, listMarkets, purgeMarket } from "./market-catalogue.ts"

const made = syntheticCandles({
  seed: 3,
  candles: 25_000,
  timeframe: "1m",
  startMs: 5_000 * MINUTE_MS,
  startPrice: 100,
  kind: "mixed",
})
const wanted = {
  name: "BTC/USDT",
  timeframeMs: MINUTE_MS,
  origin: "download",
  source: "Practice exchange",
  venue: "practice",
  symbol: "BTC/USDT",
} as const

afterAll(async () => {
  for (const id of await database.markets.toCollection().primaryKeys()) await purgeMarket(id)
})

test("pages that come in any order, overlapping, make the same market as all candles at once", async () => {
  const whole = await saveMarket({ ...wanted, name: "WHOLE/USD" }, made)
  const { id } = await createMarket(wanted)
  for (const [from, to] of [
    [9_000, 16_000],
    [0, 1_000],
    [20_000, 25_000],
    [500, 9_500],
    [15_999, 20_001],
  ]) {
    await mergeCandles(id, between(made, from, to), {
      fromMs: made.openTimeMs[from],
      toMs: made.openTimeMs[to - 1] + MINUTE_MS,
    })
  }
  const market = (await findMarket(id))!
  expect(await loadCandles(market)).toEqual(made)
  expect(market).toMatchObject({
    candleCount: 25_000,
    gapCount: 0,
    missingCandles: 0,
    fromMs: made.openTimeMs[0],
    toMs: made.openTimeMs[24_999],
    hash: whole.hash,
    priceDecimals: made.priceDecimals,
  })
  expect(market.fetched).toEqual([{ fromMs: made.openTimeMs[0], toMs: made.openTimeMs[24_999] + MINUTE_MS }])
})

test("many pages kept at the same time lose nothing", async () => {
  const { id } = await createMarket({ ...wanted, name: "PARALLEL/USD" })
  await Promise.all(
    Array.from({ length: 25 }, (_, page) => mergeCandles(id, between(made, page * 1000, (page + 1) * 1000))),
  )
  expect(await loadCandles((await findMarket(id))!)).toEqual(made)
})

test("gaps inside a chunk, between chunks and over whole chunks are counted, and filled ones are not", async () => {
  const { id } = await createMarket({ ...wanted, name: "GAPS/USD" })
  await mergeCandles(id, between(made, 0, 100))
  await mergeCandles(id, between(made, 103, 4_990))
  const { market } = await mergeCandles(id, between(made, 20_000, 25_000))
  expect([market.gapCount, market.missingCandles]).toEqual([2, 3 + 20_000 - 4_990])
  const { market: filled, added } = await mergeCandles(id, between(made, 90, 110))
  expect([filled.gapCount, filled.missingCandles, added]).toEqual([1, 20_000 - 4_990, 3])
})

test("an exchange that changed its history is reported: the newer candle counts, and the old one is returned", async () => {
  const { id } = await createMarket({ ...wanted, name: "CHANGED/USD" })
  await mergeCandles(id, between(made, 0, 50))
  const changed = between(made, 40, 60)
  changed.close = changed.close.map((close, at) => (at === 3 ? close - 0.01 : close))
  const answer = await mergeCandles(id, changed)
  expect(answer.added).toBe(10)
  expect(answer.changed).toMatchObject([
    { openTimeMs: made.openTimeMs[43], before: { close: made.close[43] }, after: { close: made.close[43] - 0.01 } },
  ])
  expect((await loadCandles(answer.market)).close[43]).toBe(made.close[43] - 0.01)
})

test("a stretch of a market is read without the rest", async () => {
  const market = (await findVenueMarket(wanted))!
  const part = { fromMs: made.openTimeMs[4_000] + 1, toMs: made.openTimeMs[6_000] }
  expect(await loadCandlesBetween(market, part)).toEqual(sliceCandles(made, part))
})

test("mended candles replace all others, chunks without them go, and the mends are kept", async () => {
  const { id } = await saveMarket({ ...wanted, name: "MENDED/USD" }, made)
  const mend = dropLast(made, 1).mend!
  const market = await replaceCandles(id, between(made, 10, CHUNK_CANDLES), [mend])
  expect(market).toMatchObject({ candleCount: CHUNK_CANDLES - 10, mends: [mend] })
  expect(await loadCandles(market)).toEqual({ ...between(made, 10, CHUNK_CANDLES), extra: {} })
})

test("a mend and its undo restore the original candles, bit for bit", async () => {
  const { id } = await saveMarket({ ...wanted, name: "HOLE/USD" }, between(made, 0, 100))
  await mergeCandles(id, between(made, 110, 200))
  const { hash } = (await findMarket(id))!
  const gap = { fromMs: made.openTimeMs[100], toMs: made.openTimeMs[109] }
  const filled = await mendCandles(id, (candles) => {
    const mended = fillFlat(candles, [gap], 1)
    return { candles: mended.candles, mends: [mended.mend!] }
  })
  expect(filled).toMatchObject({ candleCount: 200, gapCount: 0, mends: [{ kind: "filled-flat", count: 10 }] })
  const back = await mendCandles(id, (candles, market) => ({ candles: undoMend(candles, market.mends[0]), mends: [] }))
  expect(back).toMatchObject({ candleCount: 190, gapCount: 1, mends: [], hash })
  expect((await loadCandles(back)).close).toEqual(
    Float64Array.of(...made.close.subarray(0, 100), ...made.close.subarray(110, 200)),
  )
})

test("a market without candles is not listed yet, a deleted one accepts none", async () => {
  const empty = await createMarket({ ...wanted, name: "EMPTY/USD" })
  expect((await listMarkets()).map(({ id }) => id)).not.toContain(empty.id)
  await purgeMarket(empty.id)
  await expect(mergeCandles(empty.id, between(made, 0, 10))).rejects.toThrow(MarketGone)
})

test("a disk that is full half-way leaves what was there, candles and figures", async () => {
  const before = await saveMarket({ ...wanted, name: "FULL/USD" }, between(made, 0, 4_000))
  let rows = 0
  const full = () => {
    if (++rows > 1) throw new DOMException("full", "QuotaExceededError")
  }
  database.chunks.hook("creating", full)
  const merged = mergeCandles(before.id, between(made, 3_000, 25_000))
  await expect(merged.finally(() => database.chunks.hook("creating").unsubscribe(full))).rejects.toThrow("full")
  expect(await findMarket(before.id)).toEqual(before)
  expect(await loadCandles(before)).toEqual(between(made, 0, 4_000))
})

test("candles that went missing are noticed, not left out in silence", async () => {
  const market = await saveMarket({ ...wanted, name: "LOST/USD" }, made)
  await database.chunks.delete([market.id, 1])
  await expect(loadCandles(market)).rejects.toThrow(CandlesLost)
})

test("what the first version kept is there after the upgrade, with figures and a hash", async () => {
  const name = "candlewright-version-1"
  await Dexie.delete(name)
  const old = new Dexie(name)
  old.version(1).stores({ markets: "id, importedAtMs", candleChunks: "[marketId+index]", runs: "id, ranAtMs" })
  const signal = made.close.map((close, at) => (at % 7 === 0 ? Number.NaN : close))
  await old.table("candleChunks").bulkAdd(oldChunks({ ...made, extra: { signal } }))
  await old.table("markets").add({
    id: "m",
    name: "OLD/USD",
    timeframeMs: MINUTE_MS,
    priceDecimals: made.priceDecimals,
    extraNames: ["signal"],
    notes: [],
    source: "old.csv",
    importedAtMs: 7,
  })
  old.close()
  const upgraded = new Database(name)
  const market = (await upgraded.markets.get("m"))!
  expect(market).toMatchObject({
    name: "OLD/USD",
    candleCount: 25_000,
    gapCount: 0,
    origin: "file",
    importedAtMs: 7,
    fetched: [],
    mends: [],
  })
  expect(market.hash).toMatch(/^[0-9a-f]{64}$/)
  expect((await upgraded.chunks.toArray()).map(({ count, extraNames }) => [count, extraNames])).toEqual([
    [5_000, ["signal"]],
    [10_000, ["signal"]],
    [10_000, ["signal"]],
  ])
  expect(upgraded.backendDB().objectStoreNames).not.toContain("candleChunks")
  await upgraded.delete()
})

function between(candles: Candles, from: number, to: number): Candles {
  const cut = (column: Float64Array) => column.slice(from, to)
  return { ...candles, ...columnsBy((name) => cut(candles[name])), extra: {} }
}

test("a market kept before currencies were has that of its exchange or of its first name, whatever it is called", async () => {
  const name = "candlewright-version-5"
  await Dexie.delete(name)
  const old = new Dexie(name)
  old.version(5).stores({ markets: "id, importedAtMs", chunks: "[marketId+bucket]", chunkEntries: "[marketId+bucket]" })
  await old.table("markets").bulkAdd([
    { id: "btc-eur-1h", name: "Mine/USD" },
    { id: "eth-usdt-practice-1m", name: "Dollars", symbol: "ETH/USDT" },
    { id: "my-candles-1h", name: "my candles" },
  ])
  old.close()
  const upgraded = new Database(name)
  const markets = await upgraded.markets.orderBy("id").toArray()
  expect(markets.map(({ quote }) => quote)).toEqual(["EUR", "USDT", undefined])
  upgraded.close()
})

/** The rows as version 1 wrote them. */
function oldChunks(candles: CandleColumns & { extra: Record<string, Float64Array> }) {
  return [0, 1, 2].map((index) => {
    const cut = (column: Float64Array) => column.slice(index * 10_000, (index + 1) * 10_000).buffer
    const { extra } = candles
    const columns = Object.fromEntries(
      Object.entries(columnsBy((name) => candles[name])).map(([key, column]) => [key, cut(column as Float64Array)]),
    )
    return { marketId: "m", index, columns, extra: { signal: cut(extra.signal) } }
  })
}
