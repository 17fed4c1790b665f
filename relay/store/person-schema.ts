import type { Kysely } from "kysely"

/** Whose everything is that was here before there were people; the command line of the relay's computer is theirs. */
export const FIRST_PERSON = "owner"

/** Somebody who uses this relay. */
export type PersonTable = {
  id: string
  name: string
  role: string
  created_ms: number
  /** null: they may come in. */
  ended_ms: number | null
}

/** A link that makes whoever opens it a person of this relay, once; a hash of its token. */
export type InvitationTable = {
  id: string
  name: string
  role: string
  hash: string
  /** JSON: accounts that are shown to them, by id. */
  accounts: string
  /** Who invites. */
  person: string
  created_ms: number
  until_ms: number
}

/** What somebody may do with another's account. */
export type AccountShareTable = { account_id: string; person: string; reach: string }

/** Whose an account was that was removed: what its bots did is still theirs. */
export type DepartedAccountTable = { account_id: string; person: string }

export type PersonTables = {
  person: PersonTable
  invitation: InvitationTable
  account_share: AccountShareTable
  departed_account: DepartedAccountTable
}

/** People, and whose every row is: what was there before is the first person's. */
export async function createPersons(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("person")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("ended_ms", "bigint")
    .execute()
  await database.schema
    .createTable("invitation")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("accounts", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("until_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("account_share")
    .addColumn("account_id", "text", (column) => column.notNull().references("account.id").onDelete("cascade"))
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("reach", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_share_key", ["account_id", "person"])
    .execute()
  await database.schema
    .createTable("departed_account")
    .addColumn("account_id", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull())
    .execute()
  for (const table of ["device", "token", "job", "notice_channel", "model_key", "removed_account"])
    await database.schema
      .alterTable(table)
      .addColumn("person", "text", (column) => column.notNull().defaultTo(FIRST_PERSON))
      .execute()
  await database.schema.alterTable("device").addColumn("good_for_ms", "bigint").execute()
  await database.schema.alterTable("device").addColumn("address", "text").execute()
}
