import { CandleColumn } from "../../../assembly/rules/program-word.ts"
import type { EngineSession } from "../engine/engine-session.ts"

/** A candle that has closed: open time in UTC ms, prices in quote currency, further columns by name. */
export type ClosedCandle = {
  openTimeMs: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  extra?: Record<string, number>
}

/** Candles a market has room for behind those it was opened with; when it is full, finished ones make place. */
export const LIVE_ROOM = 1024

/** The candles of one market of a live run, in the engine's memory. */
export class LiveCandles {
  #count: number
  readonly #room: number

  constructor(
    private readonly session: EngineSession,
    private readonly market: number,
  ) {
    this.#count = session.markets[market].candles.openTimeMs.length
    this.#room = this.#count + LIVE_ROOM
  }

  /** Puts a candle behind the others. It must follow them in time; the engine runs it when its end is reached. */
  append(candle: ClosedCandle): void {
    if (this.#count === this.#room) this.#makePlace()
    const { extras } = this.session.markets[this.market]
    const row = [candle.openTimeMs, candle.open, candle.high, candle.low, candle.close, candle.volume]
    order.forEach((column, n) => (this.#column(column)[this.#count] = row[n]))
    extras.forEach((name, n) => (this.#column(CandleColumn.extras + n)[this.#count] = candle.extra?.[name] ?? NaN))
    this.#count++
    this.#show(this.session.instance.cursor(this.market))
  }

  /** None are in memory: a restored run has finished all it knew. */
  forget(): void {
    this.#count = 0
    this.#show(0)
  }

  #makePlace(): void {
    const done = this.session.instance.cursor(this.market)
    if (done === 0)
      throw new Error(`market ${this.market} has ${this.#count} candles waiting; run some before adding more`)
    const { extras } = this.session.markets[this.market]
    for (const column of [...order, ...extras.map((_, n) => CandleColumn.extras + n)])
      this.#column(column).copyWithin(0, done, this.#count)
    this.#count -= done
    this.#show(0)
  }

  #show(done: number): void {
    this.session.instance.showCandles(this.market, done, this.#count)
  }

  #column(n: number): Float64Array {
    const { memory } = this.session.instance
    const [address] = new Uint32Array(memory.buffer, this.session.markets[this.market].columns + n * 4, 1)
    return new Float64Array(memory.buffer, address, this.#room)
  }
}

const order = [
  CandleColumn.time,
  CandleColumn.open,
  CandleColumn.high,
  CandleColumn.low,
  CandleColumn.close,
  CandleColumn.volume,
]
