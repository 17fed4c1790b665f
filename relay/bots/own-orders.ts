import type { Fill, PlacedOrder } from "../exchange/exchange.ts"
import type { OwnFill } from "../ledger/step.ts"
import { hasEnded, type OwnOrder } from "../ledger/own-order.ts"

/** An order that has come so far was large enough for the exchange. */
const TAKEN: ReadonlySet<OwnOrder["status"]> = new Set(["open", "filled"])

/** A bot's orders whose end its engine does not know, and what is booked of each. */
export class OwnOrders {
  readonly #orders = new Map<string, OwnOrder>()
  readonly #booked = new Map<string, number>()
  readonly #fillIds = new Set<string>()
  readonly #changed = new Set<OwnOrder>()
  readonly #givenUp = new WeakSet<OwnOrder>()

  readonly #leastTaken: Map<string, number>

  /** `leastTaken`: the smallest order of each market that the exchange has taken before. */
  constructor(
    orders: readonly OwnOrder[],
    fills: readonly OwnFill[],
    leastTaken: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#leastTaken = new Map(leastTaken)
    for (const order of orders) this.#orders.set(order.clientOrderId, order)
    for (const fill of fills) this.#count(fill)
  }

  of(market: string): OwnOrder[] {
    return [...this.#orders.values()].filter((order) => order.market === market)
  }

  /** The smallest order that the exchange has taken in a market, base units; infinite before the first. */
  leastTaken(market: string): number {
    return this.#leastTaken.get(market) ?? Infinity
  }

  get all(): OwnOrder[] {
    return [...this.#orders.values()]
  }

  has({ clientOrderId }: Pick<PlacedOrder, "clientOrderId">): boolean {
    return this.#orders.has(clientOrderId)
  }

  add(orders: readonly OwnOrder[]): void {
    for (const order of orders) {
      this.#orders.set(order.clientOrderId, order)
      this.#changed.add(order)
    }
  }

  change(order: OwnOrder, change: Partial<OwnOrder>): void {
    Object.assign(order, change)
    if (TAKEN.has(order.status)) this.#took(order.market, Number(order.quantity))
    this.#changed.add(order)
  }

  /** We have cancelled or replaced it: what became of it is asked for. */
  giveUp(order: OwnOrder): void {
    this.#givenUp.add(order)
    this.change(order, { status: "unknown" })
  }

  /** Whether it ended without our doing, as far as this life of the relay knows. */
  endedByItself(order: OwnOrder): boolean {
    return !this.#givenUp.has(order)
  }

  /** What the exchange says of one of them; what it says never goes back. Returns whether it is ours and news. */
  learn(placed: PlacedOrder): boolean {
    const order = this.#orders.get(placed.clientOrderId) ?? this.#byNumber(placed.exchangeOrderId)
    if (order === undefined || (hasEnded(order) && order.status !== "refused")) return false
    const isOlder = Number(placed.filledQuantity) < Number(order.filledQuantity)
    const { status } = placed
    const exchangeOrderId = placed.exchangeOrderId || order.exchangeOrderId
    const filledQuantity = isOlder ? order.filledQuantity : placed.filledQuantity
    const quantity = sizedBy(placed) ?? order.quantity
    const isSized = Number(quantity) !== Number(order.quantity)
    const stopPrice = movedTo(order, placed)
    const isNews =
      status !== order.status || filledQuantity !== order.filledQuantity || isSized || stopPrice !== undefined
    const terms = { ...(isSized && { quantity }), ...(stopPrice !== undefined && { stopPrice }) }
    if (isNews) this.change(order, { status, exchangeOrderId, filledQuantity, ...terms })
    return isNews
  }

  /** The exchange has said which orders are open: those known as open that it does not have so are asked about next. */
  doubtOthersThan(open: readonly PlacedOrder[], known: readonly OwnOrder[]): void {
    for (const order of known) if (!isAsKnown(order, open)) this.change(order, { status: "unknown" })
  }

  booked = (order: OwnOrder): number => this.#booked.get(order.clientOrderId) ?? 0

  /** The order a fill belongs to, and undefined for one that is not ours or is booked already. */
  ownerOf(fill: Fill): OwnOrder | undefined {
    return this.#fillIds.has(nameOf(fill)) ? undefined : this.#byNumber(fill.exchangeOrderId)
  }

  /** Counts fills as booked. */
  book(fills: readonly OwnFill[]): void {
    for (const fill of fills) this.#count(fill)
  }

  /** The engine knows how it ended: it is nobody's any more, once that is kept. */
  close(order: OwnOrder): void {
    this.change(order, { isTold: true })
    this.#orders.delete(order.clientOrderId)
  }

  /** Orders that have changed since the last call. */
  takeChanged(): OwnOrder[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  #took(market: string, quantity: number): void {
    if (quantity > 0) this.#leastTaken.set(market, Math.min(this.leastTaken(market), quantity))
  }

  #byNumber(exchangeOrderId: string): OwnOrder | undefined {
    if (exchangeOrderId === "") return undefined
    return [...this.#orders.values()].find((order) => order.exchangeOrderId === exchangeOrderId)
  }

  #count(fill: OwnFill): void {
    if (this.#fillIds.has(nameOf(fill))) return
    this.#fillIds.add(nameOf(fill))
    this.#booked.set(fill.clientOrderId, (this.#booked.get(fill.clientOrderId) ?? 0) + Number(fill.quantity))
  }
}

function nameOf({ market, fillId }: Pick<Fill, "market" | "fillId">): string {
  return `${market} ${fillId}`
}

/** What the exchange has made it: where a stop starts by its entry's fill, it knows its size only then. */
function sizedBy({ quantity, status }: PlacedOrder): string | undefined {
  return status !== "waiting" && Number(quantity) > 0 ? quantity : undefined
}

/** Where a stop is by now: a move whose answer was lost may have happened. */
function movedTo({ stopPrice: known, status }: OwnOrder, { stopPrice }: PlacedOrder): string | undefined {
  const isAnother = status === "unknown" && known !== undefined && Number(stopPrice) !== Number(known)
  return isAnother && Number(stopPrice) > 0 ? stopPrice : undefined
}

/** Whether it is open at the exchange, and has filled no more than we know. */
function isAsKnown({ exchangeOrderId, filledQuantity }: OwnOrder, open: readonly PlacedOrder[]): boolean {
  const found = open.find((placed) => placed.exchangeOrderId === exchangeOrderId)
  return found !== undefined && Number(found.filledQuantity) <= Number(filledQuantity)
}
