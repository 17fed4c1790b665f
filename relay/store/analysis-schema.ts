import type { Kysely } from "kysely"

/** What was said of a market, written before its outcome is known. */
export type AnalysisTable = {
  id: string
  at_ms: number
  /** When its outcome is known, UTC ms. */
  due_ms: number
  venue: string
  market: string
  /** JSON: all of it but the outcome; never rewritten. */
  said: string
  /** JSON, once it is known. */
  outcome: string | null
}

/** One call of a model by the relay itself, as JSON: its own ledger, for its own budget. */
export type ModelCallTable = { id: string; at_ms: number; call: string }

/** One row: which markets are looked at by themselves, how often, and what that may cost. */
export type AnalysisWatchTable = { id: number; watch: string }

export type AnalysisTables = {
  analysis: AnalysisTable
  model_call: ModelCallTable
  analysis_watch: AnalysisWatchTable
}

export async function createAnalyses(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("analysis")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("due_ms", "bigint", (column) => column.notNull())
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("said", "text", (column) => column.notNull())
    .addColumn("outcome", "text")
    .execute()
  await database.schema.createIndex("analysis_by_time").on("analysis").columns(["at_ms"]).execute()
  await database.schema
    .createTable("model_call")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("call", "text", (column) => column.notNull())
    .execute()
  await database.schema.createIndex("model_call_by_time").on("model_call").columns(["at_ms"]).execute()
  await database.schema
    .createTable("analysis_watch")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("watch", "text", (column) => column.notNull())
    .execute()
}
