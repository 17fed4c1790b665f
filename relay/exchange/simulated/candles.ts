import type { Decimal } from "./decimal.ts"
import { greatest, least, times } from "./decimal.ts"
import { MINUTE_MS, type CandleSource } from "./candle-source.ts"
import { type Interval, nextOpenTime, openTimeOf } from "./interval.ts"
import type { PublicTrade } from "./market.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const HOUR_MS = 3_600_000
const SECOND_MS = 1_000

/** One candle with everything Binance tells about it. `closeTimeMs` is its last millisecond. */
export type Candle = {
  openTimeMs: number
  closeTimeMs: number
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  volume: Decimal
  quoteVolume: Decimal
  takerVolume: Decimal
  takerQuoteVolume: Decimal
  trades: number
  /** -1 when nothing traded or the trades are from before the exchange started. */
  firstTradeId: number
  lastTradeId: number
}

/** One market's candles of every length: history from the source, and from the start on what really traded, the forming one included. */
export class CandleHistory {
  private readonly minutes = new Map<number, Candle>()
  private forming: Candle | undefined
  private readonly closedHours = new Map<number, Candle | undefined>()

  constructor(
    private readonly rules: SymbolRules,
    private readonly source: CandleSource,
    private readonly startMs: number,
    /** The newest trades, oldest first: candles of one second are made of them. */
    private readonly trades: readonly PublicTrade[],
  ) {}

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
    if (interval === "1s") return this.second(openTimeMs)
    const merged = this.span(openTimeMs, Math.min(nextMs, nowMs + 1), nowMs)
    return merged && { ...merged, openTimeMs, closeTimeMs: nextMs - 1 }
  }

  /** Candles by Binance's rule: from `startMs` on oldest first; without it the newest up to `endMs`. */
  list(query: { interval: Interval; startMs?: number; endMs?: number; limit: number; nowMs: number; shiftMs?: number }): Candle[] {
    const { interval, limit, nowMs, shiftMs = 0 } = query
    const lastMs = Math.min(query.endMs ?? nowMs, nowMs)
    const found: Candle[] = []
    let openMs = query.startMs === undefined ? this.stepBack(interval, lastMs, limit, shiftMs) : Math.max(query.startMs, this.firstOpen(interval, shiftMs))
    if (openTimeOf(interval, openMs, shiftMs) !== openMs) openMs = nextOpenTime(interval, openTimeOf(interval, openMs, shiftMs), shiftMs)
    for (; openMs <= lastMs && found.length < limit; openMs = nextOpenTime(interval, openMs, shiftMs)) {
      const candle = this.candle(interval, openMs, nowMs, shiftMs)
      if (candle) found.push(candle)
    }
    return found
  }

  /** Everything between two times merged into one candle (`toMs` not included); undefined when there is nothing. */
  span(fromMs: number, toMs: number, nowMs: number): Candle | undefined {
    let merged: Candle | undefined
    for (let atMs = openTimeOf("1m", fromMs); atMs < toMs; ) {
      const isWholeHour = atMs % HOUR_MS === 0 && atMs + HOUR_MS <= toMs
      merged = merge(merged, isWholeHour ? this.hour(atMs, nowMs) : this.minute(atMs))
      atMs += isWholeHour ? HOUR_MS : MINUTE_MS
    }
    return merged
  }

  /** Forgets the minutes of a range (a hole in the data, F60). */
  forget(fromMs: number, toMs: number): void {
    for (let atMs = openTimeOf("1m", fromMs); atMs < toMs; atMs += MINUTE_MS) if (atMs !== this.forming?.openTimeMs) this.minutes.delete(atMs)
    this.closedHours.clear()
  }

  private hour(openTimeMs: number, nowMs: number): Candle | undefined {
    if (this.closedHours.has(openTimeMs)) return this.closedHours.get(openTimeMs)
    let merged: Candle | undefined
    for (let atMs = openTimeMs; atMs < openTimeMs + HOUR_MS; atMs += MINUTE_MS) merged = merge(merged, this.minute(atMs))
    if (openTimeMs + HOUR_MS <= nowMs) this.closedHours.set(openTimeMs, merged)
    return merged
  }

  private minute(openTimeMs: number): Candle | undefined {
    if (openTimeMs >= openTimeOf("1m", this.startMs)) return this.minutes.get(openTimeMs)
    const minute = openTimeMs < this.source.firstMs ? undefined : this.source.minute(this.rules, openTimeMs)
    if (!minute) return undefined
    const price = (ticks: number) => BigInt(ticks) * this.rules.tickSize
    const volume = BigInt(minute.volume) * this.rules.stepSize
    const quoteVolume = times(volume, price(Math.round((minute.open + minute.high + minute.low + minute.close) / 4)))
    const taken = { volume, quoteVolume, takerVolume: volume / 2n, takerQuoteVolume: quoteVolume / 2n, trades: minute.volume > 0 ? 60 : 0 }
    const shape = { open: price(minute.open), high: price(minute.high), low: price(minute.low), close: price(minute.close) }
    return { openTimeMs, closeTimeMs: openTimeMs + MINUTE_MS - 1, ...shape, ...taken, firstTradeId: -1, lastTradeId: -1 }
  }

  private minuteAt(timeMs: number, price: Decimal): Candle {
    const forming = this.forming
    if (forming && timeMs <= forming.closeTimeMs && timeMs >= forming.openTimeMs) return forming
    const openTimeMs = openTimeOf("1m", timeMs)
    this.forming = this.minutes.get(openTimeMs) ?? flatCandle(openTimeMs, MINUTE_MS, price)
    this.minutes.set(openTimeMs, this.forming)
    return this.forming
  }

  private second(openTimeMs: number): Candle | undefined {
    let candle: Candle | undefined
    for (let at = firstAt(this.trades, openTimeMs); this.trades[at]?.timeMs < openTimeMs + SECOND_MS; at++) {
      candle ??= flatCandle(openTimeMs, SECOND_MS, this.trades[at].price)
      addTrade(candle, this.trades[at])
    }
    return candle
  }

  private firstOpen(interval: Interval, shiftMs: number): number {
    const firstMs = interval === "1s" ? this.startMs : this.source.firstMs
    return openTimeOf(interval, firstMs, shiftMs)
  }

  private stepBack(interval: Interval, lastMs: number, count: number, shiftMs: number): number {
    let openMs = openTimeOf(interval, lastMs, shiftMs)
    for (let steps = 1; steps < count; steps++) openMs = openTimeOf(interval, openMs - 1, shiftMs)
    return Math.max(openMs, this.firstOpen(interval, shiftMs))
  }
}

function flatCandle(openTimeMs: number, lengthMs: number, price: Decimal): Candle {
  const flat = { open: price, high: price, low: price, close: price, volume: 0n, quoteVolume: 0n, takerVolume: 0n, takerQuoteVolume: 0n }
  return { openTimeMs, closeTimeMs: openTimeMs + lengthMs - 1, ...flat, trades: 0, firstTradeId: -1, lastTradeId: -1 }
}

/** Index of the first trade at or after a time (binary search). */
function firstAt(trades: readonly PublicTrade[], timeMs: number): number {
  let low = 0
  let high = trades.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (trades[middle].timeMs < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

function addTrade(candle: Candle, trade: PublicTrade): void {
  if (candle.trades === 0) Object.assign(candle, { open: trade.price, high: trade.price, low: trade.price, firstTradeId: trade.id })
  candle.high = greatest(candle.high, trade.price)
  candle.low = least(candle.low, trade.price)
  candle.close = trade.price
  candle.volume += trade.quantity
  candle.quoteVolume += trade.quote
  if (!trade.isBuyerMaker) {
    candle.takerVolume += trade.quantity
    candle.takerQuoteVolume += trade.quote
  }
  candle.trades++
  candle.lastTradeId = trade.id
}

function merge(earlier: Candle | undefined, later: Candle | undefined): Candle | undefined {
  if (!earlier || !later) return earlier ?? later
  return {
    openTimeMs: earlier.openTimeMs,
    closeTimeMs: later.closeTimeMs,
    open: earlier.open,
    high: greatest(earlier.high, later.high),
    low: least(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
    quoteVolume: earlier.quoteVolume + later.quoteVolume,
    takerVolume: earlier.takerVolume + later.takerVolume,
    takerQuoteVolume: earlier.takerQuoteVolume + later.takerQuoteVolume,
    trades: earlier.trades + later.trades,
    firstTradeId: earlier.firstTradeId === -1 ? later.firstTradeId : earlier.firstTradeId,
    lastTradeId: later.lastTradeId === -1 ? earlier.lastTradeId : later.lastTradeId,
  }
}
