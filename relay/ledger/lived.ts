import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"

/** How long a bot has decided on candles, and how many trades it has ended. */
export type Lived = { lastedMs: number; trades: number }

/** What a bot that decides from `fromMs` on has lived through by now. */
export async function livedBy(
  database: Kysely<RelayTables>,
  { id, fromMs }: { id: string; fromMs: number },
): Promise<Lived> {
  const points = database.selectFrom("bot_equity").where("bot_id", "=", id)
  const last = await points.select((select) => select.fn.max("at_ms").as("ms")).executeTakeFirst()
  const own = database.selectFrom("bot_trade").where("bot_id", "=", id)
  const { count } = await own
    .select((select) => select.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow()
  return { lastedMs: Math.max(0, (last?.ms ?? fromMs) - fromMs), trades: Number(count) }
}
