import { MINUTE_MS } from "#engine/candles"
import { CandleHistory } from "./candles.ts"
import type { CandleSource } from "./candle-source.ts"
import { type Decimal, floorTo, greatest, ONE } from "../decimal.ts"
import type { Order, Side } from "../matching/order.ts"
import { OrderBook, type Resting } from "../matching/order-book.ts"
import { pathThrough, type PricePath } from "./price-path.ts"
import { createRandom, hashOf } from "../random.ts"
import { PriceBend, type Scenario } from "./scenario.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const KEPT_TRADES = 10_000
const QUOTES_PER_SIDE = 20
const REMEMBERED_SHARES = 10_000

/** One public trade. Order ids are 0 for the market's own side. */
export type PublicTrade = {
  id: number
  timeMs: number
  price: Decimal
  quantity: Decimal
  quote: Decimal
  isBuyerMaker: boolean
  buyerOrderId: number
  sellerOrderId: number
}

/** One movement of the market: someone takes `quantity` up (or down) to `price`. */
export type Movement = { side: Side; price: Decimal; quantity: Decimal }

export type Quote = Movement

/** One market: its book, its trades, its candles, and the seeded path its price follows. */
export class Market {
  readonly book = new OrderBook()
  readonly candles: CandleHistory
  /** Its initial rules: the source's minutes are whole ticks and steps of these, whatever the rules are now. */
  readonly first: SymbolRules
  /** Newest last. */
  readonly trades: PublicTrade[] = []
  /** Traders' orders on the book, by order id. */
  readonly resting = new Map<number, Resting>()
  /** Stops waiting for their price, oldest first. */
  readonly waiting = new Set<Order>()
  /** The market's own quotes on the book, by price. */
  readonly quotes = { BUY: new Map<Decimal, Resting[]>(), SELL: new Map<Decimal, Resting[]>() }
  /** Traded prices that the stops have not seen yet. */
  readonly unseenPrices: Decimal[] = []
  isQuoted = false
  /** Nobody trades: the price stays and minutes have no volume (F66). */
  isQuiet = false
  lastPrice: Decimal
  /** Grows with every change of the book, as `lastUpdateId`. */
  updateId = 1
  private lastSide: Side = "BUY"
  private nextTradeId = 1
  private readonly bend = new PriceBend()
  private readonly shares = new Map<Decimal, number>()
  private path: PricePath | undefined
  /** Price in ticks that is followed instead of the path. */
  private followed: number | undefined
  private pathMinuteMs = -1

  constructor(
    readonly rules: SymbolRules,
    private readonly source: CandleSource,
    private readonly seed: string,
    private readonly tickMs: number,
    startMs: number,
  ) {
    this.first = { ...rules }
    this.candles = new CandleHistory(this.first, source, startMs, this.trades)
    const minuteMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS
    const minute = source.minute(this.first, minuteMs)
    const before = source.minute(this.first, minuteMs - MINUTE_MS)
    const startPrice = Math.round(rules.startPrice * Number(ONE / rules.tickSize))
    this.lastPrice = this.priceOf(minute?.open ?? before?.close ?? startPrice)
  }

  /** Where the seeded path goes at this moment; quantity 0 when nobody trades. */
  movement(nowMs: number): Movement {
    const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
    if (minuteMs !== this.pathMinuteMs) this.startMinute(minuteMs)
    const moment = Math.floor((nowMs - minuteMs) / this.tickMs)
    const ticks = this.followed ?? this.path?.prices[moment]
    if (ticks === undefined || this.isQuiet) return { side: this.lastSide, price: this.lastPrice, quantity: 0n }
    const price = this.priceOf(this.bend.bend(ticks, nowMs))
    this.lastSide = price === this.lastPrice ? coin(`${this.seed}/${nowMs}`) : price > this.lastPrice ? "BUY" : "SELL"
    const steps = this.path?.volumes[moment] ?? this.usualSteps()
    return { side: this.lastSide, price, quantity: floorTo(BigInt(steps) * this.first.stepSize, this.rules.stepSize) }
  }

  /** The prices of a minute nobody has to live through; undefined when nobody trades in it. */
  outlineOf(minuteMs: number): { low: Decimal; high: Decimal; close: Decimal } | undefined {
    const minute = this.source.minute(this.first, minuteMs)
    if (!minute || this.isStill) return undefined
    const priceAt = (ticks: number) => this.priceOf(this.bend.bend(ticks, minuteMs))
    return { low: priceAt(minute.low), high: priceAt(minute.high), close: priceAt(minute.close) }
  }

  /** Whether nobody trades whatever the time. */
  get isStill(): boolean {
    return this.isQuiet || this.rules.status !== "TRADING"
  }

  /** Ends the price story that plays, and the following of a price; returns the level the path has now. */
  settle(nowMs: number): number {
    this.followed = undefined
    const minute = this.source.minute(this.first, Math.floor(nowMs / MINUTE_MS) * MINUTE_MS)
    this.bend.finish(minute?.open ?? Number(this.lastPrice / this.first.tickSize), nowMs)
    return this.bend.level
  }

  /** From now on the price comes from outside instead of from the path. */
  follow(price: Decimal): void {
    this.followed = Math.max(1, Number(price / this.first.tickSize))
  }

  /** From now on the path says the price again, as far as it reaches. */
  unfollow(): void {
    this.followed = undefined
    this.pathMinuteMs = -1
  }

  /** Starts a price story. */
  play(scenario: Scenario): void {
    this.bend.start(scenario, Number(this.lastPrice / this.first.tickSize))
  }

  /** What the market itself quotes around `around`: the nearest price on either side, then larger ones further out. */
  wantedQuotes(around: Movement): Quote[] {
    const { tickSize } = this.rules
    const ask = around.side === "BUY" ? around.price : around.price + tickSize
    const quotes = [...this.ladder("SELL", ask), ...this.ladder("BUY", ask - tickSize)]
    // The trade of this moment must find its whole quantity at its price.
    const hit = quotes.find((quote) => quote.side !== around.side && quote.price === around.price)
    if (hit) hit.quantity += around.quantity
    return quotes
  }

  /** Writes a trade into the market's memory. */
  print(trade: Omit<PublicTrade, "id">): PublicTrade {
    const printed = { id: this.nextTradeId++, ...trade }
    this.trades.push(printed)
    if (this.trades.length > KEPT_TRADES * 1.2) this.trades.splice(0, this.trades.length - KEPT_TRADES)
    this.candles.record(printed)
    this.lastPrice = trade.price
    if (this.waiting.size > 0) this.unseenPrices.push(trade.price)
    return printed
  }

  /** Volume-weighted price of the last `minutes`, Binance's average price; the last price when nothing traded. */
  averagePrice(nowMs: number, minutes = 5): Decimal {
    const span = this.candles.span(nowMs - minutes * MINUTE_MS + 1, nowMs + 1, nowMs)
    if (!span || span.volume === 0n) return this.lastPrice
    return floorTo((span.quoteVolume * ONE) / span.volume, 1n)
  }

  private usualSteps(): number {
    const { stepSize } = this.first
    const { minuteVolume } = this.rules
    return Math.max(1, Math.round((minuteVolume * this.tickMs) / MINUTE_MS / (Number(stepSize) / Number(ONE))))
  }

  private startMinute(minuteMs: number): void {
    const candle = this.source.minute(this.first, minuteMs)
    this.pathMinuteMs = minuteMs
    this.path =
      candle &&
      pathThrough(candle, MINUTE_MS / this.tickMs, createRandom(`${this.seed}/${this.rules.symbol}/${minuteMs}`))
  }

  private ladder(side: Side, best: Decimal): Quote[] {
    const { tickSize, stepSize, minuteVolume } = this.rules
    // Further prices are on a fixed grid of about 0.5 basis points, so most quotes stay in place while the price
    // wanders.
    const rung = (best / tickSize / 20_000n + 1n) * tickSize
    const away = side === "SELL" ? rung : -rung
    const base = best - (best % rung)
    const prices = [best, ...Array.from({ length: QUOTES_PER_SIDE - 1 }, (_, index) => base + away * BigInt(index + 1))]
    return prices
      .filter((price) => price > 0n)
      .map((price, index) => {
        const share = this.shareAt(price) * (1 + index / 4)
        return {
          side,
          price,
          quantity: BigInt(Math.max(1, Math.round((minuteVolume * share * 0.5) / (Number(stepSize) / 1e8)))) * stepSize,
        }
      })
  }

  /** How much of a minute's volume is quoted at a price: the same whenever the price comes back. */
  private shareAt(price: Decimal): number {
    let share = this.shares.get(price)
    if (share === undefined) {
      share = 0.05 + (hashOf(`${this.seed}/${price}`) % 1000) / 2000
      if (this.shares.size > REMEMBERED_SHARES) this.shares.clear()
      this.shares.set(price, share)
    }
    return share
  }

  /** A price of the source on the grid that holds now. */
  private priceOf(ticks: number): Decimal {
    const { tickSize } = this.rules
    return greatest(tickSize, floorTo(BigInt(ticks) * this.first.tickSize, tickSize))
  }
}

function coin(seed: string): Side {
  return hashOf(seed) & 1 ? "BUY" : "SELL"
}
