import type { Kysely } from "kysely"

/** Long work that somebody asked for. */
export type JobTable = {
  id: string
  kind: string
  status: string
  /** JSON: what was asked. */
  asked: string
  created_ms: number
  ended_ms: number | null
  /** How often it was begun. */
  tries: number
  /** JSON: its answer, once it is done. */
  result: string | null
  /** Why there is none, in words, and the place in the body that is to blame. */
  error: string | null
  field: string | null
  /** Who asked. */
  person: string
}

export async function createJobs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("job")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("asked", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("ended_ms", "bigint")
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("result", "text")
    .addColumn("error", "text")
    .addColumn("field", "text")
    .execute()
}
