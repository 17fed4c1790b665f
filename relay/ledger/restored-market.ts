import type { Kysely, Transaction } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotRecord } from "./bot-record.ts"

/** Markets of a bot in which it is known what was sold after the backup that was restored at a time. */
export async function restoredMarketsOf(
  database: Kysely<RelayTables>,
  { id, restoredMs }: { id: string; restoredMs: number },
): Promise<Set<string>> {
  const own = database.selectFrom("restored_market").select("market").where("bot_id", "=", id)
  const rows = await own.where("restored_ms", "=", restoredMs).execute()
  return new Set(rows.map(({ market }) => market))
}

export async function keepRestoredMarket(
  transaction: Transaction<RelayTables>,
  { id }: Pick<BotRecord, "id">,
  { market, restoredMs }: { market: string; restoredMs: number },
): Promise<void> {
  await transaction
    .insertInto("restored_market")
    .values({ bot_id: id, market, restored_ms: restoredMs })
    .onConflict((conflict) => conflict.columns(["bot_id", "market", "restored_ms"]).doNothing())
    .execute()
}
