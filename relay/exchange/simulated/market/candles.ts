import { addTrade, type Candle, flatCandle, mergeCandles } from "./candle.ts"
import { CandlePast } from "./candle-past.ts"
import { MINUTE_MS, type CandleSource } from "./candle-source.ts"
import { CandleTrouble, type Correction } from "../faults/candle-trouble.ts"
import type { Decimal } from "../decimal.ts"
import { type Interval, nextOpenTime, openTimeOf } from "./interval.ts"
import type { PublicTrade } from "./market.ts"
import { MinuteArchive } from "./minute-archive.ts"
import { secondCandle } from "./second-candle.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const HOUR_MS = 3_600_000
const KEPT_MS = 2 * HOUR_MS

/** Which candles somebody wants: times in UTC milliseconds, `shiftMs` for days that begin elsewhere. */
export type CandleQuery = {
  interval: Interval
  startMs?: number
  endMs?: number
  limit: number
  nowMs: number
  shiftMs?: number
}

/**
 * One market's candles of every length: history from the source, and from the start on what really traded, the
 * forming one included.
 */
export class CandleHistory {
  /** The newest minutes; older ones are in the archive. */
  private readonly minutes = new Map<number, Candle>()
  private readonly archive = new MinuteArchive()
  private forming: Candle | undefined
  private readonly closedHours = new Map<number, Candle | undefined>()
  readonly trouble = new CandleTrouble()
  private readonly past: CandlePast
  /** Open time of the first minute in which the exchange itself traded. */
  private readonly liveFromMs: number

  constructor(
    rules: SymbolRules,
    source: CandleSource,
    private readonly startMs: number,
    /** The newest trades, oldest first: candles of one second are made of them. */
    private readonly trades: readonly PublicTrade[],
  ) {
    this.past = new CandlePast(rules, source)
    this.liveFromMs = openTimeOf("1m", startMs)
  }

  /** Books a trade into its minute. */
  record(trade: PublicTrade): void {
    addTrade(this.minuteAt(trade.timeMs, trade.price), trade)
  }

  /** Makes sure the minute exists although nothing traded in it: it stands at the last price. */
  touch(timeMs: number, lastPrice: Decimal): void {
    this.minuteAt(timeMs, lastPrice)
  }

  /** The candle of `interval` that opens at `openTimeMs`, as far as it is known at `nowMs`. */
  candle(interval: Interval, openTimeMs: number, nowMs: number, shiftMs = 0): Candle | undefined {
    const nextMs = nextOpenTime(interval, openTimeMs, shiftMs)
    if (interval === "1s") return secondCandle(this.trades, openTimeMs)
    const merged = this.span(openTimeMs, Math.min(nextMs, nowMs + 1), nowMs)
    return merged && { ...merged, openTimeMs, closeTimeMs: nextMs - 1 }
  }

  /** Candles by Binance's rule: from `startMs` on oldest first; without it the newest up to `endMs`. */
  list(query: CandleQuery): Candle[] {
    const found = this.page(query)
    return this.trouble.page(found, () =>
      found.length === 0 ? [] : this.page({ ...query, startMs: undefined, endMs: found[0].openTimeMs - 1, limit: 2 }),
    )
  }

  private page(query: CandleQuery): Candle[] {
    const { interval, limit, nowMs, shiftMs = 0 } = query
    const lastMs = Math.min(query.endMs ?? nowMs, nowMs)
    const found: Candle[] = []
    let openMs =
      query.startMs === undefined
        ? this.stepBack(interval, lastMs, limit, shiftMs)
        : Math.max(query.startMs, this.firstOpen(interval, shiftMs))
    if (openTimeOf(interval, openMs, shiftMs) !== openMs)
      openMs = nextOpenTime(interval, openTimeOf(interval, openMs, shiftMs), shiftMs)
    for (; openMs <= lastMs && found.length < limit; openMs = nextOpenTime(interval, openMs, shiftMs)) {
      const candle = this.candle(interval, openMs, nowMs, shiftMs)
      if (candle) found.push(candle)
    }
    return found
  }

  /** Everything between two times merged into one candle (`toMs` not included); undefined when there is nothing. */
  span(fromMs: number, toMs: number, nowMs: number): Candle | undefined {
    const firstMs = openTimeOf("1m", fromMs)
    let merged = firstMs < this.liveFromMs ? this.past.span(firstMs, Math.min(toMs, this.liveFromMs)) : undefined
    for (let atMs = Math.max(firstMs, this.liveFromMs); atMs < toMs;) {
      const isWholeHour = atMs % HOUR_MS === 0 && atMs + HOUR_MS <= toMs
      merged = mergeCandles(merged, isWholeHour ? this.hour(atMs, nowMs) : this.liveMinute(atMs))
      atMs += isWholeHour ? HOUR_MS : MINUTE_MS
    }
    return merged
  }

  /** Forgets the minutes of a range (a hole in the data, F60). */
  forget(fromMs: number, toMs: number): void {
    this.past.forget(fromMs, toMs)
    for (let atMs = Math.max(this.liveFromMs, openTimeOf("1m", fromMs)); atMs < toMs; atMs += MINUTE_MS)
      if (atMs !== this.forming?.openTimeMs) this.drop(atMs)
    this.closedHours.clear()
  }

  /** Says from now on that a minute since the start was otherwise (F63); false when there is no such closed minute. */
  correct(openTimeMs: number, correction: Correction): boolean {
    if (!this.liveMinute(openTimeMs) || openTimeMs === this.forming?.openTimeMs) return false
    this.trouble.correct(openTimeMs, correction)
    this.closedHours.clear()
    return true
  }

  private liveMinute(openTimeMs: number): Candle | undefined {
    return this.trouble.told(this.minutes.get(openTimeMs) ?? this.archive.get(openTimeMs))
  }

  private drop(openTimeMs: number): void {
    this.minutes.delete(openTimeMs)
    this.archive.delete(openTimeMs)
  }

  private archiveOld(nowMs: number): void {
    for (const [openTimeMs, minute] of this.minutes) {
      if (openTimeMs > nowMs - KEPT_MS) return
      if (this.archive.put(minute)) this.minutes.delete(openTimeMs)
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
    const firstMs = interval === "1s" ? this.startMs : this.past.firstMs
    return openTimeOf(interval, firstMs, shiftMs)
  }

  private stepBack(interval: Interval, lastMs: number, count: number, shiftMs: number): number {
    let openMs = openTimeOf(interval, lastMs, shiftMs)
    for (let steps = 1; steps < count; steps++) openMs = openTimeOf(interval, openMs - 1, shiftMs)
    return Math.max(openMs, this.firstOpen(interval, shiftMs))
  }
}
