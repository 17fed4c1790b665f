import type { Kysely } from "kysely"

/** A key of a person's for models at a host. Key and address are sealed as exchange keys are. */
export type ModelKeyTable = {
  id: string
  name: string
  /** Of the table of hosts: "openai", "ollama", "other"… */
  host: string
  /** What is shown of where it leads. */
  target: string
  /** 1: it is a program on this computer. */
  is_local: number
  last4: string
  /** Counts up with each replacement. */
  version: number
  account_key: string
  api_key: string
  secret: string
  created_ms: number
  person: string
}

export type ModelTables = { model_key: ModelKeyTable }

export async function createModelKeys(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("model_key")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("host", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .addColumn("is_local", "integer", (column) => column.notNull())
    .addColumn("last4", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("account_key", "text", (column) => column.notNull())
    .addColumn("api_key", "text", (column) => column.notNull())
    .addColumn("secret", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .execute()
}
