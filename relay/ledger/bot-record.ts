import type { Selectable } from "kysely"
import type { BotTable } from "../store/ledger-schema.ts"

/** `closing`: sells all and then is `paused` or `stopped`. `halted`: something is wrong; stops stay at the exchange. */
export const botStatuses = ["starting", "running", "paused", "closing", "stopped", "halted"] as const
export type BotStatus = (typeof botStatuses)[number]

/** What its owner wants of it: `close` sells all and then pauses, `stop` sells all and ends. */
export type BotWish = "run" | "pause" | "close" | "stop"

export type BotHashes = { engine: string; strategy: string; params: string }

/** A bot as it was deployed, and where it stands. */
export type BotRecord = {
  id: string
  accountId: string
  name: string
  /** The document as JSON text, and its chosen params. */
  document: string
  params: Record<string, number | boolean>
  markets: string[]
  /** Quote currency it began with, a decimal text. */
  cash: string
  status: BotStatus
  wish: BotWish
  haltedBecause: string | null
  hashes: BotHashes
  createdMs: number
  fromMs: number
}

/** The engine's state between two steps, with what belongs to it. */
export type BotState = { bytes: Uint8Array; about: unknown }

export function botFromRow(row: Selectable<Omit<BotTable, "state" | "state_about">>): BotRecord {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    document: row.document,
    params: JSON.parse(row.params) as BotRecord["params"],
    markets: JSON.parse(row.markets) as string[],
    cash: row.cash,
    status: row.status as BotStatus,
    wish: row.wish as BotWish,
    haltedBecause: row.halted_because,
    hashes: JSON.parse(row.hashes) as BotHashes,
    createdMs: row.created_ms,
    fromMs: row.from_ms,
  }
}

export function rowOfBot(bot: BotRecord): Omit<BotTable, "state" | "state_about"> {
  return {
    id: bot.id,
    account_id: bot.accountId,
    name: bot.name,
    document: bot.document,
    params: JSON.stringify(bot.params),
    markets: JSON.stringify(bot.markets),
    cash: bot.cash,
    status: bot.status,
    wish: bot.wish,
    halted_because: bot.haltedBecause,
    hashes: JSON.stringify(bot.hashes),
    created_ms: bot.createdMs,
    from_ms: bot.fromMs,
  }
}
