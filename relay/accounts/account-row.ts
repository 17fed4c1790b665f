import type { Kysely, Selectable } from "kysely"
import type { AccountTable, RelayTables } from "../store/relay-schema.ts"
import { twinName } from "./shared-key.ts"

/** A row of an account, and what is shown of its key. */
export type AccountRow = Selectable<AccountTable> & { [Name in keyof KeyColumns]: KeyColumns[Name] | null }
type KeyColumns = {
  last4: string
  fingerprint: string
  of_account: string
  warnings: string
  since_ms: number
  /** The name of the account that has had its key, or another of the same account at the exchange, for longer. */
  twin: string
}

/** Accounts with what is shown of their keys. */
export function withKeys(database: Kysely<RelayTables>) {
  return database
    .selectFrom("account")
    .leftJoin("account_key", "account_key.account_id", "account.id")
    .selectAll("account")
    .select([
      "account_key.last4",
      "account_key.fingerprint",
      "account_key.of_account",
      "account_key.warnings",
      "account_key.created_ms as since_ms",
    ])
    .select((select) => twinName(select as never).as("twin"))
}

/** The row of one; undefined when there is none. */
export function rowIn(database: Kysely<RelayTables>, id: string): Promise<AccountRow | undefined> {
  return withKeys(database).where("account.id", "=", id).executeTakeFirst()
}
