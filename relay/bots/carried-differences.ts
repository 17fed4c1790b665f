import { plainTime } from "#engine/candles"
import type { LiveIntent } from "#engine/run"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { LiveTrade } from "../ledger/step.ts"
import type { BotParts } from "./bot-parts.ts"
import { endedBy } from "./bot-words.ts"
import { amount } from "./bot-view.ts"
import type { SeatStands } from "./engine-seat.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { MarketWants, WantedOrder } from "./wants.ts"

/** Named one by one; the rest is counted. */
const MOST_NAMED = 20
/** Of the cash that a bot began with: more than this is no rounding and no fee, and sizes would follow it. */
const MOST_CASH_OFF = 0.001

/** How an engine that has heard the same as another differs from it. */
export class CarriedDifferences {
  readonly #grave: string[] = []
  readonly #slight: string[] = []
  #trades = 0
  #unnamed = 0

  constructor(
    private readonly desks: readonly MarketDesk[],
    private readonly orders: readonly OwnOrder[],
  ) {}

  /** Something differs that the bot cannot go on with: what it holds, its stop, or an order. */
  get isTooMuch(): boolean {
    return this.#grave.length > 0
  }

  /** The first that stands in the way. */
  get summary(): string {
    const [first, ...others] = this.#grave
    return `told the same, the one here differs: ${first}${others.length > 0 ? `, and ${others.length} more` : ""}`
  }

  get events(): NewEvent[] {
    const named = [...this.#grave, ...this.#slight].map((words) => `The new engine differs: ${words}.`)
    if (this.#unnamed > 0) named.push(`The new engine differs in ${this.#unnamed} more.`)
    return named.map((words) => ({ kind: "problem", words }))
  }

  /** Trades that it has booked, the next ones. */
  async compareTrades({ bot, ledger }: Pick<BotParts, "bot" | "ledger">, again: readonly LiveTrade[]): Promise<void> {
    if (again.length === 0) return
    const kept = await ledger.trades(bot.id, { skip: this.#trades, limit: again.length })
    again.forEach((trade, n) => this.#compare({ what: "a trade", was: wordsOf(kept[n]), is: wordsOf(trade) }, false))
    this.#trades += again.length
  }

  /** Those that it has not booked at all. */
  async compareLastTrades({ bot, ledger }: Pick<BotParts, "bot" | "ledger">): Promise<void> {
    const kept = await ledger.trades(bot.id, { skip: this.#trades, limit: MOST_NAMED })
    for (const trade of kept) this.#compare({ what: "a trade", was: wordsOf(trade), is: "none" }, false)
  }

  /** What is held and had at the end. */
  compareStands(kept: SeatStands, again: SeatStands, cash: number): void {
    this.desks.forEach(({ name, facts }, n) => {
      const [was, is] = [kept.positions[n], again.positions[n]]
      const both = comparing(name, was, is)
      this.#compare(
        both("what is held", ({ quantity }) => facts.quantity(quantity)),
        true,
      )
      if (was.quantity === 0) return
      this.#compare(
        both("the stop", ({ stop }) => (stop === null ? "none" : facts.price(stop))),
        true,
      )
      this.#compare(
        both("the average price", ({ entryPrice }) => facts.price(entryPrice)),
        false,
      )
    })
    const isFar = Math.abs(kept.cash - again.cash) > cash * MOST_CASH_OFF
    this.#compare({ what: "cash", was: amount(kept.cash), is: amount(again.cash) }, isFar)
  }

  /** What is wanted of each market. A target is only watched, so another one does no harm while none is ordered. */
  compareWants(kept: readonly MarketWants[], again: readonly MarketWants[]): void {
    this.desks.forEach(({ name, facts }, n) => {
      const isOrdered = this.orders.some(({ market, role }) => market === name && role === "target")
      const both = comparing(name, kept[n], again[n])
      this.#compare(
        both("the entry", ({ entry }) => orderWords(entry, facts)),
        true,
      )
      this.#compare(
        both("the safety order", ({ add }) => orderWords(add, facts)),
        true,
      )
      this.#compare(
        both("the sale", ({ exit }) => intentWords(exit, facts)),
        true,
      )
      this.#compare(
        both("the order of the stop", ({ stop }) => intentWords(stop, facts)),
        true,
      )
      this.#compare(
        both("the target", ({ target }) => intentWords(target, facts)),
        isOrdered,
      )
    })
  }

  #compare({ what, was, is }: Compared, isGrave: boolean): void {
    if (was !== is) this.#add(isGrave ? this.#grave : this.#slight, `${what} is ${is}, and was ${was}`)
  }

  #add(all: string[], words: string): void {
    if (all.length < MOST_NAMED) all.push(words)
    else this.#unnamed++
  }
}

/** What something is by the new engine, and was by the old one, in words: what reads the same is the same. */
type Compared = { what: string; was: string; is: string }
type Facts = MarketDesk["facts"]

function comparing<Thing>(market: string, was: Thing, is: Thing) {
  return (what: string, words: (thing: Thing) => string): Compared => ({
    what: `${market}, ${what}`,
    was: words(was),
    is: words(is),
  })
}

function orderWords(order: WantedOrder | undefined, facts: Facts): string {
  return `${intentWords(order?.intent, facts)}${order?.isCancelled ? ", to be cancelled" : ""}`
}

function intentWords(intent: LiveIntent | undefined, facts: Facts): string {
  if (intent === undefined) return "none"
  const { id, side, quantity = 0, limitPrice, stopPrice } = intent
  const at = limitPrice === undefined ? "" : ` at ${facts.price(limitPrice)}`
  const stop = stopPrice === undefined ? "" : `, stop ${facts.price(stopPrice)}`
  return `${side} ${facts.quantity(quantity)}${at}${stop} (number ${id})`
}

function wordsOf(trade: LiveTrade | undefined): string {
  if (trade === undefined) return "none"
  const { market, quantity, entryPrice, exitPrice, exitTimeMs, exitReason, profit } = trade
  const prices = `from ${amount(entryPrice)} to ${amount(exitPrice)}`
  return `${market} ${amount(quantity)} ${prices}, ended ${plainTime(exitTimeMs)} by ${endedBy(exitReason)} with ${amount(profit)}`
}
