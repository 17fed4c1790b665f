import type { Kysely, Migration } from "kysely"

/** One row: this installation. */
export type InstanceTable = { id: string; created_ms: number }

/** A browser that was paired: it proves its key with each request. */
export type DeviceTable = {
  id: string
  name: string
  /** JSON: its P-256 key, the public part. */
  public_key: string
  created_ms: number
  last_seen_ms: number
}

/** A program's token, as a hash. */
export type TokenTable = {
  id: string
  name: string
  scope: string
  hash: string
  created_ms: number
  /** null: until it is revoked. */
  expires_ms: number | null
  last_used_ms: number | null
}

export type RelayTables = { instance: InstanceTable; device: DeviceTable; token: TokenTable }

/** The tables' history, the same in the embedded database and PostgreSQL: never change a released one, add the next. */
export const relayMigrations: Record<string, Migration> = {
  "2026-11-instance": { up: createInstance },
  "2026-11-people": { up: createPeople },
}

async function createInstance(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("instance")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .execute()
}

async function createPeople(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("device")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("public_key", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("last_seen_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("token")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("expires_ms", "bigint")
    .addColumn("last_used_ms", "bigint")
    .execute()
}
