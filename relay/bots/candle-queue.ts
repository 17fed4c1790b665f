import type { CandleRow } from "./engine-seat.ts"

/** Candles of a bot's markets that have closed and were not run yet. */
export class CandleQueue {
  readonly #rows: CandleRow[][]
  readonly #arrivedMs: number[][]
  readonly #timeframeMs: number

  /** `silent`: markets that send no more, and are not waited for. */
  constructor(
    markets: number,
    timeframeMs: number,
    private readonly silent: ReadonlySet<number> = new Set(),
  ) {
    this.#rows = Array.from({ length: markets }, () => [])
    this.#arrivedMs = Array.from({ length: markets }, () => [])
    this.#timeframeMs = timeframeMs
  }

  add(market: number, row: CandleRow, nowMs: number): void {
    this.#rows[market].push(row)
    this.#arrivedMs[market].push(nowMs)
  }

  clear(): void {
    for (const lists of [this.#rows, this.#arrivedMs]) for (const list of lists) list.length = 0
  }

  /**
   * The next candles that end together, by market, when they end, and when the last of them was heard (as `nowMs`).
   * Markets do not close at the same moment, so the first waits for the others, but not for ever (live.md, E9); a late
   * one comes alone then.
   */
  take(nowMs: number): { endMs: number; heardMs: number; rows: { market: number; row: CandleRow }[] } | undefined {
    const first = Math.min(...this.#rows.map(([row]) => row?.[0] ?? Infinity))
    if (first === Infinity) return undefined
    const isComplete = this.#rows.every((rows, market) => rows.length > 0 || this.silent.has(market))
    if (!isComplete && nowMs < this.#waitsUntilMs(first)) return undefined
    let heardMs = -Infinity
    const rows = this.#rows.flatMap((queue, market) => {
      if (queue[0]?.[0] !== first) return []
      heardMs = Math.max(heardMs, this.#arrivedMs[market].shift()!)
      return [{ market, row: queue.shift()! }]
    })
    return { endMs: first + this.#timeframeMs, heardMs, rows }
  }

  /** When the oldest candle has waited long enough for the others; undefined while none waits. */
  get dueMs(): number | undefined {
    const first = Math.min(...this.#rows.map(([row]) => row?.[0] ?? Infinity))
    return first === Infinity ? undefined : this.#waitsUntilMs(first)
  }

  #waitsUntilMs(openTimeMs: number): number {
    const arrived = this.#rows.flatMap(([row], market) => (row?.[0] === openTimeMs ? [this.#arrivedMs[market][0]] : []))
    return Math.min(...arrived) + LONGEST_WAIT_MS
  }
}

const LONGEST_WAIT_MS = 5_000
