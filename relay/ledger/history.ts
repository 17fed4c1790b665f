import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from "kysely"
import type { BotFillTable } from "../store/ledger-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent, EventKind } from "./bot-event.ts"
import { type Cost, costsOf } from "./costs.ts"
import type { Ledger } from "./ledger.ts"
import type { LiveTrade, OwnFill } from "./step.ts"
import { handOf, isInPlace, orderFromRow, type OwnOrder } from "./own-order.ts"
import { Holdings, type Position } from "./position.ts"

/** A part of a list, the newest first; `next` is where it goes on, null at its end. */
export type Page<Item> = { items: Item[]; next: string | null }

/** Where a page begins (the `next` of the page before, as `cursors` has it) and how much is on it. */
export type AskedPage = { after?: string; limit: number }

/** Whose past: that of one bot, or of all the bots an account has or had. */
export type Whose = { botId: string } | { accountId: string }

export type PastFill = Omit<OwnFill, "exchangeOrderId"> & { botId: string }
export type PastTrade = LiveTrade & { botId: string }

/** Between a cursor's parts; no id has one. */
const BETWEEN = "~"
const number = "\\d{1,15}"
const text = "[!-}]{1,100}"

/** What each list's `next` looks like: the place of a page's last item. */
export const cursors = {
  events: cursor(number),
  orders: cursor(number, text),
  fills: cursor(number, text, text),
  trades: cursor(number, text, number),
  equity: cursor(number),
}

/** Reads what bots did, page by page: a page is small whatever a bot has lived through. */
export class History {
  readonly #database: Kysely<RelayTables>
  readonly #ledger: Pick<Ledger, "events">

  constructor({ database, ledger }: { database: Kysely<RelayTables>; ledger: Pick<Ledger, "events"> }) {
    this.#database = database
    this.#ledger = ledger
  }

  async events(of: Whose, { after, limit }: AskedPage, kinds?: readonly EventKind[]): Promise<Page<BotEvent>> {
    const before = after === undefined ? undefined : Number(after)
    return page(await this.#ledger.events({ ...of, kinds }, { before, limit }), limit, ({ seq }) => [seq])
  }

  async orders(of: Whose, { after, limit }: AskedPage): Promise<Page<OwnOrder>> {
    let query = this.#database.selectFrom("bot_order").selectAll().where(columnOf(of), "=", idOf(of)).limit(limit)
    const [ms, id] = partsOf(after)
    if (id !== undefined)
      query = query.where((build) =>
        build.eb(build.refTuple("created_ms", "client_order_id"), "<", build.tuple(Number(ms), id)),
      )
    const rows = await query.orderBy("created_ms", "desc").orderBy("client_order_id", "desc").execute()
    return page(rows.map(orderFromRow), limit, ({ createdMs, clientOrderId }) => [createdMs, clientOrderId])
  }

  async fills(of: Whose, { after, limit }: AskedPage): Promise<Page<PastFill>> {
    let query = this.#database.selectFrom("bot_fill").selectAll().where(columnOf(of), "=", idOf(of)).limit(limit)
    const [ms, market, id] = partsOf(after)
    if (id !== undefined)
      query = query.where((build) =>
        build.eb(build.refTuple("time_ms", "market", "fill_id"), "<", build.tuple(Number(ms), market, id)),
      )
    const rows = await query.orderBy("time_ms", "desc").orderBy("market", "desc").orderBy("fill_id", "desc").execute()
    return page(rows.map(fillFromRow), limit, (fill) => [fill.timeMs, fill.market, fill.fillId])
  }

  async trades(of: Whose, { after, limit }: AskedPage): Promise<Page<PastTrade>> {
    let query = this.#database.selectFrom("bot_trade").selectAll().limit(limit)
    // A trade has orders; they say whose a bot was that is removed.
    if ("botId" in of) query = query.where("bot_id", "=", of.botId)
    else
      query = query.where("bot_id", "in", (from) =>
        from.selectFrom("bot_order").select("bot_order.bot_id").where("bot_order.account_id", "=", of.accountId),
      )
    const [ms, botId, n] = partsOf(after)
    if (n !== undefined)
      query = query.where((build) =>
        build.eb(build.refTuple("exit_ms", "bot_id", "n"), "<", build.tuple(Number(ms), botId, Number(n))),
      )
    const rows = await query.orderBy("exit_ms", "desc").orderBy("bot_id", "desc").orderBy("n", "desc").execute()
    const { items, next } = page(rows, limit, (row) => [row.exit_ms, row.bot_id, row.n])
    return { items: items.map(({ bot_id, body }) => ({ ...(JSON.parse(body) as LiveTrade), botId: bot_id })), next }
  }

  /** Quote currency, a decimal text, at closed candles. */
  async equity(botId: string, { after, limit }: AskedPage): Promise<Page<{ atMs: number; equity: string }>> {
    let query = this.#database.selectFrom("bot_equity").select(["at_ms", "equity"]).where("bot_id", "=", botId)
    if (after !== undefined) query = query.where("at_ms", "<", Number(after))
    const rows = await query.orderBy("at_ms", "desc").limit(limit).execute()
    return page(
      rows.map(({ at_ms, equity }) => ({ atMs: at_ms, equity })),
      limit,
      ({ atMs }) => [atMs],
    )
  }

  /** The same over its whole life, at most so many evenly spread points, with its first and its last. */
  async equityOver(botId: string, most: number): Promise<Page<{ atMs: number; equity: string }>> {
    const own = this.#database.selectFrom("bot_equity").where("bot_id", "=", botId)
    const { count } = await own
      .select((select) => select.fn.countAll<number | string>().as("count"))
      .executeTakeFirstOrThrow()
    const stride = Math.max(1, Math.ceil(Number(count) / Math.max(1, most - 1)))
    const place = sql<number>`row_number() over (order by at_ms desc)`.as("place")
    const rows = await this.#database
      .selectFrom(own.select(["at_ms", "equity", place]).as("placed"))
      .select(["at_ms", "equity"])
      .where((where) =>
        where.or([where(sql<number>`(place - 1) % ${sql.lit(stride)}`, "=", 0), where("place", "=", Number(count))]),
      )
      .orderBy("at_ms", "desc")
      .execute()
    return { items: rows.map(({ at_ms, equity }) => ({ atMs: at_ms, equity })), next: null }
  }

  /** What its bots paid in fees, those that were removed too. */
  costs(accountId: string): Promise<Cost[]> {
    return costsOf(this.#database, accountId)
  }

  /** What an account's bots hold by their fills. A stopped bot has sold; what no order could sell is not counted. */
  positions(accountId: string): Promise<Position[]> {
    const bots = this.#database.selectFrom("bot").select("id").where("status", "!=", "stopped")
    return this.#positionsOf(accountId, bots)
  }

  /** What was bought by hand and not sold by hand. */
  positionsByHand(accountId: string): Promise<Position[]> {
    return this.#positionsOf(accountId, [handOf(accountId)])
  }

  async #positionsOf(accountId: string, owners: Owners): Promise<Position[]> {
    const holdings = new Holdings()
    for (let last: OrderedFill | undefined; ;) {
      const rows = await this.#fillsAfter({ accountId, owners }, last)
      for (const row of rows) holdings.add({ ...fillFromRow(row), ordered: row.ordered })
      last = rows.at(-1)
      if (last === undefined || rows.length < FILLS_AT_ONCE) break
    }
    return holdings.positions(await this.#restingStops(accountId))
  }

  /** The next fills of those who may hold something, the oldest first; what was bought back a position never lost. */
  #fillsAfter(
    { accountId, owners }: { accountId: string; owners: Owners },
    last: OrderedFill | undefined,
  ): Promise<OrderedFill[]> {
    let query = this.#database
      .selectFrom("bot_fill")
      .leftJoin("bot_order", "bot_order.client_order_id", "bot_fill.client_order_id")
      .selectAll("bot_fill")
      .select("bot_order.quantity as ordered")
      .where("bot_fill.account_id", "=", accountId)
      .where((build) => build.or([build.eb("bot_order.role", "is", null), build.eb("bot_order.role", "!=", "buyBack")]))
      .where("bot_fill.bot_id", "in", owners)
    if (last !== undefined)
      query = query.where((build) =>
        build.eb(
          build.refTuple("bot_fill.time_ms", "bot_fill.market", "bot_fill.fill_id"),
          ">",
          build.tuple(last.time_ms, last.market, last.fill_id),
        ),
      )
    return query
      .orderBy("bot_fill.time_ms")
      .orderBy("bot_fill.market")
      .orderBy("bot_fill.fill_id")
      .limit(FILLS_AT_ONCE)
      .execute()
  }

  async #restingStops(accountId: string): Promise<OwnOrder[]> {
    const rows = await this.#database
      .selectFrom("bot_order")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("is_told", "=", 0)
      .where("role", "=", "stop")
      .execute()
    return rows.map(orderFromRow).filter(isInPlace)
  }
}

/** Whose fills: ids, or the query of them. */
type Owners = string[] | SelectQueryBuilder<RelayTables, "bot", { id: string }>
type OrderedFill = Selectable<BotFillTable> & { ordered: string | null }

const FILLS_AT_ONCE = 1_000

function columnOf(of: Whose) {
  return "botId" in of ? "bot_id" : "account_id"
}

function idOf(of: Whose): string {
  return "botId" in of ? of.botId : of.accountId
}

function cursor(...parts: string[]): RegExp {
  return new RegExp(`^${parts.join(BETWEEN)}$`)
}

function partsOf(after: string | undefined): string[] {
  return after === undefined ? [] : after.split(BETWEEN)
}

function page<Item>(items: Item[], limit: number, placeOf: (item: Item) => (string | number)[]): Page<Item> {
  const last = items.at(-1)
  return { items, next: items.length < limit || last === undefined ? null : placeOf(last).join(BETWEEN) }
}

function fillFromRow(row: Selectable<BotFillTable>): PastFill {
  return {
    fillId: row.fill_id,
    clientOrderId: row.client_order_id,
    botId: row.bot_id,
    market: row.market,
    side: row.side as PastFill["side"],
    price: row.price,
    quantity: row.quantity,
    fee: row.fee,
    feeAsset: row.fee_asset,
    timeMs: row.time_ms,
  }
}
