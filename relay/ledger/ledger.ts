import type { Kysely, Transaction } from "kysely"
import type { Fill } from "../exchange/exchange.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent, EventKind } from "./bot-event.ts"
import { EquityMarks, type Marks } from "./equity-marks.ts"
import { botFromRow, type BotRecord, type BotState, rowOfBot } from "./bot-record.ts"
import { barsOf, type EntryBar } from "./entry-bar.ts"
import { differencesIn, type KeptDifference } from "./difference.ts"
import { bookedTrades, type HeardCount, heardCount, inputsOf, stateOf } from "./heard-inputs.ts"
import { keptNumbers, notKept } from "./kept-orders.ts"
import { type Lived, livedBy } from "./lived.ts"
import { orderFromRow, type OwnOrder } from "./own-order.ts"
import { eventsOf, keepOrder, keepStep, type LiveTrade, type OwnFill, type Owner, type Step } from "./step.ts"

type WaitingStep = { bot: Owner; step: Step; kept: () => void; failed: (error: unknown) => void }

/** So many steps are kept together: what has been asked before them waits no longer than they take. */
const MOST_TOGETHER = 100

type LedgerDeps = { database: Kysely<RelayTables>; nowMs: () => number; instanceId: string }

/**
 * What bots are, have ordered and have traded. A finished call is on the disk. One process writes it; its orders carry
 * the number of its start (`epoch`), so a store that was copied or restored never sends an id again.
 */
export class Ledger {
  readonly #deps: LedgerDeps
  readonly #listeners = new Set<(event: BotEvent) => void>()
  readonly #prefix: string
  readonly #marks: EquityMarks
  readonly #counts = new Map<string, { trades: number; inputs: number }>()
  readonly #waiting: WaitingStep[] = []
  #isKeeping = false
  #orders = 0
  /** Of the newest event; undefined while it has to be read. */
  #seq: number | undefined

  private constructor(
    deps: LedgerDeps,
    private readonly epoch: number,
    /** When this store was brought back from a backup, and when that was made; undefined where it never was. */
    readonly restored: { restoredMs: number; madeMs: number | undefined } | undefined,
  ) {
    this.#deps = deps
    this.#marks = new EquityMarks(deps.database)
    this.#prefix = `${ownPrefix(deps.instanceId)}${epoch.toString(36)}-${startMark(deps.nowMs())}-`
  }

  /** Begins a new epoch. */
  static async open(deps: LedgerDeps): Promise<Ledger> {
    const { database } = deps
    const epoch = await database.transaction().execute(async (transaction) => {
      const found = await transaction.selectFrom("order_epoch").select("epoch").executeTakeFirst()
      const row = { id: 1, epoch: (found?.epoch ?? 0) + 1 }
      if (found) await transaction.updateTable("order_epoch").set(row).execute()
      else await transaction.insertInto("order_epoch").values(row).execute()
      return row.epoch
    })
    const row = await database.selectFrom("restoration").selectAll().executeTakeFirst()
    const restored = row && { restoredMs: row.restored_ms, madeMs: row.made_ms ?? undefined }
    return new Ledger(deps, epoch, restored)
  }

  /** An order id that was never used and never will be. */
  newOrderId(): string {
    return this.#prefix + (++this.#orders).toString(36)
  }

  /** Whether an order at the exchange is of a relay with a copy of this store that started beside us or after us. */
  isFromLaterStart(clientOrderId: string): boolean {
    const own = ownPrefix(this.#deps.instanceId)
    if (!clientOrderId.startsWith(own) || clientOrderId.startsWith(this.#prefix)) return false
    return Number.parseInt(clientOrderId.slice(own.length), 36) >= this.epoch
  }

  /** Whether an order at the exchange is of a relay with this store, and of another start than this one. */
  isFromOtherStart(clientOrderId: string): boolean {
    return clientOrderId.startsWith(ownPrefix(this.#deps.instanceId)) && !clientOrderId.startsWith(this.#prefix)
  }

  /** Whether an order at the exchange is of a relay with a store of its own. */
  isFromOtherInstallation(clientOrderId: string): boolean {
    return anyPrefix.test(clientOrderId) && !clientOrderId.startsWith(ownPrefix(this.#deps.instanceId))
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
    return notKept(
      this.#deps.database,
      clientOrderIds.filter((id) => anyPrefix.test(id)),
    )
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
    return new Promise((kept, failed) => {
      this.#waiting.push({ bot, step, kept, failed })
      if (!this.#isKeeping) void this.#keepAll()
    })
  }

  async #keepAll(): Promise<void> {
    this.#isKeeping = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, MOST_TOGETHER)
      if (
        together.length > 1 &&
        (await this.#keepTogether(together).then(
          () => true,
          () => false,
        ))
      )
        continue
      // One that cannot be kept stops no other.
      for (const one of together) await this.#keepTogether([one]).catch(one.failed)
    }
    this.#isKeeping = false
  }

  async #keepTogether(steps: readonly WaitingStep[]): Promise<void> {
    const seq = (this.#seq ??= await this.#lastSeq())
    const events: BotEvent[] = []
    const counts = new Map<string, { trades: number; inputs: number }>()
    try {
      for (const { bot } of steps) counts.set(bot.id, { ...(await this.#countsOf(bot.id)) })
      await this.#deps.database.transaction().execute(async (transaction) => {
        for (const { bot, step } of steps) {
          const own = eventsOf(bot, step, { seq: seq + events.length, atMs: this.#deps.nowMs() })
          events.push(...own)
          await keepStep(transaction, bot, step, { events: own, counts: counts.get(bot.id)! })
        }
      })
    } catch (error) {
      // Whether it was kept after all nobody knows: everything is counted anew.
      this.#seq = undefined
      for (const { bot } of steps) this.#counts.delete(bot.id)
      throw error
    }
    this.#seq = seq + events.length
    for (const [id, count] of counts) this.#counts.set(id, count)
    for (const { bot, step, kept } of steps) {
      if (step.equity) this.#marks.keep(bot.id, step.equity)
      kept()
    }
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }

  /** Hears every event that is kept from now on, until you call the returned function. */
  listen(listener: (event: BotEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Events after (or before) one, of one bot or of all. */
  async events(
    of: {
      botId?: string
      accountId?: string
      kinds?: readonly EventKind[]
      candleMs?: number
      /** Of this candle and those before it. */
      untilCandleMs?: number
    },
    { after, before, limit }: { after?: number; before?: number; limit: number },
  ): Promise<BotEvent[]> {
    let query = this.#deps.database.selectFrom("bot_event").selectAll().limit(limit)
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
      about: row.about === null ? undefined : (JSON.parse(row.about) as object),
      ...(row.candle_ms === null ? {} : { candleMs: row.candle_ms }),
    }))
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

  async #lastSeq(): Promise<number> {
    const rows = this.#deps.database.selectFrom("bot_event")
    const last = await rows.select((select) => select.fn.max("seq").as("seq")).executeTakeFirst()
    return last?.seq ?? 0
  }

  async #countsOf(id: string): Promise<{ trades: number; inputs: number }> {
    const known = this.#counts.get(id)
    if (known) return known
    const { database } = this.#deps
    const most = async (table: "bot_trade" | "bot_input") => {
      const rows = database.selectFrom(table).where("bot_id", "=", id)
      const last = await rows.select((select) => select.fn.max("n").as("n")).executeTakeFirst()
      return last?.n ?? 0
    }
    const counts = { trades: await most("bot_trade"), inputs: await most("bot_input") }
    this.#counts.set(id, counts)
    return counts
  }
}

/** How order ids of any installation begin. */
const anyPrefix = /^cw[0-9a-zA-Z]{1,8}-[0-9a-z]+-/

const MARK_LETTERS = 4

/** Tells two starts apart that count alike, since their stores are copies: they never begin in the same millisecond. */
function startMark(nowMs: number): string {
  return (Math.floor(nowMs) % 36 ** MARK_LETTERS).toString(36).padStart(MARK_LETTERS, "0")
}

/** Begins every order id of this installation. */
function ownPrefix(instanceId: string): string {
  return `cw${instanceId.replace(/[^0-9a-zA-Z]/g, "").slice(0, 8)}-`
}
