import type { Kysely, Transaction } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"

/** What may keep an account from buying: a limit that was reached, or another relay that trades there. */
export type BarName = "daily-loss" | "drawdown" | "other-relay"

/** Nothing is bought on an account, whatever its bots win back meanwhile. */
export type EntryBar = {
  name: BarName
  /** Why, as the end of a sentence. */
  words: string
  sinceMs: number
  /** In the exchange's time; null: until its owner says so. */
  untilMs: number | null
}

/** All that were kept of an account, those that are over too. */
export async function barsOf(database: Kysely<RelayTables>, accountId: string): Promise<EntryBar[]> {
  const rows = await database.selectFrom("entry_bar").selectAll().where("account_id", "=", accountId).execute()
  return rows.map(({ name, words, since_ms, until_ms }) => ({
    name: name as BarName,
    words,
    sinceMs: since_ms,
    untilMs: until_ms,
  }))
}

/** Puts one in the place of the one of this name; nothing where it is lifted. */
export async function keepBar(
  transaction: Transaction<RelayTables>,
  accountId: string,
  { name, is }: { name: BarName; is: EntryBar | undefined },
): Promise<void> {
  await transaction.deleteFrom("entry_bar").where("account_id", "=", accountId).where("name", "=", name).execute()
  if (is === undefined) return
  const row = { account_id: accountId, name, words: is.words, since_ms: is.sinceMs, until_ms: is.untilMs }
  await transaction.insertInto("entry_bar").values(row).execute()
}
