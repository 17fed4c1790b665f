import type { Kysely } from "kysely"

/** Where a person wants to hear of what happens. Address and secret are sealed as exchange keys are. */
export type NoticeChannelTable = {
  id: string
  kind: string
  name: string
  /** What is shown of where it goes. */
  target: string
  /** 1: it is a program on this computer. */
  is_local: number
  wants_trades: number
  /** "22:00-07:00", UTC: trades wait meanwhile; null: at any time. */
  quiet: string | null
  account_key: string
  api_key: string
  secret: string
  created_ms: number
  sent_ms: number | null
  /** Why the last one did not arrive; null where it did. */
  problem: string | null
  /** Whose it is: it hears of their accounts. */
  person: string
}

/** One notice that has not arrived yet. */
export type NoticeTable = {
  id: string
  channel_id: string
  /** "problem" or "trade" */
  kind: string
  words: string
  at_ms: number
  tries: number
  next_ms: number
}

/** One row: the newest event that notices were made of. */
export type NoticeCursorTable = { id: number; seq: number }

export type NoticeTables = {
  notice_channel: NoticeChannelTable
  notice: NoticeTable
  notice_cursor: NoticeCursorTable
}

export async function createNotices(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("notice_channel")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .addColumn("is_local", "integer", (column) => column.notNull())
    .addColumn("wants_trades", "integer", (column) => column.notNull())
    .addColumn("quiet", "text")
    .addColumn("account_key", "text", (column) => column.notNull())
    .addColumn("api_key", "text", (column) => column.notNull())
    .addColumn("secret", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("sent_ms", "bigint")
    .addColumn("problem", "text")
    .execute()
  await database.schema
    .createTable("notice")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("channel_id", "text", (column) => column.notNull().references("notice_channel.id").onDelete("cascade"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("words", "text", (column) => column.notNull())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("next_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema.createIndex("notice_due").on("notice").columns(["channel_id", "next_ms"]).execute()
  await database.schema
    .createTable("notice_cursor")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .execute()
}
