import { MINUTE_MS } from "../timeframe.ts"
import type { LiveCandle } from "./live-candle.ts"
import type { CandleEvent, HistoryPage, LiveCandles } from "./live-candles.ts"

const START_MS = 1_700_000_040_000 - (1_700_000_040_000 % MINUTE_MS)

/** What may happen between an exchange and us, in any order. */
export type Happening = {
  waitMs: number
  what: "send" | "twice" | "late" | "arrive" | "lose" | "cut" | "reconnect" | "ask" | "answer" | "misprint"
}

/**
 * An exchange whose candles are known at every moment, and a bad line to it. Prices follow `moves`, one trade every
 * five seconds.
 */
export class KnownExchange {
  nowMs = START_MS + 20 * MINUTE_MS + 1_000
  #isConnected = true
  #lose = 0
  readonly #late: CandleEvent[] = []
  readonly #answers: HistoryPage[] = []

  constructor(
    readonly live: LiveCandles,
    private readonly moves: number[],
  ) {}

  /** The candle that opens at a time, as far as it has formed. */
  candleAt(openTimeMs: number, asOfMs = this.nowMs): LiveCandle {
    const prices: number[] = []
    for (let atMs = openTimeMs; atMs < Math.min(openTimeMs + MINUTE_MS, asOfMs); atMs += 5_000)
      prices.push(this.#priceAt(atMs))
    if (prices.length === 0) prices.push(this.#priceAt(openTimeMs))
    return {
      openTimeMs,
      open: prices[0],
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices.at(-1)!,
      volume: prices.length,
    }
  }

  /** Lets time pass, closing candles on the way, and then the thing happen. */
  happen({ waitMs, what }: Happening): void {
    for (const endMs = this.nowMs + waitMs; this.nowMs < endMs;) {
      const closeMs = this.#openMs() + MINUTE_MS
      this.nowMs = Math.min(endMs, closeMs)
      if (this.nowMs === closeMs)
        this.#send({ candle: this.candleAt(closeMs - MINUTE_MS), isClosed: true, atMs: closeMs })
    }
    this.#do(what)
  }

  /** Mends the line and lets every question be answered; what is left then is what the trader sees. */
  settle(): void {
    this.#do("reconnect")
    this.#do("send")
    this.#do("arrive")
    for (let tries = 0; tries < 100 && this.live.wantedFromMs(8) !== undefined; tries++) {
      this.#do("ask")
      this.#do("answer")
    }
  }

  #do(what: Happening["what"]): void {
    const forming = { candle: this.candleAt(this.#openMs()), isClosed: false, atMs: this.nowMs }
    if (what === "send") this.#send(forming)
    else if (what === "twice") [forming, forming].forEach((event) => this.#send(event))
    else if (what === "late") this.#late.unshift(forming)
    else if (what === "arrive") for (const event of this.#late.splice(0)) this.#send(event)
    else if (what === "lose") this.#lose += 2
    else if (what === "cut") this.#isConnected = false
    else if (what === "misprint")
      this.#send({ ...forming, candle: { ...forming.candle, low: forming.candle.low / 50 } })
    else this.#talk(what)
  }

  #talk(what: string): void {
    const fromMs = this.live.wantedFromMs(8)
    if (what === "reconnect") [this.#isConnected, this.#lose] = [true, 0]
    if (what === "reconnect") this.live.doubt()
    if (what === "ask" && fromMs !== undefined)
      this.#answers.push({ fromMs, askedAtMs: this.live.exchangeMs, candles: this.#history(fromMs) })
    if (what === "answer") for (const page of this.#answers.splice(0, 1)) this.live.takePage(page)
  }

  /** Six candles a page, the forming one served like the others. */
  #history(fromMs: number): LiveCandle[] {
    const times = Array.from({ length: 6 }, (_, n) => fromMs + n * MINUTE_MS)
    return times.filter((openTimeMs) => openTimeMs <= this.nowMs).map((openTimeMs) => this.candleAt(openTimeMs))
  }

  #send(event: CandleEvent): void {
    if (this.#lose > 0) return void this.#lose--
    if (this.#isConnected) this.live.hear(event)
  }

  #openMs(): number {
    return this.nowMs - (this.nowMs % MINUTE_MS)
  }

  #priceAt(atMs: number): number {
    return 100 + this.moves[(atMs / 5_000) % this.moves.length]
  }
}
