import type { Kysely } from "kysely"

/** A passkey of a person's: the public part, and how often it says it was used. */
export type PasskeyTable = {
  /** As its device calls it, base64url. */
  id: string
  person: string
  name: string
  /** The name it is good for: a public host, or localhost. */
  host: string
  /** COSE, base64url. */
  public_key: string
  counter: number
  created_ms: number
  used_ms: number | null
}

export type PasskeyTables = { passkey: PasskeyTable }

export async function createPasskeys(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("passkey")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("host", "text", (column) => column.notNull())
    .addColumn("public_key", "text", (column) => column.notNull())
    .addColumn("counter", "bigint", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("used_ms", "bigint")
    .execute()
}
