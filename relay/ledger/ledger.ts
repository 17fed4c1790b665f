import { type Kysely, sql, type Transaction } from "kysely"
import type { Fill } from "../exchange/exchange.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent } from "./bot-event.ts"
import { EquityMarks, type Marks } from "./equity-marks.ts"
import { botFromRow, type BotRecord, type BotState, rowOfBot } from "./bot-record.ts"
import { barsOf, type EntryBar, type LogBar } from "./entry-bar.ts"
import { differencesIn, type KeptDifference } from "./difference.ts"
import { bookedTrades, type HeardCount, heardCount, inputsOf, stateOf } from "./heard-inputs.ts"
import { type EventPage, type EventsOf, eventsIn } from "./kept-events.ts"
import { keptNumbers, notKept, type SentOrder, sentSince } from "./kept-orders.ts"
import { type Lived, livedBy } from "./lived.ts"
import { orderFromRow, type OwnOrder } from "./own-order.ts"
import { isOfRelay, OrderIds } from "./order-ids.ts"
import { restoredMarketsOf } from "./restored-market.ts"
import { keepOrder, type LiveTrade, type OwnFill, type Owner, type Step } from "./step.ts"
import { StepKeeper } from "./step-keeper.ts"

type LedgerDeps = {
  database: Kysely<RelayTables>
  nowMs: () => number
  instanceId: string
  /** Where changes of what keeps an account from buying are written down. */
  logBar?: LogBar
}

/**
 * What bots are, have ordered and have traded. A finished call is on the disk. One process writes it; its orders carry
 * the number of its start (`epoch`), so a store that was copied or restored never sends an id again.
 */
export class Ledger {
  readonly #deps: LedgerDeps
  readonly #marks: EquityMarks
  readonly #steps: StepKeeper

  private constructor(
    deps: LedgerDeps,
    /** Makes the ids of orders, and knows whose others are. */
    readonly orderIds: OrderIds,
    /** When this store was brought back from a backup, and when that was made; undefined where it never was. */
    readonly restored: { restoredMs: number; madeMs: number | undefined } | undefined,
  ) {
    this.#deps = deps
    this.#marks = new EquityMarks(deps.database)
    this.#steps = new StepKeeper({
      ...deps,
      onKept: ({ id }, { equity }) => equity && this.#marks.keep(id, equity),
    })
  }

  /** Begins a new epoch. */
  static async open(deps: LedgerDeps): Promise<Ledger> {
    const { database } = deps
    const row = await database.selectFrom("restoration").selectAll().executeTakeFirst()
    const restored = row && { restoredMs: row.restored_ms, madeMs: row.made_ms ?? undefined }
    return new Ledger(deps, await OrderIds.begin(deps), restored)
  }

  async bots(): Promise<BotRecord[]> {
    const rows = await this.#botRows().orderBy("created_ms", "desc").orderBy("id").execute()
    return rows.map(botFromRow)
  }

  async bot(id: string): Promise<BotRecord | undefined> {
    const row = await this.#botRows().where("id", "=", id).executeTakeFirst()
    return row && botFromRow(row)
  }

  async add(bot: BotRecord, transaction: Transaction<RelayTables>): Promise<void> {
    await transaction
      .insertInto("bot")
      .values({ ...rowOfBot(bot), state: null, state_about: null })
      .execute()
  }

  async remove(id: string, transaction: Transaction<RelayTables>): Promise<void> {
    await transaction.deleteFrom("bot_difference").where("bot_id", "=", id).execute()
    await transaction.deleteFrom("restored_market").where("bot_id", "=", id).execute()
    await transaction.deleteFrom("bot").where("id", "=", id).execute()
    this.#marks.forget(id)
  }

  /** The engine's state as the last step left it; undefined before the first. */
  state(id: string): Promise<BotState | undefined> {
    return stateOf(this.#deps.database, id)
  }

  /** How much a bot's engine has heard, and its state after the last of it; undefined before the first. */
  heardCount(id: string): Promise<HeardCount | undefined> {
    return heardCount(this.#deps.database, id)
  }

  /** What a bot's engine heard from the `first` to the `last`, counted from 1, oldest first. */
  inputs(id: string, which: { first: number; last: number }): Promise<unknown[]> {
    return inputsOf(this.#deps.database, id, which)
  }

  /** A bot's trades as its engine booked them, oldest first, so many after the first `skip`. */
  trades(id: string, which: { skip: number; limit: number }): Promise<LiveTrade[]> {
    return bookedTrades(this.#deps.database, id, which)
  }

  /** How long a bot has decided on candles, and how many trades it has ended. */
  lived(bot: Pick<BotRecord, "id" | "fromMs">): Promise<Lived> {
    return livedBy(this.#deps.database, bot)
  }

  /** Orders whose end the engine does not know yet. */
  async openOrders(botId: string): Promise<OwnOrder[]> {
    const rows = await this.#deps.database
      .selectFrom("bot_order")
      .selectAll()
      .where("bot_id", "=", botId)
      .where("is_told", "=", 0)
      .execute()
    return rows.map(orderFromRow)
  }

  /** The smallest order of a bot in each market that the exchange has taken, base units. */
  async leastTaken(botId: string): Promise<Map<string, number>> {
    const rows = await this.#deps.database
      .selectFrom("bot_order")
      .select(["market", sql<number>`min(cast(quantity as double precision))`.as("least")])
      .where("bot_id", "=", botId)
      .where("exchange_order_id", "is not", null)
      .where("status", "in", ["open", "filled", "cancelled"])
      .groupBy("market")
      .execute()
    return new Map(rows.map(({ market, least }) => [market, least]))
  }

  /** Orders kept together with what wants them: on the disk once the transaction is. */
  async addOrders(orders: readonly OwnOrder[], transaction: Transaction<RelayTables>): Promise<void> {
    for (const order of orders) await keepOrder(transaction, order)
  }

  /** One order of an account; undefined when it has none of this id. */
  async order(accountId: string, clientOrderId: string): Promise<OwnOrder | undefined> {
    const orders = this.#deps.database.selectFrom("bot_order").selectAll().where("account_id", "=", accountId)
    const row = await orders.where("client_order_id", "=", clientOrderId).executeTakeFirst()
    return row && orderFromRow(row)
  }

  /** The orders that were placed together, or the one that was placed alone. */
  async placedWith({ accountId, clientOrderId, listId }: OwnOrder): Promise<OwnOrder[]> {
    const orders = this.#deps.database.selectFrom("bot_order").selectAll().where("account_id", "=", accountId)
    const those =
      listId === undefined ? orders.where("client_order_id", "=", clientOrderId) : orders.where("list_id", "=", listId)
    return (await those.execute()).map(orderFromRow)
  }

  /** Orders of an account, of its bots and by hand, that may still be at the exchange. */
  async openOrdersOf(accountId: string): Promise<OwnOrder[]> {
    const orders = this.#deps.database.selectFrom("bot_order").selectAll().where("account_id", "=", accountId)
    return (await orders.where("is_told", "=", 0).execute()).map(orderFromRow)
  }

  /** What has been booked of each of these orders. */
  async fillsOf(clientOrderIds: readonly string[]): Promise<OwnFill[]> {
    if (clientOrderIds.length === 0) return []
    const rows = await this.#deps.database
      .selectFrom("bot_fill")
      .selectAll()
      .where("client_order_id", "in", clientOrderIds)
      .execute()
    return rows.map((row) => ({
      fillId: row.fill_id,
      exchangeOrderId: "",
      clientOrderId: row.client_order_id,
      market: row.market,
      side: row.side as Fill["side"],
      price: row.price,
      quantity: row.quantity,
      fee: row.fee,
      feeAsset: row.fee_asset,
      timeMs: row.time_ms,
    }))
  }

  /** What the exchange lacks of what bots hold, of one bot or of all. */
  differences(of: { botId?: string } = {}): Promise<KeptDifference[]> {
    return differencesIn(this.#deps.database, of)
  }

  /** Markets of a bot of which it is not known yet what was sold after the backup that this store was restored from. */
  async marketsSinceBackup({ id, createdMs, markets }: BotRecord): Promise<Set<string>> {
    if (this.restored === undefined || createdMs > this.restored.restoredMs) return new Set()
    const known = await restoredMarketsOf(this.#deps.database, { id, restoredMs: this.restored.restoredMs })
    return new Set(markets.filter((market) => !known.has(market)))
  }

  /** What keeps, or kept, an account from buying. */
  bars(accountId: string): Promise<EntryBar[]> {
    return barsOf(this.#deps.database, accountId)
  }

  /** When a bot last bought of a market; undefined where it never did. */
  async lastBuyMs(botId: string, market: string): Promise<number | undefined> {
    const query = this.#deps.database.selectFrom("bot_fill").select((select) => select.fn.max("time_ms").as("ms"))
    const bought = query.where("bot_id", "=", botId).where("market", "=", market).where("side", "=", "buy")
    return (await bought.executeTakeFirst())?.ms ?? undefined
  }

  /** Which of these orders at an exchange are of a relay, and nobody has kept here. */
  strangersAmong(clientOrderIds: readonly string[]): Promise<string[]> {
    return notKept(this.#deps.database, clientOrderIds.filter(isOfRelay))
  }

  /** Which of these orders of an account are bots', by the exchange's numbers. */
  numbersOfBots(accountId: string, exchangeOrderIds: readonly string[]): Promise<Set<string>> {
    return keptNumbers(this.#deps.database, accountId, exchangeOrderIds)
  }

  /**
   * Keeps all of a step or nothing of it. Steps that come while another is being kept wait, and are then kept together:
   * syncing the disk takes milliseconds, and a thousand bots decide at the same moment.
   */
  keep(bot: Owner, step: Step): Promise<void> {
    return this.#steps.keep(bot, step)
  }

  /** Hears every event that is kept from now on, until you call the returned function. */
  listen(listener: (event: BotEvent) => void): () => void {
    return this.#steps.listen(listener)
  }

  /** Events after (or before) one, of one bot or of all. */
  events(of: EventsOf, page: EventPage): Promise<BotEvent[]> {
    return eventsIn(this.#deps.database, of, page)
  }

  /** When orders of an account were made that were sent alone, or first of those sent together, since a time. */
  sentSince(accountId: string, sinceMs: number): Promise<SentOrder[]> {
    return sentSince(this.#deps.database, accountId, sinceMs)
  }

  /** Bots of an account: those that have not ended, and those that something happened to since a time. */
  async botsSince(accountId: string, sinceMs: number): Promise<string[]> {
    const { database } = this.#deps
    const present = await database
      .selectFrom("bot")
      .select("id")
      .where("account_id", "=", accountId)
      .where("status", "!=", "stopped")
      .execute()
    const past = await database
      .selectFrom("bot_event")
      .select("bot_id as id")
      .distinct()
      .where("account_id", "=", accountId)
      .where("at_ms", ">=", sinceMs)
      .execute()
    return [...new Set([...present, ...past].map(({ id }) => id))]
  }

  /** Marks of a bot's equity curve, `before` a time. */
  equity(botId: string, beforeMs: number): Promise<Marks> {
    return this.#marks.of(botId, beforeMs)
  }

  #botRows() {
    const { database } = this.#deps
    return database
      .selectFrom("bot")
      .select(["id", "account_id", "name", "document", "params", "markets", "cash", "status", "wish"])
      .select(["halted_because", "hashes", "created_ms", "from_ms"])
  }
}
