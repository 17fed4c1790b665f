import { ONE } from "../decimal.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/** One minute of a market, in whole ticks (prices) and whole lot steps (volume), so that sums are exact. */
export type MinuteCandle = { open: number; high: number; low: number; close: number; volume: number }

/** Where prices come from: any minute of any market, or undefined where there is no data. */
export type CandleSource = {
  minute(rules: SymbolRules, openTimeMs: number): MinuteCandle | undefined
  /** Open time of the oldest minute there is. */
  firstMs: number
  /** Open time of the first minute that it does not know yet; undefined when it knows them all. */
  knownUntilMs?: number
}

/**
 * Columns of one-minute candles, oldest first: times in UTC milliseconds, prices in quote per base unit, volume in
 * base units.
 */
export type MinuteColumns = Record<"openTimeMs" | "open" | "high" | "low" | "close" | "volume", ArrayLike<number>>

/** Replays candles of one minute, keyed by market; outside them there is no data. */
export function replaySource(candles: Record<string, MinuteColumns>): CandleSource {
  const places = new Map(Object.entries(candles).map(([symbol, columns]) => [symbol, placesOf(columns.openTimeMs)]))
  return {
    firstMs: Math.min(...Object.values(candles).map((columns) => columns.openTimeMs[0])),
    minute(rules, openTimeMs) {
      const columns = candles[rules.symbol]
      const row = places.get(rules.symbol)?.get(openTimeMs)
      if (!columns || row === undefined) return undefined
      return gridOf(rules)({
        open: columns.open[row],
        high: columns.high[row],
        low: columns.low[row],
        close: columns.close[row],
        volume: columns.volume[row],
      })
    },
  }
}

/** What rounds a market's candles of quote prices and base volume to ticks and steps. */
export function gridOf(rules: SymbolRules): (candle: MinuteCandle) => MinuteCandle {
  // A tick is a power of ten, so its number of ticks per unit is whole.
  const ticksPerUnit = Number(ONE / rules.tickSize)
  const stepsPerUnit = Number(ONE / rules.stepSize)
  const ticks = (price: number) => Math.max(1, Math.round(price * ticksPerUnit))
  return ({ open, high, low, close, volume }) => ({
    open: ticks(open),
    high: ticks(high),
    low: ticks(low),
    close: ticks(close),
    volume: Math.round(volume * stepsPerUnit),
  })
}

function placesOf(timesMs: ArrayLike<number>): Map<number, number> {
  return new Map(Array.from(timesMs, (timeMs, row) => [timeMs, row]))
}
