import { HOUR_MS } from "#engine/candles"
import type { Exchange } from "../exchange/exchange.ts"

/** Hourly moves of a week: long enough to mean something, short enough to be about now. */
const HOURS = 168
/** Fewer moves in common say nothing. */
const LEAST_MOVES = 24
const KNOWN_FOR_MS = HOUR_MS

type Moves = Map<number, number>
export type Closest = { market: string; correlation: number }

/** How alike markets of one exchange move: the correlation (Pearson) of their hourly moves over a week. */
export class Correlations {
  readonly #known = new Map<string, { atMs: number; moves: Promise<Moves> }>()

  constructor(private readonly exchange: Pick<Exchange, "closedCandles">) {}

  /** The market among `others` that moves most like this one; undefined where nothing can be said. Throws as the exchange. */
  async closest(market: string, others: readonly string[], nowMs: number): Promise<Closest | undefined> {
    let closest: Closest | undefined
    for (const other of others.filter((name) => name !== market)) {
      const correlation = correlationOf(await this.#moves(market, nowMs), await this.#moves(other, nowMs))
      if (correlation > (closest?.correlation ?? -Infinity)) closest = { market: other, correlation }
    }
    return closest
  }

  #moves(market: string, nowMs: number): Promise<Moves> {
    const known = this.#known.get(market)
    if (known && nowMs - known.atMs < KNOWN_FOR_MS) return known.moves
    const moves = this.#read(market, nowMs)
    this.#known.set(market, { atMs: nowMs, moves })
    moves.catch(() => this.#known.delete(market))
    return moves
  }

  async #read(market: string, nowMs: number): Promise<Moves> {
    const fromMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - (HOURS + 1) * HOUR_MS
    const candles = await this.exchange.closedCandles({ market, timeframe: "1h", fromMs, limit: HOURS + 1 })
    const moves: Moves = new Map()
    for (const [n, { openTimeMs, close }] of candles.entries())
      if (n > 0) moves.set(openTimeMs, Math.log(Number(close) / Number(candles[n - 1].close)))
    return moves
  }
}

/** Of the moves that both have; NaN where they are too few or one market stood still. */
export function correlationOf(one: Moves, other: Moves): number {
  const times = [...one.keys()].filter((timeMs) => other.has(timeMs))
  if (times.length < LEAST_MOVES) return NaN
  const [a, b] = [one, other].map((moves) => centred(times.map((timeMs) => moves.get(timeMs)!)))
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

function centred(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function product(a: number[], b: number[]): number {
  return a.reduce((sum, value, n) => sum + value * b[n], 0)
}
