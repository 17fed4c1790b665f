import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import {
  MINUTE_MS,
  bucketOf,
  candleBytes,
  sha256Hex,
  sliceCandles,
  syntheticCandles,
  type Candles,
} from "#engine/candles"
import { candleMigrations, type CandleTables } from "./candle-schema.ts"
import { CandleStore, openCandleStore, type SeriesName } from "./candle-store.ts"
import { openDatabase } from "./database.ts"

const name: SeriesName = { venue: "binance", market: "BTC/USDT", timeframe: "1m" }
const fromDownload = { ...name, origin: "download" as const, source: "test", nowMs: 1 }
// They span three chunks.
const market = syntheticCandles({
  seed: 3,
  candles: 21_000,
  timeframe: "1m",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})
const part = (from: number, to: number): Candles =>
  sliceCandles(market, { fromMs: market.openTimeMs[0] + from * MINUTE_MS, toMs: market.openTimeMs[0] + to * MINUTE_MS })

let directory: string
let store: CandleStore

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "candles-"))
  store = await openCandleStore(directory)
})

afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

test("pages in any order, overlapping or not, are read back as the market, bit for bit, and the catalogue lists it", async () => {
  for (const [from, to] of [
    [15_000, 21_000],
    [0, 1_000],
    [500, 12_000],
    [11_000, 15_001],
  ])
    await store.add({ ...fromDownload, candles: part(from, to) })
  expect(await store.read(name)).toEqual(market)
  expect(await store.seal(name)).toMatchObject({
    candles: 21_000,
    fromMs: market.openTimeMs[0],
    toMs: market.openTimeMs[20_999],
    gaps: 0,
    hash: await sha256Hex(candleBytes(market)),
  })
  const period = { fromMs: market.openTimeMs[9_000], toMs: market.openTimeMs[17_000] }
  expect(await store.read(name, period)).toEqual(part(9_000, 17_000))
})

test("any pages give the candles of all of them, counted once", async () => {
  const pieces = fc.array(fc.tuple(fc.nat(20_900), fc.integer({ min: 1, max: 99 })), { minLength: 1, maxLength: 6 })
  let round = 0
  await fc.assert(
    fc.asyncProperty(pieces, async (pages) => {
      const own = { ...fromDownload, market: `M${round++}/USDT` }
      for (const [from, count] of pages) await store.add({ ...own, candles: part(from, from + count) })
      const wanted = [...market.openTimeMs].filter((_, at) =>
        pages.some(([from, count]) => at >= from && at < from + count),
      )
      const read = await store.read(own)
      expect([...read!.openTimeMs]).toEqual(wanted)
      expect((await store.find(own))!.candles).toBe(wanted.length)
    }),
    { numRuns: 25 },
  )
})

test("what was fetched is remembered, with and without candles, and joined", async () => {
  const at = (minute: number) => market.openTimeMs[0] + minute * MINUTE_MS
  await store.add({ ...fromDownload, candles: part(0, 10), fetched: { fromMs: at(0), toMs: at(10) } })
  await store.add({ ...fromDownload, fetched: { fromMs: at(10), toMs: at(30) } })
  await store.add({ ...fromDownload, fetched: { fromMs: at(50), toMs: at(60) } })
  expect(await store.find(name)).toMatchObject({
    candles: 10,
    hash: null,
    fetched: [
      { fromMs: at(0), toMs: at(30) },
      { fromMs: at(50), toMs: at(60) },
    ],
  })
})

test("changed history is reported, and the new one counts", async () => {
  await store.add({ ...fromDownload, candles: part(0, 10) })
  const corrected = { ...part(4, 6), volume: Float64Array.of(7, part(5, 6).volume[0]) }
  expect(await store.add({ ...fromDownload, candles: corrected })).toEqual({ changed: [market.openTimeMs[4]] })
  expect((await store.read(name))!.volume[4]).toBe(7)
})

test("extra columns stay beside the candles that have them", async () => {
  await store.add({ ...fromDownload, candles: { ...part(0, 2), extra: { funding: Float64Array.of(0.1, 0.2) } } })
  await store.add({ ...fromDownload, candles: part(2, 3) })
  expect((await store.read(name))!.extra).toEqual({ funding: Float64Array.of(0.1, 0.2, Number.NaN) })
})

test("a full disk is reported as such, even when the database's rollback fails too", async () => {
  await store.add({ ...fromDownload, candles: part(0, 5_000) })
  await store.close()
  const database = await openDatabase<CandleTables>({
    file: join(directory, "candles.db"),
    migrations: candleMigrations,
  })
  await sql`pragma max_page_count = 100`.execute(database)
  const full = new CandleStore(database)
  await expect(full.add({ ...fromDownload, candles: part(0, 21_000) })).rejects.toThrow("The disk is full")
  expect(await full.read(name)).toEqual(part(0, 5_000))
  await full.close()
  store = await openCandleStore(directory)
})

test("whatever damages a chunk's row, the error names its market, and other markets are whole", async () => {
  const other = { ...fromDownload, market: "ETH/USDT" }
  await store.add({ ...other, candles: part(0, 20) })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.record({ bytes: fc.uint8Array({ maxLength: 900 }).map((bytes) => Buffer.from(bytes)) }),
        fc.record({ extra: fc.constantFrom("", "{", "null", "[1]", '["a"]', "7") }),
        fc.record({ candles: fc.integer({ min: 21, max: 1e9 }) }),
        fc.record({ regular: fc.constant(0) }),
      ),
      async (damage) => {
        await store.remove(name)
        await store.add({ ...fromDownload, candles: part(0, 20) })
        const database = await openDatabase<CandleTables>({
          file: join(directory, "candles.db"),
          migrations: candleMigrations,
        })
        await database.updateTable("candle_chunk").set(damage).where("series_id", "=", "binance BTC/USDT 1m").execute()
        await database.destroy()
        const named = /The kept candles of binance BTC\/USDT 1m are damaged: .+ Remove them and fetch them again/
        await expect(store.read(name)).rejects.toThrow(named)
        await expect(store.add({ ...fromDownload, candles: part(5, 30) })).rejects.toThrow(named)
        expect(await store.read(other)).toEqual(part(0, 20))
      },
    ),
    { numRuns: 25 },
  )
})

test("a data folder that is a file, or under one, is refused with a sentence", async () => {
  const file = join(directory, "file")
  await writeFile(file, "")
  await expect(openCandleStore(file)).rejects.toThrow("is a file and not a folder")
  await expect(openCandleStore(join(file, "deeper"))).rejects.toThrow("a part of its path is a file and not a folder")
  await mkdir(join(directory, "odd", "candles.db"), { recursive: true, mode: 0o700 })
  await expect(openCandleStore(join(directory, "odd"))).rejects.toThrow("is a folder; name a file in it")
})

test("a store closed and opened again holds the same, until it is removed", async () => {
  await store.add({ ...fromDownload, candles: part(0, 50) })
  await store.close()
  store = await openCandleStore(directory)
  expect(await store.read(name)).toEqual(part(0, 50))
  expect(await store.remove(name)).toBe(true)
  expect([await store.read(name), await store.list(), await store.remove(name)]).toEqual([undefined, [], false])
})

test("a store from before chunks left out their times reads the same, and accepts more", async () => {
  const older = join(directory, "older")
  await mkdir(older, { mode: 0o700 })
  const database = await openDatabase<CandleTables>({
    file: join(older, "candles.db"),
    migrations: { "2026-11-candles": candleMigrations["2026-11-candles"] },
  })
  const first = part(0, 100)
  const series = {
    id: "binance BTC/USDT 1m",
    ...name,
    origin: "download",
    source: "test",
    candles: 100,
    from_ms: first.openTimeMs[0],
    to_ms: first.openTimeMs[99],
    fetched: "[]",
    gaps: null,
    hash: null,
    changed_ms: 1,
  }
  await database.insertInto("candle_series").values(series).execute()
  const bytes = Buffer.from(candleBytes(first))
  await sql`insert into candle_chunk (series_id, bucket, candles, extra, bytes) values (${series.id}, ${bucketOf(first.openTimeMs[0], MINUTE_MS)}, 100, '[]', ${bytes})`.execute(
    database,
  )
  await database.destroy()
  const opened = await openCandleStore(older)
  expect(await opened.read(name)).toEqual(first)
  await opened.add({ ...fromDownload, candles: part(50, 200) })
  expect(await opened.read(name)).toEqual(part(0, 200))
  await opened.close()
})

test.runIf(process.platform !== "win32")(
  "only the owner may read it, and a foreign file or open folder is refused with a sentence",
  async () => {
    const modes = await Promise.all(
      [directory, join(directory, "candles.db")].map(async (path) => ((await stat(path)).mode & 0o777).toString(8)),
    )
    expect(modes).toEqual(["700", "600"])
    const foreign = await mkdtemp(join(tmpdir(), "foreign-"))
    await writeFile(
      join(foreign, "candles.db"),
      "these are not candles but a letter to a friend, long enough to be a header of something",
      { mode: 0o600 },
    )
    await expect(openCandleStore(foreign)).rejects.toThrow("cannot be used as Candlewright's database")
    await chmod(foreign, 0o755)
    await expect(openCandleStore(foreign)).rejects.toThrow("Other people on this computer can open")
    await rm(foreign, { recursive: true })
  },
)
