import type { Kysely } from "kysely"

/** A strategy that trades on an account. */
export type BotTable = {
  id: string
  account_id: string
  name: string
  /** JSON: the strategy document, its params and its markets, as they were deployed. */
  document: string
  params: string
  markets: string
  /** Quote currency it began with, a decimal text. */
  cash: string
  status: string
  /** What its owner wants of it. */
  wish: string
  halted_because: string | null
  /** JSON: sha256 of engine, strategy and params. */
  hashes: string
  created_ms: number
  /** Candles from here on are decided on. */
  from_ms: number
  /** The engine's state after its last step, and (JSON) what belongs to it. */
  state: Uint8Array | null
  state_about: string | null
}

/** One order of ours, on the disk before it is sent; its id is never used again. */
export type BotOrderTable = {
  client_order_id: string
  account_id: string
  bot_id: string
  market: string
  /** The engine's intent it carries out; 0: none. */
  intent: number
  role: string
  list_id: string | null
  side: string
  kind: string
  quantity: string
  price: string | null
  stop_price: string | null
  status: string
  exchange_order_id: string | null
  filled_quantity: string
  reason: string | null
  created_ms: number
  /** 1: the engine knows how it ended. */
  is_told: number
}

/** One trade of the exchange, each once. */
export type BotFillTable = {
  account_id: string
  market: string
  fill_id: string
  bot_id: string
  client_order_id: string
  side: string
  price: string
  quantity: string
  fee: string
  fee_asset: string
  time_ms: number
}

/** An order by hand as it was asked for: its key makes one order, however often it is asked. */
export type HandRequestTable = {
  account_id: string
  /** The caller's `Idempotency-Key`. */
  key: string
  /** sha256 of what was wanted. */
  wanted: string
  client_order_id: string
  /** JSON: what was changed to fit the market. */
  changed: string
  /** JSON: what was answered, once nothing about it was open any more. */
  answer: string | null
  created_ms: number
}

/** What happened to a bot and why, in words. */
export type BotEventTable = {
  seq: number
  bot_id: string
  account_id: string
  at_ms: number
  kind: string
  words: string
  /** JSON; null for none. */
  about: string | null
  /** The end of the newest candle that was known then, in the exchange's time; null where none was. */
  candle_ms: number | null
}

/** A trade as the engine booked it (JSON). */
export type BotTradeTable = { bot_id: string; n: number; exit_ms: number; body: string }

/** Quote currency at a candle's close. */
export type BotEquityTable = { bot_id: string; at_ms: number; equity: string }

/** What the engine heard, in order (JSON): replaying it makes the same decisions. */
export type BotInputTable = { bot_id: string; n: number; body: string }

/** A market of a bot of which the exchange has less than the bot holds; gone once the two agree. Decimal texts. */
export type BotDifferenceTable = {
  id: string
  bot_id: string
  account_id: string
  market: string
  bot_quantity: string
  exchange_quantity: string
  /** What of it orders sold after the backup that was restored; null: nothing. */
  sold_quantity: string | null
  since_ms: number
  /** 1: its owner knows, and does not want to be asked again. */
  is_ignored: number
}

/** Why an account buys nothing for now, until a time of its exchange, or (null) until its owner says so. */
export type EntryBarTable = {
  account_id: string
  name: string
  words: string
  since_ms: number
  until_ms: number | null
}

/** A market of a bot in which it is known what was sold after the backup that was restored at this time. */
export type RestoredMarketTable = { bot_id: string; market: string; restored_ms: number }

/** One row: how often a relay has begun to send orders from this store. */
export type OrderEpochTable = { id: number; epoch: number }

export type LedgerTables = {
  order_epoch: OrderEpochTable
  bot: BotTable
  bot_order: BotOrderTable
  bot_fill: BotFillTable
  bot_event: BotEventTable
  bot_trade: BotTradeTable
  bot_equity: BotEquityTable
  bot_input: BotInputTable
  bot_difference: BotDifferenceTable
  hand_request: HandRequestTable
  entry_bar: EntryBarTable
  restored_market: RestoredMarketTable
}

export async function createBots(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("bot")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("params", "text", (column) => column.notNull())
    .addColumn("markets", "text", (column) => column.notNull())
    .addColumn("cash", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("wish", "text", (column) => column.notNull())
    .addColumn("halted_because", "text")
    .addColumn("hashes", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("from_ms", "bigint", (column) => column.notNull())
    .addColumn("state", "bytea")
    .addColumn("state_about", "text")
    .execute()
  await createOrders(database)
  await createFills(database)
  await createHistory(database)
}

async function createOrders(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("bot_order")
    .addColumn("client_order_id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("intent", "bigint", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("list_id", "text")
    .addColumn("side", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("quantity", "text", (column) => column.notNull())
    .addColumn("price", "text")
    .addColumn("stop_price", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("exchange_order_id", "text")
    .addColumn("filled_quantity", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("is_told", "integer", (column) => column.notNull())
    .execute()
  await database.schema.createIndex("bot_order_bot").on("bot_order").columns(["bot_id", "is_told"]).execute()
  await database.schema
    .createTable("order_epoch")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("epoch", "integer", (column) => column.notNull())
    .execute()
}

async function createFills(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("bot_fill")
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("fill_id", "text", (column) => column.notNull())
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("client_order_id", "text", (column) => column.notNull())
    .addColumn("side", "text", (column) => column.notNull())
    .addColumn("price", "text", (column) => column.notNull())
    .addColumn("quantity", "text", (column) => column.notNull())
    .addColumn("fee", "text", (column) => column.notNull())
    .addColumn("fee_asset", "text", (column) => column.notNull())
    .addColumn("time_ms", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("bot_fill_key", ["account_id", "market", "fill_id"])
    .execute()
  await database.schema.createIndex("bot_fill_bot").on("bot_fill").columns(["bot_id", "time_ms"]).execute()
}

async function createHistory(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("bot_event")
    .addColumn("seq", "bigint", (column) => column.primaryKey())
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("words", "text", (column) => column.notNull())
    .addColumn("about", "text")
    .execute()
  await database.schema.createIndex("bot_event_bot").on("bot_event").columns(["bot_id", "seq"]).execute()
  await database.schema
    .createTable("bot_trade")
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("n", "bigint", (column) => column.notNull())
    .addColumn("exit_ms", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bot_trade_key", ["bot_id", "n"])
    .execute()
  await database.schema
    .createTable("bot_equity")
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("equity", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bot_equity_key", ["bot_id", "at_ms"])
    .execute()
  await database.schema
    .createTable("bot_input")
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("n", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bot_input_key", ["bot_id", "n"])
    .execute()
}

/** What pages of the past are read by, the newest first. */
export async function addEventCandles(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("bot_event").addColumn("candle_ms", "bigint").execute()
  await database.schema.createIndex("bot_event_candle").on("bot_event").columns(["bot_id", "candle_ms"]).execute()
}

export async function addHistoryIndexes(database: Kysely<unknown>): Promise<void> {
  const indexes: [table: string, columns: string[]][] = [
    ["bot_order", ["bot_id", "created_ms", "client_order_id"]],
    ["bot_order", ["account_id", "created_ms", "client_order_id"]],
    ["bot_fill", ["account_id", "time_ms", "market", "fill_id"]],
    ["bot_event", ["account_id", "seq"]],
    ["bot_trade", ["bot_id", "exit_ms", "n"]],
  ]
  for (const [table, columns] of indexes) {
    const name = `${table}_past_${columns[0]}`
    await database.schema.createIndex(name).on(table).columns(columns).execute()
  }
}

export async function createDifferences(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("bot_difference")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("bot_quantity", "text", (column) => column.notNull())
    .addColumn("exchange_quantity", "text", (column) => column.notNull())
    .addColumn("since_ms", "bigint", (column) => column.notNull())
    .addColumn("is_ignored", "integer", (column) => column.notNull())
    .addUniqueConstraint("bot_difference_market", ["bot_id", "market"])
    .execute()
}

export async function createHandRequests(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("hand_request")
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("wanted", "text", (column) => column.notNull())
    .addColumn("client_order_id", "text", (column) => column.notNull())
    .addColumn("changed", "text", (column) => column.notNull())
    .addColumn("answer", "text")
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("hand_request_key", ["account_id", "key"])
    .execute()
}

export async function createEntryBars(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("entry_bar")
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("words", "text", (column) => column.notNull())
    .addColumn("since_ms", "bigint", (column) => column.notNull())
    .addColumn("until_ms", "bigint")
    .addPrimaryKeyConstraint("entry_bar_key", ["account_id", "name"])
    .execute()
}

export async function createRestoredMarkets(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("restored_market")
    .addColumn("bot_id", "text", (column) => column.notNull())
    .addColumn("market", "text", (column) => column.notNull())
    .addColumn("restored_ms", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("restored_market_key", ["bot_id", "market", "restored_ms"])
    .execute()
  await database.schema.alterTable("bot_difference").addColumn("sold_quantity", "text").execute()
}
