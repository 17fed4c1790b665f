import type { Candle } from "./candle.ts"
import { MINUTE_MS } from "./candle-source.ts"

const MINUTES_PER_DAY = 1440
const DAY_MS = MINUTES_PER_DAY * MINUTE_MS
const amounts = ["open", "high", "low", "close", "volume", "quoteVolume", "takerVolume", "takerQuoteVolume"] as const
const counts = ["trades", "firstTradeId", "lastTradeId"] as const
/** One more says that the minute is there. */
const FIELDS = 1 + amounts.length + counts.length

/** Closed minutes in a third of the memory, for an exchange that runs for months: a day is one block of numbers. */
export class MinuteArchive {
  private readonly days = new Map<number, Float64Array>()

  /**
   * Keeps a minute; false when one of its amounts is too large for an exact double, and the caller keeps it himself.
   */
  put(candle: Candle): boolean {
    const values = [...amounts.map((name) => Number(candle[name])), ...counts.map((name) => candle[name])]
    if (!values.every(Number.isSafeInteger)) return false
    const day = Math.floor(candle.openTimeMs / DAY_MS)
    if (!this.days.has(day)) this.days.set(day, new Float64Array(MINUTES_PER_DAY * FIELDS))
    this.days.get(day)!.set([1, ...values], placeOf(candle.openTimeMs))
    return true
  }

  get(openTimeMs: number): Candle | undefined {
    const day = this.days.get(Math.floor(openTimeMs / DAY_MS))
    const place = placeOf(openTimeMs)
    if (day?.[place] !== 1) return undefined
    const values = [
      ...amounts.map((name, field) => [name, BigInt(day[place + 1 + field])] as const),
      ...counts.map((name, field) => [name, day[place + 1 + amounts.length + field]] as const),
    ]
    return { openTimeMs, closeTimeMs: openTimeMs + MINUTE_MS - 1, ...Object.fromEntries(values) } as Candle
  }

  delete(openTimeMs: number): void {
    this.days.get(Math.floor(openTimeMs / DAY_MS))?.fill(0, placeOf(openTimeMs), placeOf(openTimeMs) + 1)
  }
}

function placeOf(openTimeMs: number): number {
  return (Math.floor(openTimeMs / MINUTE_MS) % MINUTES_PER_DAY) * FIELDS
}
