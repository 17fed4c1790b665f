import { timeframesMs } from "#engine/candles"
import type { AccountNews, Fill, Market, PlaceAnswer, PlacedOrder } from "../exchange/exchange.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { OwnFill, Step } from "../ledger/step.ts"
import { isOwnersSale, type OwnOrder } from "../ledger/own-order.ts"
import type { Cancel } from "../surroundings.ts"
import type { AccountDesk } from "./account-desk.ts"
import { bookBack } from "./bought-back.ts"
import type { BotParts } from "./bot-parts.ts"
import { actWords, fillWords, intentWords, PAUSED, refusalEvents, tradeWords } from "./bot-words.ts"
import { CandleQueue } from "./candle-queue.ts"
import type { Begun, BotInput, Decided, EngineSeat, SeatAbout } from "./engine-seat.ts"
import { liveFill } from "./fill-terms.ts"
import type { MarketDesk } from "./market-desk.ts"
import { MarketFacts } from "./market-facts.ts"
import type { OwnOrders } from "./own-orders.ts"
import { parkedWords } from "./parked-words.ts"
import { Repeats } from "./repeats.ts"
import { ruleEvents } from "./rule-changes.ts"
import { takeOverStop } from "./stop-of-before.ts"
import { wantsAfter } from "./wants.ts"

type Opened = { seat: EngineSeat; desks: MarketDesk[]; orders: OwnOrders; closes: SeatAbout["closes"] }

/** What binary numbers may lose on their way. */
const ROUNDING = 1 + 1e-9

const AUDIT_EVERY_MS = 20_000
const AUDIT_BUYS_EVERY_MS = 10_000
/** An exchange that did not answer is asked again so soon. */
const AUDIT_AGAIN_MS = 2_000

/** What one step brings besides what the engine hears. */
export type Brought = {
  fills?: OwnFill[]
  events?: NewEvent[]
  equityAtMs?: number
  begun?: Begun
  difference?: Step["difference"]
}

/**
 * A bot at work: its engine, its orders and what it hears. When anything goes wrong it is thrown away whole and opened
 * anew from the disk, so each change is kept before anything follows from it.
 */
export class OpenedBot {
  readonly seat: EngineSeat
  readonly desks: readonly MarketDesk[]
  readonly orders: OwnOrders
  /** The newest candle of each market. */
  readonly closes: SeatAbout["closes"]
  lastReason = ""
  /** When the newest decision was on the disk, by the steady clock. */
  decidedMs = 0
  readonly #candles: CandleQueue
  readonly #news: AccountNews[] = []
  readonly #repeats = new Repeats()
  #ends: Cancel[] = []
  #auditedMs = -Infinity
  #auditAgainMs = Infinity
  #sentMs = 0
  /** Markets that have been looked at since the start. */
  readonly #audited = new Set<string>()

  constructor(
    readonly parts: BotParts,
    { seat, desks, orders, closes }: Opened,
  ) {
    this.seat = seat
    this.desks = desks
    this.orders = orders
    this.closes = closes
    const gone = desks.filter(({ isGone }) => isGone).map(({ index }) => index)
    this.#candles = new CandleQueue(desks.length, timeframesMs[parts.strategy.timeframe], new Set(gone))
  }

  /** Takes up what was said before, the newest first: nothing of it is said again. */
  recall(events: readonly NewEvent[]): void {
    this.lastReason = events[0]?.words ?? ""
    this.#repeats.recall(events.toReversed())
    const steadyMs = this.parts.surroundings.steadyMs()
    for (const desk of this.listed)
      desk.recall(events.find(({ about }) => about?.market === desk.name && about.stands)?.about?.stands, steadyMs)
  }

  /** Its owner wants something else: what was said again and again before is over. */
  endRepeats(): NewEvent[] {
    return this.#repeats.end()
  }

  /** Hears candles, prices and the account from now on; `poke` is called when there is something to do. */
  listen(poke: () => void): void {
    const { account, feed, strategy, surroundings } = this.parts
    const timeframeMs = timeframesMs[strategy.timeframe]
    for (const desk of this.listed) {
      const fromMs = this.closes[desk.index].openTimeMs + timeframeMs
      desk.heardMs = fromMs
      const hear = (row: Parameters<CandleQueue["add"]>[1]) => {
        this.#candles.add(desk.index, row, surroundings.steadyMs())
        desk.heardMs = Math.max(desk.heardMs, row[0] + timeframeMs)
        // What waits to be run says how late it is already.
        account.heardTime(row[0] + timeframeMs)
        poke()
      }
      this.#ends.push(feed.follow(desk.name, strategy.timeframe, fromMs, hear))
      this.#ends.push(feed.watchPrice(desk.name, (price, atMs) => desk.heardPrice(price, atMs) && poke()))
    }
    // No names would mean all markets.
    if (this.isAllGone) return
    const unwatch = account.exchange.watchAccount(
      this.listed.map(({ name }) => name),
      (news) => {
        this.#news.push(news)
        poke()
      },
    )
    this.#ends.push(() => void unwatch())
  }

  /** Markets that the exchange lists: the others are parked. */
  get listed(): readonly MarketDesk[] {
    return this.desks.filter(({ isGone }) => !isGone)
  }

  /** Names of the markets that are gone. */
  get parked(): string[] {
    return this.desks.filter(({ isGone }) => isGone).map(({ name }) => name)
  }

  /** Nothing is left that it could do. */
  get isAllGone(): boolean {
    return this.listed.length === 0
  }

  /** Lets the account know which markets are gone. Returns what is news to the owner, who knows that those `before` were. */
  park(before: readonly string[]): NewEvent[] {
    const { account, bot } = this.parts
    return this.desks.flatMap((desk) => {
      account.gone[desk.isGone ? "add" : "delete"](desk.name)
      if (desk.isGone === before.includes(desk.name)) return []
      // Of a bot that halts for it, or ends, that is said then.
      if (this.isAllGone) return []
      const place = { bot: bot.name, exchange: account.exchange.name, isHalted: bot.status === "halted" }
      return [desk.isGone ? parkedWords.gone(desk, this.held(desk), place) : parkedWords.back(desk, place)]
    })
  }

  get account(): AccountDesk {
    return this.parts.account
  }

  whyNotBuy(): string | undefined {
    return this.parts.bot.status === "running" ? undefined : PAUSED
  }

  sent({ role }: OwnOrder): void {
    const { figures, surroundings } = this.parts
    this.#sentMs = surroundings.steadyMs()
    if (role === "entry") figures.sentEntry(this.#sentMs - this.decidedMs)
  }

  answered({ role }: OwnOrder, answer: PlaceAnswer): void {
    const { figures, surroundings } = this.parts
    const tookMs = surroundings.steadyMs() - this.#sentMs
    figures.answered({ role, answer: answer.ok ? "taken" : answer.because, tookMs })
  }

  close(): void {
    for (const end of this.#ends.splice(0)) end()
  }

  /** Takes what the exchange has told of the account. Returns an order of ours that nobody has kept, if there was one. */
  async hearNews(): Promise<PlacedOrder | undefined> {
    for (const news of this.#news.splice(0)) {
      if (news.kind === "order") {
        this.orders.learn(news.order)
        if (await this.#stranger([news.order])) return news.order
      }
      const order = news.kind === "fill" ? this.orders.ownerOf(news.fill) : undefined
      if (order && news.kind === "fill") await this.hearFill(order, news.fill)
    }
    return undefined
  }

  /** A sale of more than we know to be held comes before the news of what was bought: both are asked for. */
  async hearFill(order: OwnOrder, fill: Fill): Promise<void> {
    const isEarly = fill.side === "sell" && Number(fill.quantity) > this.held(this.deskOf(order)) * ROUNDING
    if (isEarly) this.orders.change(order, { status: "unknown" })
    else await this.book(order, [fill])
  }

  /** Whether an order has sold more, booked sales apart, than we know to be held. */
  isSoldTooEarly(order: OwnOrder): boolean {
    const unbooked = Number(order.filledQuantity) - this.orders.booked(order)
    return order.side === "sell" && unbooked > this.held(this.deskOf(order)) * ROUNDING
  }

  /**
   * News may be lost on the way: from time to time the exchange is asked which of our orders are still open. Returns one
   * that is ours and that nobody has kept, if there is one; a stop of before a restore is taken over.
   */
  async audit(): Promise<PlacedOrder | undefined> {
    const nowMs = this.parts.surroundings.steadyMs()
    // A buy that fills unheard would be without a stop.
    const mayFill = this.orders.all.some(({ side, status }) => side === "buy" && status === "open")
    const everyMs = mayFill ? AUDIT_BUYS_EVERY_MS : AUDIT_EVERY_MS
    if (nowMs < Math.min(this.#auditedMs + everyMs, this.#auditAgainMs)) return undefined
    this.#auditedMs = nowMs
    this.#auditAgainMs = Infinity
    for (const { name } of this.listed) {
      const known = this.orders.of(name).filter(({ status }) => status === "open")
      if (known.length === 0 && this.#audited.has(name)) continue
      const open = await this.parts.account.exchange.openOrders(name).catch(() => undefined)
      if (open === undefined) {
        this.#auditAgainMs = nowMs + AUDIT_AGAIN_MS
        continue
      }
      this.#audited.add(name)
      this.orders.doubtOthersThan(open, known)
      const stranger = await this.#stranger(open)
      if (stranger) return stranger
    }
    return undefined
  }

  /** One that is ours and that nobody has kept. Orders of this start are always kept before they leave. */
  async #stranger(placed: readonly PlacedOrder[]): Promise<PlacedOrder | undefined> {
    const stranger = await this.parts.account.other.among(placed)
    if (stranger === undefined || this.orders.has(stranger)) return undefined
    const taken = await takeOverStop(this, stranger)
    if (taken === "later") {
      this.#audited.delete(stranger.market)
      this.#auditedMs = -Infinity
    }
    return taken === "no" ? stranger : undefined
  }

  /** Runs the next candles that have ended. False when none has. */
  async runCandles(): Promise<boolean> {
    const next = this.#candles.take(this.parts.surroundings.steadyMs())
    if (next === undefined) return false
    for (const { market, row } of next.rows) {
      this.closes[market] = { openTimeMs: row[0], close: row[4] }
      this.desks[market].heardPrice(row[4], row[0] + timeframesMs[this.parts.strategy.timeframe])
    }
    const { account, figures, surroundings } = this.parts
    const lateMs = (account.knownMs() ?? next.endMs) - (surroundings.steadyMs() - next.heardMs) - next.endMs
    const inputs: BotInput[] = next.rows.map(({ market, row }) => ({ candle: row, market }))
    await this.step([...inputs, { advanceMs: next.endMs }], { equityAtMs: next.endMs })
    this.decidedMs = surroundings.steadyMs()
    figures.heardCandle(lateMs)
    figures.decided(this.decidedMs - next.heardMs)
    return true
  }

  /** Lets the engine know, and keeps everything that follows as one. */
  async step(inputs: BotInput[], { fills, events = [], equityAtMs, begun, difference }: Brought = {}): Promise<void> {
    const decided = this.seat.tell(inputs)
    this.#want(decided)
    const words = this.#remembered([
      ...events,
      ...decided.intents.flatMap((intent) => intentWords(this.desks[intent.market], intent)),
      ...decided.trades.map(tradeWords),
      ...refusalEvents(decided.rejected),
    ])
    const { ledger, bot, figures, surroundings } = this.parts
    const beganMs = surroundings.steadyMs()
    await ledger.keep(bot, {
      state: this.seat.state(this.closes, {
        wants: this.desks.map(({ wants }) => wants),
        parked: this.parked,
      }),
      orders: this.orders.takeChanged(),
      fills,
      events: words,
      trades: decided.trades,
      equity: equityAtMs === undefined ? undefined : { atMs: equityAtMs, equity: this.worthBy(() => 0) },
      inputs: begun ? [begun, ...inputs] : inputs,
      difference,
    })
    figures.kept(surroundings.steadyMs() - beganMs)
  }

  /** Books fills of an order, each once. */
  async book(order: OwnOrder, all: readonly Fill[]): Promise<void> {
    const fills = all.filter((fill) => this.orders.ownerOf(fill) === order)
    if (fills.length === 0) return
    const desk = this.deskOf(order)
    if (order.role === "buyBack") return bookBack(this, order, fills)
    // A stop that was placed with its entry belongs to the engine's stop from its first fill on.
    const intent = order.intent === 0 && order.role === "stop" ? (desk.wants.stop?.id ?? 0) : order.intent
    // What the stop was to sell is sold at the market, since none could be placed.
    const isWithoutStop = order.role === "exit" && order.intent !== 0 && order.intent === desk.wants.stop?.id
    const own = fills.map((fill) => ({ ...fill, clientOrderId: order.clientOrderId }))
    const priceOf = (asset: string) => this.parts.account.priceOf(asset)
    const inputs: BotInput[] = own.map((fill) => ({
      fill: liveFill(fill, intent, desk.facts.market, priceOf),
      market: desk.index,
      ...(isOwnersSale(order) && { isByHand: true as const }),
      ...(isWithoutStop && { isWithoutStop }),
    }))
    const events = [fillWords(order, own, isWithoutStop), ...this.#dustWords(desk, own)]
    this.orders.book(own)
    this.parts.account.moved()
    await this.step(inputs, { fills: own, events, equityAtMs: this.timeMs() })
    if (this.held(desk) === 0) desk.isEmergency = false
  }

  /** What of a sale of everything is too small to be sold. */
  #dustWords(desk: MarketDesk, fills: readonly OwnFill[]): NewEvent[] {
    const sold = fills.filter(({ side }) => side === "sell").reduce((sum, { quantity }) => sum + Number(quantity), 0)
    const held = this.held(desk)
    const left = sold === 0 ? 0 : held - sold
    return left > held * (ROUNDING - 1) && desk.facts.floored(left) === 0 ? [actWords.dust(desk, left)] : []
  }

  /** What the engine hears as now: the exchange's time, and never before its newest candle has ended. */
  timeMs(): number {
    return Math.max(this.candleMs, this.parts.account.knownMs() ?? 0)
  }

  /** When the newest candle it has heard ended, in the exchange's time. */
  get candleMs(): number {
    return Math.max(...this.closes.map(({ openTimeMs }) => openTimeMs)) + timeframesMs[this.parts.strategy.timeframe]
  }

  /** Keeps what has changed of its orders, and what happened. */
  async keep(
    happened: NewEvent[] = [],
    rest: Pick<Step, "fills" | "difference" | "restoredMarket"> = {},
  ): Promise<void> {
    const orders = this.orders.takeChanged()
    const events = this.#remembered(happened)
    const isNews = orders.length > 0 || events.length > 0 || Object.keys(rest).length > 0
    if (isNews) await this.parts.ledger.keep(this.parts.bot, { orders, events, ...rest })
  }

  /** Reads a market's rules anew: an order that was right by the known ones has been refused. */
  async renewRules(desk: MarketDesk): Promise<void> {
    const { account } = this.parts
    account.forgetMarkets()
    const [market] = await account.markets([desk.name])
    await this.takeRules(desk, market)
  }

  /** A market's rules as the exchange has just said them; its owner hears what is new of them. */
  async takeRules(desk: MarketDesk, market: Market): Promise<void> {
    const before = desk.facts
    desk.facts = new MarketFacts(market)
    const events = ruleEvents(before, desk.facts)
    await this.step([{ rules: desk.facts.rules, market: desk.index }], { events })
  }

  /**
   * Quote currency: cash, and what is held by these prices, else by its last close. Coins too small to sell are part of
   * it: the next position takes them up.
   */
  worthBy(priceOf: (desk: MarketDesk) => number): number {
    const { cash } = this.seat.run.account()
    return this.desks.reduce((sum, desk) => {
      const { quantity, entryPrice, dust } = this.seat.run.position(desk.index)
      const coins = quantity + dust
      return coins === 0 ? sum : sum + coins * (priceOf(desk) || this.closes[desk.index].close || entryPrice)
    }, cash)
  }

  deskOf({ market }: Pick<OwnOrder, "market">): MarketDesk {
    return this.desks.find(({ name }) => name === market)!
  }

  /** Base units of the engine's position. */
  held(desk: MarketDesk): number {
    const { side, quantity } = this.seat.run.position(desk.index)
    return side > 0 ? quantity : 0
  }

  #want({ intents }: Decided): void {
    for (const intent of intents) {
      const desk = this.desks[intent.market]
      desk.wants = wantsAfter(desk.wants, intent)
      if (intent.action === "placeTarget") desk.heardPrice(desk.price)
      if (intent.action !== "moveStop") continue
      desk.failedStops = 0
      desk.stopMovedMs = this.candleMs
    }
  }

  /** The events with the candle they belong to, without what only repeats. */
  #remembered(events: readonly NewEvent[]): NewEvent[] {
    this.lastReason = events.at(-1)?.words ?? this.lastReason
    return this.#repeats.fold(events.map((event) => ({ ...event, candleMs: this.candleMs })))
  }
}
