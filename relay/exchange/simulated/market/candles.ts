import { DAY_MS, MINUTE_MS, HOUR_MS } from "#engine/candles"
import { CandleArchive } from "./candle-archive.ts"
import { CandleOutline, type Outlined } from "./candle-outline.ts"
import { addTrade, type Candle, flatCandle, mergeCandles } from "./candle.ts"
import { CandlePast } from "./candle-past.ts"
import type { CandleSource } from "./candle-source.ts"
import { CandleTrouble, type Correction } from "../faults/candle-trouble.ts"
import type { Decimal } from "../decimal.ts"
import { atOnce, type Work } from "../long-work.ts"
import { type Interval, nextOpenTime, openTimeOf } from "./interval.ts"
import type { PublicTrade } from "./market.ts"
import { secondCandle } from "./second-candle.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const KEPT_MS = 2 * HOUR_MS

/** A request for candles: times in UTC milliseconds, `shiftMs` for days that begin elsewhere. */
export type CandleQuery = {
  interval: Interval
  startMs?: number
  endMs?: number
  limit: number
  nowMs: number
  shiftMs?: number
}

/**
 * One market's candles of every length: history from the source, and from the start on its real trades, the forming
 * candle included.
 */
export class CandleHistory {
  /** The newest minutes; older ones are in the archive. */
  private readonly minutes = new Map<number, Candle>()
  private readonly archive = new CandleArchive(MINUTE_MS)
  private forming: Candle | undefined
  private readonly closedHours = new Map<number, Candle | undefined>()
  readonly trouble = new CandleTrouble()
  private readonly past: CandlePast
  /** What the source says of times in which nobody traded with the market, or long ago. */
  private readonly outline: CandleOutline
  /** Open time of the first minute in which the exchange itself traded. */
  private readonly liveFromMs: number

  constructor(
    rules: SymbolRules,
    source: CandleSource,
    startMs: number,
    /** The newest trades, oldest first: candles of one second come from them. */
    private readonly trades: readonly PublicTrade[],
  ) {
    this.past = new CandlePast(rules, source)
    this.outline = new CandleOutline(rules, source)
    this.liveFromMs = openTimeOf("1m", startMs)
  }

  /** Adds a trade to its minute. */
  record(trade: PublicTrade): void {
    addTrade(this.minuteAt(trade.timeMs, trade.price), trade)
  }

  /** Makes sure the minute exists although nothing traded in it: it is flat at the last price. */
  touch(timeMs: number, lastPrice: Decimal): void {
    this.minuteAt(timeMs, lastPrice)
  }

  /** The candle of `interval` that opens at `openTimeMs`, as far as it is known at `nowMs`. */
  candle(interval: Interval, openTimeMs: number, nowMs: number, shiftMs = 0): Candle | undefined {
    return atOnce(this.candleInSteps(interval, openTimeMs, nowMs, shiftMs))
  }

  /** Candles by Binance's rule: from `startMs` on oldest first; without it the newest up to `endMs`. */
  *list(query: CandleQuery): Work<Candle[]> {
    const found = yield* this.page(query)
    if (!this.trouble.isOverlapping || found.length === 0) return found
    const before = yield* this.page({ ...query, startMs: undefined, endMs: found[0].openTimeMs - 1, limit: 2 })
    return [...before, ...found, ...found.slice(-1)]
  }

  /** Everything between two times merged into one candle (`toMs` not included); undefined when there is nothing. */
  span(fromMs: number, toMs: number, nowMs: number): Candle | undefined {
    return atOnce(this.spanInSteps(fromMs, toMs, nowMs))
  }

  private *candleInSteps(
    interval: Interval,
    openTimeMs: number,
    nowMs: number,
    shiftMs: number,
  ): Work<Candle | undefined> {
    if (interval === "1s") return secondCandle(this.trades, openTimeMs)
    const nextMs = nextOpenTime(interval, openTimeMs, shiftMs)
    const merged = yield* this.spanInSteps(openTimeMs, Math.min(nextMs, nowMs + 1), nowMs)
    return merged && { ...merged, openTimeMs, closeTimeMs: nextMs - 1 }
  }

  private *page(query: CandleQuery): Work<Candle[]> {
    const { interval, limit, nowMs, shiftMs = 0 } = query
    const lastMs = Math.min(query.endMs ?? nowMs, interval === "1s" ? (this.trades.at(-1)?.timeMs ?? 0) : nowMs)
    const found: Candle[] = []
    let openMs =
      query.startMs === undefined
        ? this.stepBack(interval, lastMs, limit, shiftMs)
        : Math.max(query.startMs, this.firstOpen(interval, shiftMs))
    if (openTimeOf(interval, openMs, shiftMs) !== openMs)
      openMs = nextOpenTime(interval, openTimeOf(interval, openMs, shiftMs), shiftMs)
    for (; openMs <= lastMs && found.length < limit; openMs = nextOpenTime(interval, openMs, shiftMs)) {
      const candle = yield* this.candleInSteps(interval, openMs, nowMs, shiftMs)
      if (candle) found.push(candle)
      yield
    }
    return found
  }

  private *spanInSteps(fromMs: number, toMs: number, nowMs: number): Work<Candle | undefined> {
    const firstMs = openTimeOf("1m", fromMs)
    let merged = firstMs < this.liveFromMs ? yield* this.past.span(firstMs, Math.min(toMs, this.liveFromMs)) : undefined
    for (let atMs = Math.max(firstMs, this.liveFromMs); atMs < toMs;) {
      const isWholeHour = atMs % HOUR_MS === 0 && atMs + HOUR_MS <= toMs
      merged = mergeCandles(merged, isWholeHour ? this.hour(atMs, nowMs) : this.liveMinute(atMs))
      atMs += isWholeHour ? HOUR_MS : MINUTE_MS
      yield
    }
    return merged
  }

  /** Drops the minutes of a range (a hole in the data, F60); false when there are too many holes already. */
  forget(fromMs: number, toMs: number): boolean {
    if (!this.past.forget(fromMs, toMs)) return false
    const lastMs = Math.min(toMs, (this.forming?.openTimeMs ?? this.liveFromMs) + MINUTE_MS)
    for (let atMs = Math.max(this.liveFromMs, openTimeOf("1m", fromMs)); atMs < lastMs; atMs += MINUTE_MS)
      if (atMs !== this.forming?.openTimeMs) this.drop(atMs)
    this.closedHours.clear()
    return true
  }

  /** Corrects a minute since the start from now on (F63); false when there is no such closed minute. */
  correct(openTimeMs: number, correction: Correction): boolean {
    if (!this.liveMinute(openTimeMs) || openTimeMs === this.forming?.openTimeMs) return false
    this.trouble.correct(openTimeMs, correction)
    this.closedHours.clear()
    return true
  }

  /** The minutes of a time that the exchange did not live through. */
  addOutline(outlined: Outlined): void {
    this.outline.add(outlined)
    this.closedHours.clear()
  }

  /** Keeps of whole days before a time only their outline, so that an exchange that runs for years stays small. */
  outlineBefore(timeMs: number): void {
    for (const dayMs of this.archive.daysBefore(timeMs)) {
      const fromMs = Math.max(dayMs, this.liveFromMs)
      const level = this.outline.levelOf(this.archive.get(fromMs))
      this.addOutline({ fromMs, toMs: dayMs + DAY_MS, level })
      this.archive.deleteDay(dayMs)
    }
  }

  private liveMinute(openTimeMs: number): Candle | undefined {
    const made = this.minutes.get(openTimeMs) ?? this.archive.get(openTimeMs)
    return this.trouble.published(made ?? (this.past.isHole(openTimeMs) ? undefined : this.outline.minute(openTimeMs)))
  }

  private drop(openTimeMs: number): void {
    this.minutes.delete(openTimeMs)
    this.archive.delete(openTimeMs)
  }

  private archiveOld(nowMs: number): void {
    for (const [openTimeMs, minute] of this.minutes) {
      if (openTimeMs > nowMs - KEPT_MS) return
      this.archive.put(openTimeMs, minute)
      this.minutes.delete(openTimeMs)
    }
  }

  private hour(openTimeMs: number, nowMs: number): Candle | undefined {
    if (this.closedHours.has(openTimeMs)) return this.closedHours.get(openTimeMs)
    let merged: Candle | undefined
    for (let atMs = openTimeMs; atMs < openTimeMs + HOUR_MS; atMs += MINUTE_MS)
      merged = mergeCandles(merged, this.liveMinute(atMs))
    if (openTimeMs + HOUR_MS <= nowMs) this.closedHours.set(openTimeMs, merged)
    return merged
  }

  private minuteAt(timeMs: number, price: Decimal): Candle {
    const forming = this.forming
    if (forming && timeMs <= forming.closeTimeMs && timeMs >= forming.openTimeMs) return forming
    const openTimeMs = openTimeOf("1m", timeMs)
    this.forming = this.minutes.get(openTimeMs) ?? flatCandle(openTimeMs, MINUTE_MS, price)
    this.minutes.set(openTimeMs, this.forming)
    this.archiveOld(openTimeMs)
    return this.forming
  }

  private firstOpen(interval: Interval, shiftMs: number): number {
    // Candles of one second come from the trades still in memory, and from nothing else.
    const firstMs = interval === "1s" ? (this.trades[0]?.timeMs ?? Infinity) : this.past.firstMs
    return openTimeOf(interval, firstMs, shiftMs)
  }

  private stepBack(interval: Interval, lastMs: number, count: number, shiftMs: number): number {
    let openMs = openTimeOf(interval, lastMs, shiftMs)
    for (let steps = 1; steps < count; steps++) openMs = openTimeOf(interval, openMs - 1, shiftMs)
    return Math.max(openMs, this.firstOpen(interval, shiftMs))
  }
}
