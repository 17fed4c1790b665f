import type { Kysely, Migration } from "kysely"

/** One row: this installation. */
export type InstanceTable = { id: string; created_ms: number }

export type RelayTables = { instance: InstanceTable }

/** The tables' history, the same in the embedded database and PostgreSQL: never change a released one, add the next. */
export const relayMigrations: Record<string, Migration> = {
  "2026-11-instance": { up: createInstance },
}

async function createInstance(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("instance")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .execute()
}
