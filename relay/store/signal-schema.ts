import type { Kysely } from "kysely"

/** A trained model that is kept, as JSON: data that its hash names. */
export type SignalModelTable = {
  hash: string
  name: string
  version: number
  added_ms: number
  /** Of the version it was trained anew from; null for one that somebody brought. */
  replaces: string | null
  model: string
}

/** How good a model was on one market, and what warns of it there. */
export type SignalCardTable = {
  hash: string
  venue: string
  market: string
  /** JSON; null where it could not be judged yet. */
  card: string | null
  scored_ms: number
  /** JSON: the warnings now, and the kinds that people have heard of. */
  drift: string
  told: string
}

/** One row: the watched markets and their models. */
export type SignalWatchTable = { id: number; watch: string }

/** What a source said of a market at a candle's close, written before its outcome is known. */
export type SignalCallTable = {
  id: string
  source: string
  venue: string
  market: string
  timeframe: string
  closed_ms: number
  due_ms: number
  /** When its outcome is looked for, UTC ms: later than due where the exchange had no candle yet. */
  ask_ms: number
  /** JSON: all of it but the outcome; never rewritten. */
  said: string
  /** JSON, once it is known; written once. */
  outcome: string | null
}

export type SignalTables = {
  signal_model: SignalModelTable
  signal_card: SignalCardTable
  signal_watch: SignalWatchTable
  signal_call: SignalCallTable
}

export async function createSignals(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("signal_model")
    .addColumn("hash", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("added_ms", "bigint", (column) => column.notNull())
    .addColumn("replaces", "text")
    .addColumn("model", "text", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("signal_card")
    .addColumn("hash", "text", (column) => column.notNull().references("signal_model.hash").onDelete("cascade"))
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("card", "text")
    .addColumn("scored_ms", "bigint", (column) => column.notNull())
    .addColumn("drift", "text", (column) => column.notNull())
    .addColumn("told", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("signal_card_key", ["hash", "venue", "market"])
    .execute()
  await database.schema
    .createTable("signal_watch")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("watch", "text", (column) => column.notNull())
    .execute()
  await createCalls(database)
}

async function createCalls(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("signal_call")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("timeframe", "text", (column) => column.notNull())
    .addColumn("closed_ms", "bigint", (column) => column.notNull())
    .addColumn("due_ms", "bigint", (column) => column.notNull())
    .addColumn("ask_ms", "bigint", (column) => column.notNull())
    .addColumn("said", "text", (column) => column.notNull())
    .addColumn("outcome", "text")
    .execute()
  const index = (name: string, columns: string[]) =>
    database.schema.createIndex(name).on("signal_call").columns(columns).execute()
  await index("signal_call_by_market", ["venue", "market", "closed_ms"])
  await index("signal_call_by_ask", ["ask_ms"])
}
