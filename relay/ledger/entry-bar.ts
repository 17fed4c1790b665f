import type { Kysely, Selectable, Transaction } from "kysely"
import type { EntryBarTable } from "../store/ledger-schema.ts"
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

type BarRow = Selectable<EntryBarTable>
/** Writes down that one was changed, together with the change. */
export type LogBar = (
  transaction: Transaction<RelayTables>,
  change: { before: BarRow | undefined; after: BarRow },
) => Promise<void>

/** Puts one in the place of the one of its name. */
export async function keepBar(
  transaction: Transaction<RelayTables>,
  accountId: string,
  { bar, log }: { bar: EntryBar; log: LogBar | undefined },
): Promise<void> {
  const { name, words, sinceMs, untilMs } = bar
  const after = { account_id: accountId, name, words, since_ms: sinceMs, until_ms: untilMs }
  const rows = transaction.selectFrom("entry_bar").selectAll().where("account_id", "=", accountId)
  const before = await rows.where("name", "=", name).executeTakeFirst()
  await transaction.deleteFrom("entry_bar").where("account_id", "=", accountId).where("name", "=", name).execute()
  await transaction.insertInto("entry_bar").values(after).execute()
  await log?.(transaction, { before, after })
}
