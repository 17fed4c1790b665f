import { MINUTE_MS } from "#engine/candles"
import { Refusal } from "../door/refusal.ts"
import type { Exchange, PlacedOrder } from "../exchange/exchange.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import type { EntryBars } from "./entry-bars.ts"

type OtherDeps = {
  exchange: Exchange
  ledger: Ledger
  bars: EntryBars
  surroundings: Surroundings
  /** The exchange's time. */
  nowMs: () => number
}

/** An order of another relay that is younger says that it still runs. */
const FRESH_MS = 2 * MINUTE_MS
/** Of so many trades that nobody knows the orders are asked for. */
const MOST_ASKED = 20

/**
 * Another relay that trades on the same account: seen by its orders, since no exchange lends out an account. Nothing is
 * bought from then on, until its owner has ended one of the two (trust.md, I13).
 */
export class OtherRelay {
  /** When one of its orders was heard of last, by the steady clock. */
  #heardMs = -Infinity
  /** When this one began to look, in the exchange's time. */
  #sinceMs: number | undefined
  /** Orders of our own past that our data does not know, as they were found at the start. */
  readonly #ownPast = new Set<string>()

  constructor(private readonly deps: OtherDeps) {}

  /** The first of these orders that is another relay's, or ours of before and unknown; undefined where none is. */
  async among(placed: readonly PlacedOrder[]): Promise<PlacedOrder | undefined> {
    const { bars, ledger, nowMs } = this.deps
    this.#sinceMs ??= nowMs()
    // Orders up to here are known to the owner.
    const acceptedMs = (await bars.endOf("other-relay")) ?? -Infinity
    const suspects = placed.filter((order) => order.updatedMs > acceptedMs && this.#isSuspect(order))
    if (suspects.length === 0) return undefined
    const [id] = await ledger.strangersAmong(suspects.map(({ clientOrderId }) => clientOrderId))
    const found = suspects.find(({ clientOrderId }) => clientOrderId === id)
    if (found && !this.isOthers(found)) this.#ownPast.add(found.clientOrderId)
    return found
  }

  /** Whether it says that another relay runs; else it is ours, of a time that our data does not know. */
  isOthers(order: PlacedOrder): boolean {
    const { ledger } = this.deps
    const { clientOrderId, status, updatedMs } = order
    if (ledger.orderIds.isFromOtherInstallation(clientOrderId)) return this.#isFresh(order)
    if (ledger.orderIds.isFromLaterStart(clientOrderId)) return true
    // A copy that started before us still sends: one that is only cancelled may be of any time.
    const isNew = updatedMs > (this.#sinceMs ?? Infinity) && (isOpen(status) || status === "filled")
    return isNew && !this.#ownPast.has(clientOrderId) && ledger.orderIds.isFromOtherStart(clientOrderId)
  }

  /** One of our own past that has ended asks for nothing any more. */
  #isSuspect(order: PlacedOrder): boolean {
    const isOwnPast = isOpen(order.status) && this.deps.ledger.orderIds.isFromOtherStart(order.clientOrderId)
    return isOwnPast || this.isOthers(order)
  }

  #isFresh({ updatedMs }: Pick<PlacedOrder, "updatedMs">): boolean {
    return updatedMs > this.deps.nowMs() - FRESH_MS
  }

  /** What is said of it. */
  words({ clientOrderId }: PlacedOrder): string {
    const whose = this.deps.ledger.orderIds.isFromOtherInstallation(clientOrderId)
      ? "sends orders on this account with the same key"
      : "with a copy of this data sends orders on this account"
    return `another Candlewright ${whose}; end one of them, then resume`
  }

  /** From now on nothing is bought; kept when this returns. */
  async heard(order: PlacedOrder, because: string): Promise<void> {
    const { bars, surroundings, nowMs } = this.deps
    if (this.#isFresh(order)) this.#heardMs = surroundings.steadyMs()
    const bar = { name: "other-relay", words: because, sinceMs: nowMs(), untilMs: null } as const
    await bars.raise(bar, { words: `Nothing is bought on this account: ${because}.`, about: { limit: "other-relay" } })
  }

  /** Its owner says that it has ended. Throws a `Refusal` while its orders are fresh. */
  async accept(markets: Iterable<string>): Promise<void> {
    const { bars, nowMs } = this.deps
    if (!(await bars.at(nowMs())).some(({ name }) => name === "other-relay")) return
    if (this.deps.surroundings.steadyMs() - this.#heardMs < FRESH_MS) throw stillTrading()
    for (const market of markets) if (await this.#hasFresh(market)) throw stillTrading()
    await bars.lift("other-relay", nowMs())
  }

  async #hasFresh(market: string): Promise<boolean> {
    const { exchange, ledger } = this.deps
    const orders = [...(await exchange.openOrders(market)), ...(await this.#tradedLately(market))]
    const others = orders.filter((order) => this.#isFresh(order) && this.isOthers(order))
    return (await ledger.strangersAmong(others.map(({ clientOrderId }) => clientOrderId))).length > 0
  }

  async #tradedLately(market: string): Promise<PlacedOrder[]> {
    const { exchange, nowMs } = this.deps
    const fills = await exchange.fills({ market, sinceMs: nowMs() - FRESH_MS })
    const numbers = [...new Set(fills.map(({ exchangeOrderId }) => exchangeOrderId))].slice(-MOST_ASKED)
    const found = await Promise.all(numbers.map((exchangeOrderId) => exchange.order({ market, exchangeOrderId })))
    return found.flatMap((order) => order ?? [])
  }
}

function isOpen(status: PlacedOrder["status"]): boolean {
  return status === "open" || status === "waiting"
}

function stillTrading(): Refusal {
  return new Refusal(
    409,
    "other-relay",
    `Another Candlewright has sent orders on this account within the last ${FRESH_MS / MINUTE_MS} minutes, so it still runs. Nothing was changed: end it, and resume ${FRESH_MS / MINUTE_MS} minutes after its last order.`,
    { retryAfterS: FRESH_MS / 1_000 },
  )
}
