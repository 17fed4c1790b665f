import { DAY_MS } from "#engine/candles"
import type { Candle } from "./candle.ts"

const amounts = ["open", "high", "low", "close", "volume", "quoteVolume", "takerVolume", "takerQuoteVolume"] as const
const counts = ["trades", "firstTradeId", "lastTradeId"] as const
/** An extra number says what is known of the candle. */
const FIELDS = 1 + amounts.length + counts.length
const KEPT = 1
const EMPTY = 2

/**
 * Closed candles of one length (which divides a day) in a third of the memory, for an exchange that runs for months:
 * a day is one block of numbers.
 */
export class CandleArchive {
  private readonly days = new Map<number, Float64Array>()
  /** Those with an amount too large for an exact double. */
  private readonly large = new Map<number, Candle>()

  constructor(private readonly lengthMs: number) {}

  /** Keeps a candle, or the fact that there is none, under its open time. */
  put(openTimeMs: number, candle: Candle | undefined): void {
    const values = candle && [...amounts.map((name) => Number(candle[name])), ...counts.map((name) => candle[name])]
    if (values && !values.every(Number.isSafeInteger)) this.large.set(openTimeMs, candle)
    else this.dayOf(openTimeMs).set(values ? [KEPT, ...values] : [EMPTY], this.placeOf(openTimeMs))
  }

  /** Whether the archive has an entry for an open time, even an empty one. */
  has(openTimeMs: number): boolean {
    const day = this.days.get(Math.floor(openTimeMs / DAY_MS))
    return this.large.has(openTimeMs) || (day !== undefined && day[this.placeOf(openTimeMs)] !== 0)
  }

  get(openTimeMs: number): Candle | undefined {
    const day = this.days.get(Math.floor(openTimeMs / DAY_MS))
    const place = this.placeOf(openTimeMs)
    if (day?.[place] !== KEPT) return this.large.get(openTimeMs)
    const values = [
      ...amounts.map((name, field) => [name, BigInt(day[place + 1 + field])] as const),
      ...counts.map((name, field) => [name, day[place + 1 + amounts.length + field]] as const),
    ]
    return { openTimeMs, closeTimeMs: openTimeMs + this.lengthMs - 1, ...Object.fromEntries(values) } as Candle
  }

  delete(openTimeMs: number): void {
    this.large.delete(openTimeMs)
    this.days.get(Math.floor(openTimeMs / DAY_MS))?.fill(0, this.placeOf(openTimeMs), this.placeOf(openTimeMs) + 1)
  }

  /** Start times of the days with entries that ended by a time, oldest first. */
  daysBefore(timeMs: number): number[] {
    const starts = Array.from(this.days.keys(), (number) => number * DAY_MS)
    return starts.filter((startMs) => startMs + DAY_MS <= timeMs).sort((one, other) => one - other)
  }

  /** Drops a whole day by its start time. */
  deleteDay(startMs: number): void {
    this.days.delete(startMs / DAY_MS)
    for (const openTimeMs of this.large.keys())
      if (openTimeMs >= startMs && openTimeMs < startMs + DAY_MS) this.large.delete(openTimeMs)
  }

  clear(): void {
    this.days.clear()
    this.large.clear()
  }

  private dayOf(openTimeMs: number): Float64Array {
    const number = Math.floor(openTimeMs / DAY_MS)
    let day = this.days.get(number)
    if (!day) this.days.set(number, (day = new Float64Array((DAY_MS / this.lengthMs) * FIELDS)))
    return day
  }

  private placeOf(openTimeMs: number): number {
    const ofDayMs = openTimeMs - Math.floor(openTimeMs / DAY_MS) * DAY_MS
    return Math.floor(ofDayMs / this.lengthMs) * FIELDS
  }
}
