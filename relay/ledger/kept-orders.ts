import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import { handOf } from "./own-order.ts"

/** Those of these order ids that are not kept. */
export async function notKept(database: Kysely<RelayTables>, clientOrderIds: readonly string[]): Promise<string[]> {
  if (clientOrderIds.length === 0) return []
  const query = database.selectFrom("bot_order").select("client_order_id as id")
  const rows = await query.where("client_order_id", "in", clientOrderIds).execute()
  const kept = new Set(rows.map(({ id }) => id))
  return clientOrderIds.filter((id) => !kept.has(id))
}

/** Those of these numbers of an exchange that orders of an account's bots have. */
export async function keptNumbers(
  database: Kysely<RelayTables>,
  accountId: string,
  exchangeOrderIds: readonly string[],
): Promise<Set<string>> {
  if (exchangeOrderIds.length === 0) return new Set()
  const query = database.selectFrom("bot_order").select("exchange_order_id as id").where("account_id", "=", accountId)
  const ofBots = query.where("bot_id", "!=", handOf(accountId))
  const rows = await ofBots.where("exchange_order_id", "in", exchangeOrderIds).execute()
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

export type SentOrder = { clientOrderId: string; createdMs: number }

/** Orders of an account since a time, as they were sent: a stop that went with its entry is no request of its own. */
export async function sentSince(
  database: Kysely<RelayTables>,
  accountId: string,
  sinceMs: number,
): Promise<SentOrder[]> {
  const rows = database.selectFrom("bot_order").select(["client_order_id as clientOrderId", "created_ms as createdMs"])
  const recent = rows.where("account_id", "=", accountId).where("created_ms", ">=", sinceMs)
  return recent.where((build) => build.or([build("list_id", "is", null), build("role", "!=", "stop")])).execute()
}
