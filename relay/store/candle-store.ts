import { join } from "node:path"
import type { Kysely, Selectable, Transaction } from "kysely"
import {
  bucketOf,
  bucketsOf,
  candleBytes,
  candlesFromColumns,
  countHoles,
  joinRanges,
  mergeColumns,
  sha256Hex,
  sliceCandles,
  candleTimeframesMs,
  type CandleColumns,
  type Candles,
  type CandleTimeframe,
  type TimeRange,
} from "#engine/candles"
import { openDataDirectory } from "./data-directory.ts"
import { packChunk, packedChunk, parsed, unpackChunks } from "./candle-chunk.ts"
import { candleMigrations, type CandleSeriesTable, type CandleTables } from "./candle-schema.ts"
import { type DatabasePlace, openDatabase } from "./database.ts"
import { databaseAddress } from "./database-address.ts"
import { damagedCandles, storeFailure } from "./store-failure.ts"

/** Which candles: `venue` is an exchange such as "binance", or "file". */
export type SeriesName = { venue: string; market: string; timeframe: CandleTimeframe }

/** What is kept of a market. Times are UTC ms of candles' opens; null without candles. */
export type CandleSeries = SeriesName & {
  origin: "download" | "file"
  source: string
  candles: number
  fromMs: number | null
  toMs: number | null
  /** The stretches we asked the exchange for: where they hold no candle, it has none. */
  fetched: TimeRange[]
  /** Stretches without candles, and sha256 of the candles (`candleBytes`); null while a download is not finished. */
  gaps: number | null
  hash: string | null
  changedMs: number
}

/** Candles to add; `fetched` is the stretch of which the exchange said that these are all. */
export type CandleAddition = SeriesName & {
  origin: CandleSeries["origin"]
  source: string
  candles?: Candles
  fetched?: TimeRange
  nowMs: number
}

/**
 * Candles on disk, in chunks of about 10,000. Every addition is one transaction: after a power cut it is there whole
 * or not at all.
 */
export class CandleStore {
  readonly #database: Kysely<CandleTables>

  constructor(database: Kysely<CandleTables>) {
    this.#database = database
  }

  /** Every market there is, by name. */
  async list(): Promise<CandleSeries[]> {
    const rows = await this.#database.selectFrom("candle_series").selectAll().orderBy("id").execute()
    return rows.map(seriesFromRow)
  }

  async find(name: SeriesName): Promise<CandleSeries | undefined> {
    const row = await this.#database
      .selectFrom("candle_series")
      .selectAll()
      .where("id", "=", idOf(name))
      .executeTakeFirst()
    return row && seriesFromRow(row)
  }

  /**
   * Adds candles; a new one replaces the old. Returns the open times where the old one was different: changed
   * history.
   */
  async add(addition: CandleAddition): Promise<{ changed: number[] }> {
    return this.#whole(async (transaction) => {
      await touch(transaction, addition)
      const changed = addition.candles === undefined ? [] : await addCandles(transaction, addition, addition.candles)
      if (addition.fetched !== undefined) await addFetched(transaction, addition, addition.fetched)
      return { changed }
    })
  }

  /** The candles kept, or those of a period; undefined when there are none. */
  async read(name: SeriesName, period: Partial<TimeRange> = {}): Promise<Candles | undefined> {
    const timeframeMs = candleTimeframesMs[name.timeframe]
    let chunks = this.#database.selectFrom("candle_chunk").select(packedChunk).where("series_id", "=", idOf(name))
    if (period.fromMs !== undefined) chunks = chunks.where("bucket", ">=", bucketOf(period.fromMs, timeframeMs))
    if (period.toMs !== undefined) chunks = chunks.where("bucket", "<=", bucketOf(period.toMs, timeframeMs))
    const rows = await chunks.orderBy("bucket").execute()
    if (rows.length === 0) return undefined
    const answer = candlesFromColumns(unpackChunks(rows, name), { timeframe: name.timeframe })
    if (!answer.ok) throw damagedCandles(idOf(name), answer.because)
    const candles = sliceCandles(answer.candles, period)
    return candles.openTimeMs.length > 0 ? candles : undefined
  }

  /** Reads all candles once and stores their gaps and hash; call it after a download or import. */
  async seal(name: SeriesName): Promise<CandleSeries> {
    const candles = await this.read(name)
    const figures =
      candles === undefined
        ? { gaps: 0, hash: null }
        : { gaps: countHoles(candles), hash: await sha256Hex(candleBytes(candles)) }
    await this.#database.updateTable("candle_series").set(figures).where("id", "=", idOf(name)).execute()
    return (await this.find(name))!
  }

  /** Removes a market's candles; false when there were none. */
  async remove(name: SeriesName): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom("candle_series")
      .where("id", "=", idOf(name))
      .executeTakeFirst()
    return numDeletedRows > 0
  }

  /** Runs one transaction; what the disk refuses becomes a sentence. */
  async #whole<Answer>(act: (transaction: Transaction<CandleTables>) => Promise<Answer>): Promise<Answer> {
    return this.#database
      .transaction()
      .execute(act)
      .catch((error: unknown) => {
        throw storeFailure(error) ?? error
      })
  }

  close(): Promise<void> {
    return this.#database.destroy()
  }
}

/** Opens the candles kept in a data directory; creates it, private to its owner, when it is missing. */
export async function openCandleStore(
  dataDirectory: string,
  { address = databaseAddress(), surroundings }: Pick<DatabasePlace, "address" | "surroundings"> = {},
): Promise<CandleStore> {
  await openDataDirectory(dataDirectory)
  return new CandleStore(
    await openDatabase<CandleTables>({
      file: join(dataDirectory, "candles.db"),
      address: address || undefined,
      migrations: candleMigrations,
      surroundings,
    }),
  )
}

async function touch(transaction: Transaction<CandleTables>, addition: CandleAddition): Promise<void> {
  const { venue, market, timeframe, origin, source, nowMs } = addition
  const changes = { origin, source, gaps: null, hash: null, changed_ms: nowMs }
  await transaction
    .insertInto("candle_series")
    .values({
      id: idOf(addition),
      venue,
      market,
      timeframe,
      candles: 0,
      from_ms: null,
      to_ms: null,
      fetched: "[]",
      ...changes,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changes))
    .execute()
}

async function addCandles(
  transaction: Transaction<CandleTables>,
  name: SeriesName,
  candles: Candles,
): Promise<number[]> {
  const timeframeMs = candleTimeframesMs[name.timeframe]
  const changed: number[] = []
  let added = 0
  for (const [bucket, fresh] of bucketsOf(candles, timeframeMs)) {
    const old = await transaction
      .selectFrom("candle_chunk")
      .select(packedChunk)
      .where("series_id", "=", idOf(name))
      .where("bucket", "=", bucket)
      .execute()
    const merged = mergeColumns(unpackChunks(old, name), fresh)
    for (const { openTimeMs } of merged.changed) changed.push(openTimeMs)
    added += merged.added
    await writeChunk(transaction, name, bucket, merged.columns)
  }
  await widen(transaction, name, {
    added,
    fromMs: candles.openTimeMs[0],
    toMs: candles.openTimeMs[candles.openTimeMs.length - 1],
  })
  return changed
}

async function writeChunk(
  transaction: Transaction<CandleTables>,
  name: SeriesName,
  bucket: number,
  columns: CandleColumns,
): Promise<void> {
  const packed = packChunk(columns, candleTimeframesMs[name.timeframe])
  await transaction
    .insertInto("candle_chunk")
    .values({ series_id: idOf(name), bucket, ...packed })
    .onConflict((conflict) => conflict.columns(["series_id", "bucket"]).doUpdateSet(packed))
    .execute()
}

async function widen(
  transaction: Transaction<CandleTables>,
  name: SeriesName,
  { added, fromMs, toMs }: TimeRange & { added: number },
): Promise<void> {
  const before = await transaction
    .selectFrom("candle_series")
    .select(["candles", "from_ms", "to_ms"])
    .where("id", "=", idOf(name))
    .executeTakeFirstOrThrow()
  const figures = {
    candles: before.candles + added,
    from_ms: Math.min(before.from_ms ?? fromMs, fromMs),
    to_ms: Math.max(before.to_ms ?? toMs, toMs),
  }
  await transaction.updateTable("candle_series").set(figures).where("id", "=", idOf(name)).execute()
}

async function addFetched(transaction: Transaction<CandleTables>, name: SeriesName, range: TimeRange): Promise<void> {
  const row = await transaction
    .selectFrom("candle_series")
    .select(["id", "fetched"])
    .where("id", "=", idOf(name))
    .executeTakeFirstOrThrow()
  const together = joinRanges([...fetchedOf(row), range])
  await transaction
    .updateTable("candle_series")
    .set({ fetched: JSON.stringify(together) })
    .where("id", "=", idOf(name))
    .execute()
}

function seriesFromRow(row: Selectable<CandleSeriesTable>): CandleSeries {
  const { venue, market, source, candles, gaps, hash } = row
  return {
    venue,
    market,
    source,
    candles,
    gaps,
    hash,
    timeframe: row.timeframe as CandleTimeframe,
    origin: row.origin as CandleSeries["origin"],
    fromMs: row.from_ms,
    toMs: row.to_ms,
    fetched: fetchedOf(row),
    changedMs: row.changed_ms,
  }
}

function fetchedOf({ id, fetched }: Pick<CandleSeriesTable, "id" | "fetched">): TimeRange[] {
  const ranges = parsed(fetched)
  const isRange = (each: TimeRange | null) => Number.isFinite(each?.fromMs) && Number.isFinite(each?.toMs)
  if (!Array.isArray(ranges) || !ranges.every(isRange))
    throw damagedCandles(id, "the record of fetched stretches is unreadable.")
  return ranges as TimeRange[]
}

function idOf({ venue, market, timeframe }: SeriesName): string {
  return `${venue} ${market} ${timeframe}`
}
