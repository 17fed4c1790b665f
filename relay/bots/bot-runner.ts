import { plainTime, timeframesMs } from "#engine/candles"
import { asSentence } from "../door/refusal.ts"
import type { PlacedOrder } from "../exchange/exchange.ts"
import { clockSentence } from "../guard/clock-words.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { BotRecord, BotStatus, BotWish } from "../ledger/bot-record.ts"
import { storeFailureWords } from "../ledger/store-failure.ts"
import type { Cancel } from "../surroundings.ts"
import type { BotParts } from "./bot-parts.ts"
import { WorkEnded } from "./carry-over.ts"
import { CannotGoOn } from "./engine-seat.ts"
import { type CoinClaim, claimsOf } from "./coin-claims.ts"
import { ClockWatch } from "./clock-watch.ts"
import { awayWords, type Waiting } from "./away-words.ts"
import { type BotPosition, positionsOf } from "./bot-positions.ts"
import { soldOut } from "./sold-out.ts"
import { CoinWatch } from "./coin-watch.ts"
import { type DifferenceAction, DifferenceAnswers } from "./difference-answers.ts"
import type { Away } from "./exchange-silence.ts"
import { Fence } from "./fence.ts"
import { stopsWords } from "./held-words.ts"
import { riskOf, valueOf } from "./kept-standing.ts"
import { goneWords, MarketGone } from "./market-gone.ts"
import { MarketWatch } from "./market-watch.ts"
import { openBot } from "./open-bot.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { endWords, parkedWords } from "./parked-words.ts"
import { Settlement } from "./settlement.ts"
import { StopClock } from "./stop-clock.ts"
import { notAtWork, Turns } from "./turns.ts"

/** A bot at work, and who does what with it. */
type OpenedParts = {
  bot: OpenedBot
  settlement: Settlement
  watch: CoinWatch
  markets: MarketWatch
  answers: DifferenceAnswers
}

const TICK_MS = 1_000
const FIRST_REOPEN_MS = 500
/** While it is closed nothing looks after what it holds. */
const LONGEST_REOPEN_MS = 5_000

/**
 * Runs one bot: candles to the engine, what it wants to the exchange, what the exchange did back. One thing at a time.
 * It has one way to begin, from the disk, and one answer to every failure: begin again.
 */
export class BotRunner {
  readonly #parts: BotParts
  readonly #fence: Fence
  readonly #stopClock: StopClock
  readonly #stopTicking: Cancel
  readonly #turns = new Turns<DifferenceAnswers>()
  readonly #clockWatch = new ClockWatch()
  #opened: OpenedParts | undefined
  #running: Promise<void> | undefined
  #isDue = false
  #isEnded = false
  #reopenMs = 0
  #reopenAtMs = 0
  #failure = ""
  /** What it could not keep, and since when: to be told once it can. */
  #unkept: { because: string; sinceMs: number } | undefined
  /** Its kept state leads nowhere, and trying again tells the same. */
  #isStuck = false
  #hasOpened = false
  /** What it held when it was last open. */
  #heldLast: BotPosition[] = []
  /** The end of the newest candle it knew when it was last open. */
  #seenMs: number | undefined
  /** When it last looked at everything, or ran a candle: by this computer's clock, as UTC. */
  heartbeatMs = 0

  constructor(parts: BotParts) {
    this.#parts = parts
    this.#fence = new Fence(parts.account.exchange, parts.surroundings)
    this.#stopClock = new StopClock(parts.surroundings)
    this.#stopTicking = parts.surroundings.every(TICK_MS, () => this.poke())
  }

  get bot(): BotRecord {
    return this.#parts.bot
  }

  get status(): BotStatus {
    const { status } = this.bot
    return this.#opened === undefined && status === "running" ? "starting" : status
  }

  /** Why it did what it did last, or why it cannot begin, in words. */
  get lastReason(): string {
    const { away } = this
    if (away) return awayWords(away, away.place, [away.waiting])
    return this.#failure || (this.#clockFault ?? this.#opened?.bot.lastReason ?? "")
  }

  /** Why it buys nothing though it would, where that is this machine's clock. */
  get #clockFault(): string | undefined {
    return this.status === "running" ? clockSentence(this.clockErrorMs, this.#parts.account.exchange.name) : undefined
  }

  /** Why it cannot work now, in words; empty while it can. */
  get failure(): string {
    return this.#failure
  }

  /** Looks at everything soon. */
  poke(): void {
    if (this.#isEnded || this.#isStuck) return
    this.#isDue = true
    this.#running ??= this.#runAll().finally(() => (this.#running = undefined))
  }

  /** Ends the work after the act under way; the bot goes on from the disk another time. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#stopTicking()
    await this.#running
    this.#turns.refuse(notAtWork("the relay ends"))
    this.#close()
  }

  /** What its owner wants of it from now on, kept when this returns. */
  async wish(wish: BotWish, words: string): Promise<void> {
    const status = wish === "run" ? "running" : wish === "pause" ? "paused" : "closing"
    Object.assign(this.bot, { wish, status, haltedBecause: null })
    this.#isStuck = false
    for (const desk of this.#opened?.bot.desks ?? []) desk.goOn()
    await this.#keepStanding(...(this.#opened?.bot.endRepeats() ?? []), { kind: "status", words })
    this.poke()
  }

  /** Throws a `Refusal` where it may not go on, since another relay trades on its account. */
  acceptOther(): Promise<void> {
    return this.#parts.account.acceptOther()
  }

  /** Carries out what its owner says of coins that are missing. Returns what follows, in words. */
  answer(id: string, action: DifferenceAction, note: () => Promise<void>): Promise<string> {
    if (this.#opened === undefined) return Promise.reject(notAtWork(this.#failure || "it is starting"))
    const given = this.#turns.ask((answers) => answers.give(id, action, note))
    this.poke()
    return given
  }

  /** Its account's exchange while that does not answer, and what is held there; undefined while it does. */
  get away(): (Away & { place: string; waiting: Waiting }) | undefined {
    const { silence, place } = this.#parts.account
    const positions = this.#opened ? this.positions() : this.#heldLast
    return silence.away && { ...silence.away, place, waiting: { name: this.bot.name, positions } }
  }

  /** What it holds of a coin; undefined while it cannot say. */
  claims(coin: string): CoinClaim[] | undefined {
    if (this.#opened) return claimsOf(this.#opened.bot, coin)
    const isNone = this.status === "stopped" || !this.bot.markets.some((market) => market.startsWith(`${coin}/`))
    return isNone ? [] : undefined
  }

  /** Whether it has opened, and says itself what it holds. */
  get isOpen(): boolean {
    return this.#opened !== undefined
  }

  /** Whether it has yet to open for the first time since the relay started. */
  get isStarting(): boolean {
    return !this.#hasOpened && !this.#isStuck && this.bot.status !== "stopped"
  }

  /** Its markets where nothing happens: they do not trade, or send no candles. */
  get stillMarkets(): string[] {
    return this.#opened?.bot.listed.filter(({ isKnownStill }) => isKnownStill).map(({ name }) => name) ?? []
  }

  /** None while it opens. */
  positions(): BotPosition[] {
    return this.#opened ? positionsOf(this.#opened.bot) : []
  }

  /** Quote currency: cash, and positions at the newest prices heard; undefined while it opens. */
  equity(): number | undefined {
    return this.#opened?.bot.worthBy(({ price }) => price)
  }

  /** When the oldest price was that its positions are worth now; undefined where nothing is held, and while it opens. */
  get pricedMs(): number | undefined {
    const { seat, desks } = this.#opened?.bot ?? { desks: [] }
    const held = desks.filter(({ index, priceMs }) => priceMs > 0 && seat!.run.position(index).side !== 0)
    return held.length === 0 ? undefined : Math.min(...held.map(({ priceMs }) => priceMs))
  }

  /** What time it is at its exchange, at least that of the newest candle it knows; undefined before that. */
  get exchangeMs(): number | undefined {
    return this.#parts.account.knownMs() ?? this.#opened?.bot.candleMs ?? this.#seenMs
  }

  /** How far this machine's clock is ahead of its exchange's; undefined while that was not measured. */
  get clockErrorMs(): number | undefined {
    return this.#parts.account.exchange.clockErrorMs()
  }

  /** What its positions are worth. Quote currency. */
  invested(): number {
    return valueOf(this.positions())
  }

  /** What it has at risk by market: positions, and buys under way. Quote currency. */
  atRisk(): Map<string, number> {
    const { all, booked } = this.#opened?.bot.orders ?? { all: [], booked: () => 0 }
    return riskOf(this.positions(), all, booked)
  }

  /** When its next candle closes; undefined while it opens. */
  get nextDecisionMs(): number | undefined {
    const last = this.#opened?.bot.closes.map(({ openTimeMs }) => openTimeMs)
    return last && Math.max(...last) + 2 * timeframesMs[this.#parts.strategy.timeframe]
  }

  async #runAll(): Promise<void> {
    while (this.#isDue && !this.#isEnded) {
      this.#isDue = false
      try {
        await this.#round()
        // One that waits until it may open again still fails.
        if (this.#opened !== undefined || this.bot.status === "stopped") this.#failure = ""
      } catch (error) {
        await this.#failed(error)
      }
    }
  }

  async #round(): Promise<void> {
    const { surroundings } = this.#parts
    this.heartbeatMs = surroundings.nowMs()
    this.#parts.account.silence.look()
    if (this.bot.status === "stopped") return this.#close()
    if (this.#opened === undefined && surroundings.steadyMs() < this.#reopenAtMs) return
    const opened = (this.#opened ??= await this.#open())
    const { bot, settlement, watch, markets, answers } = opened
    await this.#tellKeptAgain()
    await this.#tellClock()
    const stranger = (await bot.hearNews()) ?? (await bot.audit())
    if (stranger !== undefined) await this.#heardStranger(stranger)
    if (await markets.look()) return this.#openAnew()
    await this.#haltIfAllGone(bot)
    await watch.look()
    await this.#turns.take(answers)
    await this.#settleAll(bot, settlement)
    while (!this.#isEnded && (await bot.runCandles())) {
      this.heartbeatMs = surroundings.nowMs()
      await this.#settleAll(bot, settlement)
    }
    await this.#parts.account.watchLimits()
    await this.#finish(opened)
  }

  /** Records were not kept for a while: the first that is kept says so. Until it is, the bot does nothing. */
  async #tellKeptAgain(): Promise<void> {
    if (this.#unkept === undefined) return
    const { because, sinceMs } = this.#unkept
    const words = `From ${plainTime(sinceMs)} on its records could not be kept, so it did nothing; stops that waited stayed at the exchange. It was because of this: ${asSentence(because)} Now they are kept again, and it goes on.`
    await this.#keepStanding({ kind: "problem", words })
    this.#unkept = undefined
  }

  /** A market has gone, or has come back. */
  #openAnew(): void {
    this.#close()
    this.poke()
  }

  async #tellClock(): Promise<void> {
    const event = this.#clockWatch.look(this.clockErrorMs, this.#parts.account.exchange.name)
    if (event) await this.#keepStanding(event)
  }

  async #settleAll(bot: OpenedBot, settlement: Settlement): Promise<void> {
    for (const desk of bot.desks) {
      const waitMs = await settlement.settle(desk)
      if (waitMs > 0) this.#parts.surroundings.after(waitMs, () => this.poke())
    }
  }

  async #open(): Promise<OpenedParts> {
    const bot = await openBot(this.#parts, () => this.#isEnded)
    bot.listen(() => this.poke())
    this.#reopenMs = 0
    this.#hasOpened = true
    const watch = new CoinWatch(bot)
    return {
      bot,
      watch,
      markets: new MarketWatch(bot),
      settlement: new Settlement(bot, { fence: this.#fence, watch, stopClock: this.#stopClock }),
      answers: new DifferenceAnswers(bot, watch),
    }
  }

  #close(): void {
    this.#seenMs = this.#opened?.bot.candleMs ?? this.#seenMs
    this.#heldLast = this.#opened ? this.positions() : this.#heldLast
    this.#opened?.bot.close()
    this.#opened = undefined
    this.#parts.account.atRisk.closed(this.bot.id)
  }

  /** Disk or exchange are away: begin again later. Another engine, or our mistake: the bot halts. */
  async #failed(error: unknown): Promise<void> {
    const { surroundings, onBug } = this.#parts
    const wasOpen = this.#opened !== undefined
    this.#close()
    this.#turns.refuse(error)
    this.#reopenMs = Math.min(LONGEST_REOPEN_MS, Math.max(FIRST_REOPEN_MS, this.#reopenMs * 2))
    this.#reopenAtMs = surroundings.steadyMs() + this.#reopenMs
    const refused = storeFailureWords(error)
    this.#failure = refused ?? (error instanceof Error ? error.message : String(error))
    if (refused !== undefined) this.#unkept ??= { because: refused, sinceMs: surroundings.nowMs() }
    if (error instanceof ExchangeUnreachable && error.because === "key") this.#parts.onKeyRefused()
    // Opened anew, it parks the market and goes on with the others.
    if (error instanceof MarketGone && wasOpen) return
    if (error instanceof MarketGone && this.bot.status === "closing")
      return void (await this.#endUnbegun(error).catch(onBug))
    if (error instanceof MarketGone) return void (await this.#halt(error.message).catch(onBug))
    if (error instanceof ExchangeUnreachable || refused !== undefined || error instanceof WorkEnded) return
    if (error instanceof CannotGoOn) {
      this.#isStuck = true
      return void (await this.#halt(error.message, error.events).catch(onBug))
    }
    onBug(error)
    await this.#halt(`Candlewright made a mistake: ${this.#failure.slice(0, 200)}`).catch(onBug)
  }

  /** It can do nothing any more, and its owner is the only one who can. */
  async #haltIfAllGone({ isAllGone, desks, account }: OpenedBot): Promise<void> {
    if (isAllGone && this.bot.status !== "closing") await this.#halt(goneWords(account.exchange.name, desks[0].name))
  }

  /** Its market was gone before its first candle: there is nothing to sell. */
  async #endUnbegun({ message }: MarketGone): Promise<void> {
    const isEnd = this.bot.wish === "stop"
    Object.assign(this.bot, isEnd ? { status: "stopped" } : { status: "paused", wish: "pause" })
    const words = `Nothing was ever bought: the bot had not heard its first candle. ${asSentence(message)}`
    await this.#keepStanding({ kind: "status", words })
  }

  async #heardStranger(order: PlacedOrder): Promise<void> {
    const { account } = this.#parts
    if (account.other.isOthers(order)) await account.heardOther(order)
    else await this.#halt(strangerWords(order))
  }

  /** Another relay trades on its account: it buys nothing more; what it sells it goes on selling. */
  async haltFor(because: string): Promise<void> {
    if (this.bot.status !== "stopped" && this.bot.status !== "closing") await this.#halt(because)
  }

  /** No entry leaves any more; the stops stay at the exchange. */
  async #halt(because: string, before: readonly NewEvent[] = []): Promise<void> {
    if (this.bot.status === "halted") return
    Object.assign(this.bot, { status: "halted", haltedBecause: because })
    const held = this.#opened ? this.positions() : this.#hasOpened ? this.#heldLast : undefined
    const safety = held ? stopsWords(held) : "Stops that wait at the exchange stay there."
    const words = `Halted: ${asSentence(because)} ${safety}`
    await this.#keepStanding(...before, { kind: "problem", words })
  }

  #keepStanding(...events: NewEvent[]): Promise<void> {
    const { status, wish, haltedBecause } = this.bot
    const { bot: opened } = this.#opened ?? {}
    const candleMs = opened?.candleMs
    if (opened) opened.lastReason = events.at(-1)?.words ?? opened.lastReason
    return this.#parts.ledger.keep(this.bot, {
      standing: { status, wish, haltedBecause },
      events: events.map((event) => ({ ...event, candleMs })),
    })
  }

  /** A bot that sells all is done when nothing is left. */
  async #finish({ bot: opened, answers }: OpenedParts): Promise<void> {
    const { bot } = this
    const unsold = bot.status === "closing" ? await soldOut(opened, answers) : undefined
    if (unsold === undefined) return
    const isEnd = bot.wish === "stop"
    Object.assign(bot, isEnd ? { status: "stopped" } : { status: "paused", wish: "pause" })
    const left = unsold.map((each) => parkedWords.unsold(each, opened.account.exchange.name))
    const words = endWords(unsold, isEnd ? "the bot has ended" : "entries are paused")
    await this.#keepStanding(...left, { kind: "status", words })
    if (isEnd) this.#close()
  }
}

function strangerWords({ clientOrderId, side, quantity, market }: PlacedOrder): string {
  return `an order of this Candlewright is at the exchange that its data knows nothing of (${side} ${quantity} of ${market}, ${clientOrderId}): the data is older than the order. Cancel it there or let it end, settle what it bought, then resume`
}
