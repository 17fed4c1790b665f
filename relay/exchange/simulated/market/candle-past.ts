import { MINUTE_MS, DAY_MS, HOUR_MS } from "#engine/candles"
import { CandleArchive } from "./candle-archive.ts"
import type { Candle } from "./candle.ts"
import { mergeCandles } from "./candle.ts"
import type { CandleSource, MinuteCandle } from "./candle-source.ts"
import { ONE } from "../decimal.ts"
import type { Work } from "../long-work.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/** Sums below it are exact in a double, and so is the sum of two of them. */
const SAFE_SUM = 2 ** 52
const TRADES_A_MINUTE = 60
/** Every minute checks for holes; more of them would make history slow. */
const MOST_HOLES = 1_000

/**
 * One market's candles from before the exchange started: the source's minutes, added up exactly. It caches whole
 * hours and days, so that days that begin at another hour cost little more.
 */
export class CandlePast {
  private readonly cachedHours = new CandleArchive(HOUR_MS)
  private readonly cachedDays = new Map<number, Candle | undefined>()
  private readonly holes: { fromMs: number; toMs: number }[] = []

  constructor(
    private readonly rules: SymbolRules,
    private readonly source: CandleSource,
  ) {}

  get firstMs(): number {
    return this.source.firstMs
  }

  /** Everything between two times as one candle (`toMs` excluded); undefined when there is nothing. */
  *span(fromMs: number, toMs: number): Work<Candle | undefined> {
    let merged: Candle | undefined
    for (let atMs = Math.max(fromMs, this.firstMs); atMs < toMs;) {
      const nextHourMs = (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS
      const endMs = isWhole(atMs, DAY_MS, toMs) ? atMs + DAY_MS : Math.min(toMs, nextHourMs)
      merged = mergeCandles(merged, endMs === atMs + DAY_MS ? yield* this.day(atMs) : this.upToAnHour(atMs, endMs))
      atMs = endMs
      yield
    }
    return merged
  }

  /** Drops the minutes of a range (a hole in the data, F60); false when there are too many holes already. */
  forget(fromMs: number, toMs: number): boolean {
    if (this.holes.length >= MOST_HOLES) return false
    this.holes.push({ fromMs, toMs })
    this.cachedDays.clear()
    this.cachedHours.clear()
    return true
  }

  private *day(openTimeMs: number): Work<Candle | undefined> {
    if (this.cachedDays.has(openTimeMs)) return this.cachedDays.get(openTimeMs)
    const holesBefore = this.holes.length
    let merged: Candle | undefined
    for (let atMs = openTimeMs; atMs < openTimeMs + DAY_MS; atMs += HOUR_MS) {
      merged = mergeCandles(merged, this.upToAnHour(atMs, atMs + HOUR_MS))
      yield
    }
    // A hole made meanwhile is not in it.
    if (this.holes.length === holesBefore) this.cachedDays.set(openTimeMs, merged)
    return merged
  }

  private upToAnHour(fromMs: number, toMs: number): Candle | undefined {
    if (!isWhole(fromMs, HOUR_MS, toMs)) return this.sum(fromMs, toMs)
    if (!this.cachedHours.has(fromMs)) this.cachedHours.put(fromMs, this.sum(fromMs, toMs))
    return this.cachedHours.get(fromMs)
  }

  private sum(fromMs: number, toMs: number): Candle | undefined {
    const sum = new MinuteSum()
    for (let atMs = Math.max(fromMs, this.firstMs); atMs < toMs; atMs += MINUTE_MS) {
      const minute = this.isHole(atMs) ? undefined : this.source.minute(this.rules, atMs)
      if (minute) sum.add(minute, atMs)
    }
    return sum.candle(this.rules)
  }

  /** Whether a minute's data was dropped. */
  isHole(atMs: number): boolean {
    return this.holes.length > 0 && this.holes.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)
  }
}

/** One minute of the source as a candle. */
export function candleOfMinute(rules: SymbolRules, minute: MinuteCandle, openTimeMs: number): Candle | undefined {
  const sum = new MinuteSum()
  sum.add(minute, openTimeMs)
  return sum.candle(rules)
}

/** Whether a whole unit begins at `atMs` and ends by `toMs`. */
function isWhole(atMs: number, unitMs: number, toMs: number): boolean {
  return atMs % unitMs === 0 && atMs + unitMs <= toMs
}

/** Adds minutes in whole ticks and steps: a year of them in the time that exact decimals need for a day. */
class MinuteSum {
  private first: { minute: MinuteCandle; atMs: number } | undefined
  private last: { minute: MinuteCandle; atMs: number } | undefined
  private high = 0
  private low = Infinity
  private volume = 0
  private takerVolume = 0
  private trades = 0
  private readonly quote = new ExactSum()
  private readonly takerQuote = new ExactSum()

  add(minute: MinuteCandle, atMs: number): void {
    this.first ??= { minute, atMs }
    this.last = { minute, atMs }
    this.high = Math.max(this.high, minute.high)
    this.low = Math.min(this.low, minute.low)
    const middle = Math.round((minute.open + minute.high + minute.low + minute.close) / 4)
    const taken = Math.floor(minute.volume / 2)
    this.volume += minute.volume
    this.takerVolume += taken
    this.quote.addProduct(minute.volume, middle)
    this.takerQuote.addProduct(taken, middle)
    if (minute.volume > 0) this.trades += TRADES_A_MINUTE
  }

  candle({ tickSize, stepSize }: SymbolRules): Candle | undefined {
    const { first, last } = this
    if (!first || !last) return undefined
    const price = (ticks: number) => BigInt(ticks) * tickSize
    // A tick times a lot step is a whole number of the smallest decimal, which symbol rules assert.
    const quoteUnit = (tickSize * stepSize) / ONE
    return {
      openTimeMs: first.atMs,
      closeTimeMs: last.atMs + MINUTE_MS - 1,
      open: price(first.minute.open),
      high: price(this.high),
      low: price(this.low),
      close: price(last.minute.close),
      volume: BigInt(this.volume) * stepSize,
      takerVolume: BigInt(this.takerVolume) * stepSize,
      quoteVolume: this.quote.total * quoteUnit,
      takerQuoteVolume: this.takerQuote.total * quoteUnit,
      trades: this.trades,
      firstTradeId: -1,
      lastTradeId: -1,
    }
  }
}

/** A sum of whole numbers that stays exact however large it grows. */
class ExactSum {
  private whole = 0n
  private part = 0

  get total(): bigint {
    return this.whole + BigInt(this.part)
  }

  addProduct(first: number, second: number): void {
    const product = first * second
    if (product > SAFE_SUM) this.whole += BigInt(first) * BigInt(second)
    else this.part += product
    if (this.part <= SAFE_SUM) return
    this.whole += BigInt(this.part)
    this.part = 0
  }
}
