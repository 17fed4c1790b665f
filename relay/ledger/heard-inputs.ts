import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotState } from "./bot-record.ts"
import type { LiveTrade } from "./step.ts"

/** How much a bot's engine has heard, and its state after the last of it. */
export type HeardCount = { count: number; state: BotState }

/** Undefined before the first. */
export function heardCount(database: Kysely<RelayTables>, botId: string): Promise<HeardCount | undefined> {
  return database.transaction().execute(async (transaction) => {
    const state = await stateOf(transaction, botId)
    const rows = transaction.selectFrom("bot_input").where("bot_id", "=", botId)
    const last = await rows.select((select) => select.fn.max("n").as("n")).executeTakeFirst()
    return state && last?.n ? { state, count: last.n } : undefined
  })
}

/** The engine's state as the last step left it; undefined before the first. */
export async function stateOf(database: Kysely<RelayTables>, botId: string): Promise<BotState | undefined> {
  const rows = database.selectFrom("bot").select(["state", "state_about"]).where("id", "=", botId)
  const row = await rows.executeTakeFirst()
  if (!row?.state || row.state_about === null) return undefined
  return { bytes: new Uint8Array(row.state), about: JSON.parse(row.state_about) as unknown }
}

/** What it heard from the `first` to the `last`, counted from 1, oldest first. */
export async function inputsOf(
  database: Kysely<RelayTables>,
  botId: string,
  { first, last }: { first: number; last: number },
): Promise<unknown[]> {
  const rows = database.selectFrom("bot_input").select("body").where("bot_id", "=", botId)
  const own = await rows.where("n", ">=", first).where("n", "<=", last).orderBy("n").execute()
  return own.map(({ body }) => JSON.parse(body) as unknown)
}

/** Trades of a bot as its engine booked them, oldest first, so many after the first `skip`. */
export async function bookedTrades(
  database: Kysely<RelayTables>,
  botId: string,
  { skip, limit }: { skip: number; limit: number },
): Promise<LiveTrade[]> {
  const rows = database.selectFrom("bot_trade").select("body").where("bot_id", "=", botId).where("n", ">", skip)
  const own = await rows.orderBy("n").limit(limit).execute()
  return own.map(({ body }) => JSON.parse(body) as LiveTrade)
}
