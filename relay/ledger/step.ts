import type { Transaction } from "kysely"
import type { Fill } from "../exchange/exchange.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent, NewEvent } from "./bot-event.ts"
import type { BotRecord, BotState } from "./bot-record.ts"
import { type Difference, keepDifference } from "./difference.ts"
import { keepRestoredMarket } from "./restored-market.ts"
import { type EntryBar, keepBar, type LogBar } from "./entry-bar.ts"
import { type OwnOrder, rowOfOrder } from "./own-order.ts"

/** Whose step it is. */
export type Owner = Pick<BotRecord, "id" | "accountId">

/** A fill of one of our orders. */
export type OwnFill = Fill & { clientOrderId: string }

/** A trade as the engine booked it. */
export type LiveTrade = {
  market: string
  quantity: number
  entryTimeMs: number
  entryPrice: number
  exitTimeMs: number
  exitPrice: number
  exitReason: string
  profit: number
  feesPaid: number
}

/** Everything that one step of a bot leaves, kept together or not at all. */
export type Step = {
  standing?: Pick<BotRecord, "status" | "wish" | "haltedBecause">
  state?: BotState
  orders?: OwnOrder[]
  fills?: OwnFill[]
  events?: NewEvent[]
  trades?: LiveTrade[]
  equity?: { atMs: number; equity: number }
  /** What the engine heard, as replaying needs it. */
  inputs?: object[]
  /** What is known of a market from now on: what the exchange lacks there, or nothing. */
  difference?: { market: string; is: Difference | undefined }
  /** A market in which it is known from now on what was sold after the backup that was restored at this time. */
  restoredMarket?: { market: string; restoredMs: number }
  /** What keeps the account from buying, and from when until when. */
  bar?: EntryBar
}

/** The events of a step as they are kept after `seq`. */
export function eventsOf(
  { id, accountId }: Owner,
  { events = [] }: Step,
  at: { seq: number; atMs: number },
): BotEvent[] {
  return events.map((event, n) => ({ ...event, seq: at.seq + 1 + n, botId: id, accountId, atMs: at.atMs }))
}

/** Writes everything of a step; raises `counts` by what it writes. */
export async function keepStep(
  transaction: Transaction<RelayTables>,
  bot: Owner,
  step: Step,
  { events, counts, logBar }: { events: BotEvent[]; counts: { trades: number; inputs: number }; logBar?: LogBar },
): Promise<void> {
  await keepBot(transaction, bot.id, step)
  for (const order of step.orders ?? []) await keepOrder(transaction, order)
  for (const fill of step.fills ?? []) await keepFill(transaction, bot, fill)
  for (const event of events) await transaction.insertInto("bot_event").values(rowOfEvent(event)).execute()
  await keepHistory(transaction, bot.id, step, counts)
  if (step.difference) await keepDifference(transaction, bot, step.difference)
  if (step.restoredMarket) await keepRestoredMarket(transaction, bot, step.restoredMarket)
  if (step.bar) await keepBar(transaction, bot.accountId, { bar: step.bar, log: logBar })
  counts.trades += step.trades?.length ?? 0
  counts.inputs += step.inputs?.length ?? 0
}

async function keepBot(transaction: Transaction<RelayTables>, id: string, { standing, state }: Step): Promise<void> {
  const set = {
    ...(standing && { status: standing.status, wish: standing.wish, halted_because: standing.haltedBecause }),
    ...(state && { state: state.bytes, state_about: JSON.stringify(state.about) }),
  }
  if (Object.keys(set).length > 0) await transaction.updateTable("bot").set(set).where("id", "=", id).execute()
}

export async function keepOrder(transaction: Transaction<RelayTables>, order: OwnOrder): Promise<void> {
  const { client_order_id, ...row } = rowOfOrder(order)
  await transaction
    .insertInto("bot_order")
    .values({ client_order_id, ...row })
    .onConflict((conflict) => conflict.column("client_order_id").doUpdateSet(row))
    .execute()
}

/** A fill that is there already stops the whole step: the caller counts each once. */
async function keepFill(transaction: Transaction<RelayTables>, { id, accountId }: Owner, fill: OwnFill): Promise<void> {
  await transaction
    .insertInto("bot_fill")
    .values({
      account_id: accountId,
      market: fill.market,
      fill_id: fill.fillId,
      bot_id: id,
      client_order_id: fill.clientOrderId,
      side: fill.side,
      price: fill.price,
      quantity: fill.quantity,
      fee: fill.fee,
      fee_asset: fill.feeAsset,
      time_ms: fill.timeMs,
    })
    .execute()
}

function rowOfEvent({ seq, botId, accountId, atMs, kind, words, about, candleMs }: BotEvent) {
  return {
    seq,
    bot_id: botId,
    account_id: accountId,
    at_ms: atMs,
    kind,
    words,
    about: about === undefined ? null : JSON.stringify(about),
    candle_ms: candleMs ?? null,
  }
}

async function keepHistory(
  transaction: Transaction<RelayTables>,
  id: string,
  { trades = [], inputs = [], equity }: Step,
  counts: { trades: number; inputs: number },
): Promise<void> {
  const tradeRows = trades.map((trade, n) => ({
    bot_id: id,
    n: counts.trades + 1 + n,
    exit_ms: trade.exitTimeMs,
    body: JSON.stringify(trade),
  }))
  if (tradeRows.length > 0) await transaction.insertInto("bot_trade").values(tradeRows).execute()
  const inputRows = inputs.map((input, n) => ({
    bot_id: id,
    n: counts.inputs + 1 + n,
    body: JSON.stringify(input),
  }))
  if (inputRows.length > 0) await transaction.insertInto("bot_input").values(inputRows).execute()
  if (!equity) return
  const row = { bot_id: id, at_ms: equity.atMs, equity: String(equity.equity) }
  await transaction
    .insertInto("bot_equity")
    .values(row)
    .onConflict((conflict) => conflict.columns(["bot_id", "at_ms"]).doUpdateSet({ equity: row.equity }))
    .execute()
}
