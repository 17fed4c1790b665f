import type { LivePosition } from "#engine/run"
import type { MarketAbilities, MarketNow } from "../exchange/exchange.ts"
import type { EventAbout } from "../ledger/bot-event.ts"
import type { Difference } from "../ledger/difference.ts"
import type { Step } from "../ledger/step.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { MarketFacts } from "./market-facts.ts"
import { activeStop, isAtOnce, type Standing } from "./next-act.ts"
import { PriceReach } from "./price-reach.ts"
import { type MarketWants, wantsWithout } from "./wants.ts"

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000
/** A stop that has a worst price may sell a little later than its price comes. */
const MOST_FALLEN_MS = 2_000
/** Share of its price by which a stop is moved where it must be taken away for that. */
const LEAST_MOVE = 0.0025

/** One market of a bot: what is wanted there, what it costs, and whether it must wait. */
export class MarketDesk {
  wants: MarketWants = {}
  /** The last price heard, and when it was, in the exchange's time; 0: none yet. */
  price = 0
  priceMs = 0
  /** A stop could not be placed: the position is sold. */
  isEmergency = false
  isTargetReached = false
  failedStops = 0
  /** The close that its stop was last moved at, and the one that was asked ahead for; in the exchange's time. */
  stopMovedMs = -Infinity
  askedAheadMs = -Infinity
  /** What the exchange has less than the bot holds, base units: it is never sold. */
  missing = 0
  /** The same once it is certain: the owner is asked, and nothing is bought until it is settled. */
  difference: Difference | undefined
  /** What was sold here after the backup that was restored is not known yet: until it is, nothing is sold. */
  isBeforeLook = false
  /** It takes orders, as far as is known: while it does not, a stop stays and nothing is sold. */
  isTrading: boolean
  /** When it is asked next whether it trades again, and its owner has heard that it does not; by the steady clock. */
  halt: { untilMs: number; isTold: boolean } | undefined
  /** Until when its candles have come, or none was due, in the exchange's time. */
  heardMs = 0
  /** No candle comes: when the exchange is asked next whether it trades, and its owner has heard; by the steady clock. */
  quiet: { askAtMs: number; isTold: boolean } | undefined
  /** How often its owner has heard that no candle comes. */
  timesQuiet = 0
  /** What is held is too small to be sold or protected for now, its owner knows, and when it is looked at again. */
  small: { untilMs: number } | undefined
  /** Buys too far below the market for the exchange. */
  readonly reach = new PriceReach()
  #least: string | undefined
  #waitMs = 0
  #waitsUntilMs = 0
  #partlySinceMs: number | undefined
  #restingSinceMs: number | undefined
  #fallenSinceMs: number | undefined

  constructor(
    readonly index: number,
    readonly name: string,
    public facts: MarketFacts,
    /** The exchange lists it no longer: nothing is done there, and the bot's other markets go on. */
    readonly isGone = false,
  ) {
    this.isTrading = facts.market.isOpen
  }

  /** A price and its time; an older one than is known says nothing. True when it has come to the target. */
  heardPrice(price: number, atMs = this.priceMs): boolean {
    if (atMs < this.priceMs) return false
    this.price = price
    this.priceMs = atMs
    const target = this.wants.target?.limitPrice
    if (target === undefined || price < target || this.isTargetReached) return false
    return (this.isTargetReached = true)
  }

  /** The exchange says which order is its smallest. Returns whether that is another than was known. */
  heardLeast({ minNotional, minQuantity }: MarketNow): boolean {
    const { market } = this.facts
    const said = leastWords(minNotional ?? market.minNotional, minQuantity ?? market.minQuantity)
    const known = (this.#least ??= leastWords(market.minNotional, market.minQuantity))
    this.#least = said
    return said !== known
  }

  /** How it stands, as its owner has last heard: a restart says nothing twice. */
  recall(stands: EventAbout["stands"], steadyMs: number): void {
    if (stands === "quiet") this.quiet = { askAtMs: steadyMs, isTold: true }
    if (stands !== "halted") return
    this.halt = { untilMs: steadyMs, isTold: true }
    this.isTrading = false
  }

  /** Its owner has heard that nothing happens here, and not yet that it goes on. */
  get isKnownStill(): boolean {
    return (!this.isTrading && this.halt?.isTold === true) || this.quiet?.isTold === true
  }

  /** The engine hears how the order of an intent ended: it wants it no more. */
  hearEnd(intent: number): void {
    this.wants = wantsWithout(this.wants, intent)
  }

  /** Nothing more is tried here for a while, each time longer. */
  wait(steadyMs: number, { atLeastMs = 0, atMostMs = LONGEST_WAIT_MS } = {}): void {
    this.#waitMs = Math.min(atMostMs, LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, this.#waitMs * 2))
    this.#waitsUntilMs = steadyMs + Math.max(atLeastMs, this.#waitMs)
  }

  goOn(): void {
    this.#waitMs = this.#waitsUntilMs = 0
  }

  /** How long it still waits. */
  waitLeftMs(steadyMs: number): number {
    return Math.max(0, this.#waitsUntilMs - steadyMs)
  }

  /** How long an entry has been filled in part. */
  partlyFilledMs(orders: readonly OwnOrder[], booked: (order: OwnOrder) => number, steadyMs: number): number {
    const isPartly = orders.some((order) => order.role === "entry" && order.status === "open" && booked(order) > 0)
    this.#partlySinceMs = isPartly ? (this.#partlySinceMs ?? steadyMs) : undefined
    return this.#partlySinceMs === undefined ? 0 : steadyMs - this.#partlySinceMs
  }

  /** How long a buy rests that was to fill at once. */
  restingMs(orders: readonly OwnOrder[], steadyMs: number): number {
    this.#restingSinceMs = orders.some(isAtOnce) ? (this.#restingSinceMs ?? steadyMs) : undefined
    return this.#restingSinceMs === undefined ? 0 : steadyMs - this.#restingSinceMs
  }

  /** The price has been below the least its stop sells at for so long that it is sold at the market. */
  isFallenThrough(orders: readonly OwnOrder[], steadyMs: number): boolean {
    const stop = activeStop(orders)
    const isBelow = stop?.kind === "stop-limit" && this.price > 0 && this.price < Number(stop.price)
    this.#fallenSinceMs = isBelow ? (this.#fallenSinceMs ?? steadyMs) : undefined
    return this.#fallenSinceMs !== undefined && steadyMs - this.#fallenSinceMs >= MOST_FALLEN_MS
  }

  /** A stop at the price that the exchange takes: its tick may have changed since the engine said it. */
  #wantsOnTick(): MarketWants {
    const { stop } = this.wants
    if (stop?.stopPrice === undefined) return this.wants
    return { ...this.wants, stop: { ...stop, stopPrice: Number(this.facts.price(stop.stopPrice)) } }
  }

  /** Everything the next act follows from. */
  standing(
    orders: OwnOrder[],
    position: LivePosition,
    rest: Pick<Standing, "booked" | "isClosing" | "mayEnter" | "leastTaken"> & { steadyMs: number },
  ): Standing {
    const { steadyMs, ...own } = rest
    return {
      ...own,
      wants: this.#wantsOnTick(),
      orders,
      position: position.side > 0 ? position.quantity : 0,
      owned: position.side > 0 ? this.facts.floored(position.quantity) : 0,
      held: position.side > 0 ? this.facts.floored(Math.max(0, position.quantity - this.missing)) : 0,
      isAsked: this.difference !== undefined,
      isTrading: this.isTrading,
      leastSale: this.facts.leastSale(this.price),
      isEmergency: this.isEmergency || this.isFallenThrough(orders, steadyMs),
      isTargetReached: this.isTargetReached,
      isTooFar: (limitPrice) =>
        this.reach.isTooFar(limitPrice, { market: this.facts.market, price: this.price, steadyMs }),
      partlyFilledMs: this.partlyFilledMs(orders, rest.booked, steadyMs),
      leastMove: leastMoveOf(this.facts.market.can),
      restingMs: this.restingMs(orders, steadyMs),
    }
  }
}

/** Where a stop has to be taken away to be moved, coins are without one meanwhile: not for a little. */
function leastMoveOf({ replace, amend }: MarketAbilities): number {
  return replace || amend ? 0 : LEAST_MOVE
}

function leastWords(minNotional = "0", minQuantity = "0"): string {
  return `${Number(minNotional)} ${Number(minQuantity)}`
}

/** What is known of a market from now on, to be kept with what happened. */
export function differenceIn(desk: MarketDesk, is: Difference | undefined): Pick<Step, "difference"> {
  desk.difference = is
  return { difference: { market: desk.name, is } }
}
