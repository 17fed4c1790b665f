import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent, EventAbout, EventKind } from "./bot-event.ts"

/** Which events: of one bot, account or kind; at a candle, or until one. */
export type EventsOf = {
  botId?: string
  accountId?: string
  kinds?: readonly EventKind[]
  candleMs?: number
  /** Of this candle and those before it. */
  untilCandleMs?: number
}

export type EventPage = { after?: number; before?: number; limit: number }

/** Events after (or before) one; the newest first where no `after` is named. */
export async function eventsIn(
  database: Kysely<RelayTables>,
  of: EventsOf,
  { after, before, limit }: EventPage,
): Promise<BotEvent[]> {
  let query = database.selectFrom("bot_event").selectAll().limit(limit)
  if (of.botId !== undefined) query = query.where("bot_id", "=", of.botId)
  if (of.accountId !== undefined) query = query.where("account_id", "=", of.accountId)
  if (of.kinds !== undefined) query = query.where("kind", "in", of.kinds)
  if (of.candleMs !== undefined) query = query.where("candle_ms", "=", of.candleMs)
  if (of.untilCandleMs !== undefined) query = query.where("candle_ms", "<=", of.untilCandleMs)
  if (before !== undefined) query = query.where("seq", "<", before)
  query = after === undefined ? query.orderBy("seq", "desc") : query.where("seq", ">", after).orderBy("seq")
  const rows = await query.execute()
  return rows.map((row) => ({
    seq: row.seq,
    botId: row.bot_id,
    accountId: row.account_id,
    atMs: row.at_ms,
    kind: row.kind as EventKind,
    words: row.words,
    about: row.about === null ? undefined : (JSON.parse(row.about) as EventAbout),
    ...(row.candle_ms === null ? {} : { candleMs: row.candle_ms }),
  }))
}
