import type { Kysely, Transaction } from "kysely"
import { plainTime } from "#engine/candles"
import { AuditLog } from "../audit/audit-log.ts"
import type { Actor } from "../audit/audit-entry.ts"
import { changeOf } from "../audit/audited-state.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

type Restored = {
  /** When the backup was made; undefined where only the database server knows. */
  madeMs: number | undefined
  surroundings: Pick<Surroundings, "nowMs">
}

const owner: Actor = { kind: "owner", id: "owner", name: "owner" }

/**
 * Makes a restored database one that may be started: a new epoch, so that no order id is used twice, and no bot that
 * buys before its owner has looked. Bots go on protecting and selling what they hold.
 */
export async function markRestored(database: Kysely<RelayTables>, restored: Restored): Promise<{ paused: number }> {
  const audit = new AuditLog({ database, surroundings: restored.surroundings })
  await audit.begin()
  return audit.change(owner, async (transaction) => {
    await beginLaterEpoch(transaction, restored.surroundings.nowMs())
    const restoredMs = restored.surroundings.nowMs()
    // What waited to be said then is old by now.
    await transaction.deleteFrom("notice").execute()
    const row = { id: 1, made_ms: restored.madeMs ?? null, restored_ms: restoredMs }
    await transaction.deleteFrom("restoration").execute()
    await transaction.insertInto("restoration").values(row).execute()
    const result = { paused: await pauseAll(transaction, restored) }
    const after = { subject: "relay", state: { madeMs: row.made_ms, restoredMs } }
    return { result, changes: [changeOf("relay.restored", { after })] }
  })
}

/**
 * Starts after the backup counted on from its epoch, and nobody knows how far: seconds are more than all of them, and
 * more than those of a restore before.
 */
async function beginLaterEpoch(transaction: Transaction<RelayTables>, nowMs: number): Promise<void> {
  const found = await transaction.selectFrom("order_epoch").select("epoch").executeTakeFirst()
  const row = { id: 1, epoch: Math.max((found?.epoch ?? 0) + 1, Math.floor(nowMs / 1000)) }
  await transaction.deleteFrom("order_epoch").execute()
  await transaction.insertInto("order_epoch").values(row).execute()
}

async function pauseAll(transaction: Transaction<RelayTables>, { madeMs, surroundings }: Restored): Promise<number> {
  const bots = await transaction.selectFrom("bot").selectAll().where("status", "!=", "stopped").execute()
  const last = await transaction
    .selectFrom("bot_event")
    .select((select) => select.fn.max("seq").as("seq"))
    .executeTakeFirst()
  for (const [n, { id, account_id, status }] of bots.entries()) {
    if (status === "running" || status === "starting")
      await transaction.updateTable("bot").set({ status: "paused", wish: "pause" }).where("id", "=", id).execute()
    await transaction
      .insertInto("bot_event")
      .values({
        seq: (last?.seq ?? 0) + 1 + n,
        bot_id: id,
        account_id,
        at_ms: surroundings.nowMs(),
        kind: "problem",
        words: restoredWords(madeMs),
        about: null,
        candle_ms: null,
      })
      .execute()
  }
  return bots.length
}

function restoredWords(madeMs: number | undefined): string {
  const of = madeMs === undefined ? "a backup" : `a backup of ${plainTime(madeMs)}`
  return `Restored from ${of}: nothing is bought. What it did after that, only the exchange knows: look at orders and coins there, answer the reconcile inbox, then resume.`
}
