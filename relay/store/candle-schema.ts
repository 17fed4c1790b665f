import type { Kysely, Migration } from "kysely"

/** One row for each market and timeframe: its catalogue entry, without its candles. */
export type CandleSeriesTable = {
  /** "binance BTC/USDT 1h" */
  id: string
  venue: string
  market: string
  timeframe: string
  /** "download" or "file" */
  origin: string
  /** The exchange's address or the files' names. */
  source: string
  candles: number
  /** Open times of the first and last candle; null without any. UTC ms, as all times here. */
  from_ms: number | null
  to_ms: number | null
  /** JSON: the stretches we asked the exchange for. */
  fetched: string
  /** Stretches without candles and sha256 over all candles, as of the last seal; null while candles arrive. */
  gaps: number | null
  hash: string | null
  changed_ms: number
}

/** About 10,000 candles: those of one market that open in one bucket of time. */
export type CandleChunkTable = {
  series_id: string
  bucket: number
  candles: number
  first_ms: number
  /** 1: each candle opens one timeframe after the one before, and `bytes` has no times. */
  regular: number
  /** JSON: names of the columns beyond the six. */
  extra: string
  /** Little-endian f64, column after column, times first. */
  bytes: Uint8Array
}

export type CandleTables = { candle_series: CandleSeriesTable; candle_chunk: CandleChunkTable }

/** The tables' history: never change a released one, add the next. */
export const candleMigrations: Record<string, Migration> = {
  "2026-11-candles": { up: createTables },
  "2026-11-regular-chunks": { up: leaveOutTimes },
}

/** `bytea` is PostgreSQL's word; libSQL keeps bytes in a column of any type. */
async function createTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("candle_series")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("timeframe", "text", (column) => column.notNull())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("candles", "integer", (column) => column.notNull())
    .addColumn("from_ms", "bigint")
    .addColumn("to_ms", "bigint")
    .addColumn("fetched", "text", (column) => column.notNull())
    .addColumn("gaps", "integer")
    .addColumn("hash", "text")
    .addColumn("changed_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("candle_chunk")
    .addColumn("series_id", "text", (column) => column.notNull().references("candle_series.id").onDelete("cascade"))
    .addColumn("bucket", "integer", (column) => column.notNull())
    .addColumn("candles", "integer", (column) => column.notNull())
    .addColumn("extra", "text", (column) => column.notNull())
    .addColumn("bytes", "bytea", (column) => column.notNull())
    .addPrimaryKeyConstraint("candle_chunk_place", ["series_id", "bucket"])
    .execute()
}

/** Chunks written before have their times. */
async function leaveOutTimes(database: Kysely<unknown>): Promise<void> {
  for (const name of ["first_ms", "regular"]) {
    await database.schema
      .alterTable("candle_chunk")
      .addColumn(name, "bigint", (column) => column.notNull().defaultTo(0))
      .execute()
  }
}
