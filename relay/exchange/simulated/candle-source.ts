import { type Candles, syntheticCandles } from "#engine"
import { ONE } from "./decimal.ts"
import { hashOf } from "./random.ts"
import type { SymbolRules } from "./symbol-rules.ts"

export const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MINUTES_PER_DAY = 1440

/** One minute of a market, in whole ticks (prices) and whole lot steps (volume), so that sums are exact. */
export type MinuteCandle = { open: number; high: number; low: number; close: number; volume: number }

/** Where prices come from: any minute of any market, or undefined where there is no data. */
export type CandleSource = {
  minute(rules: SymbolRules, openTimeMs: number): MinuteCandle | undefined
  /** Open time of the oldest minute there is. */
  firstMs: number
}

/**
 * The engine's made-up market, day by day in both directions from `startMs`, where the price is the market's start price. Each day
 * is a pure function of (seed, market, day) and of its neighbour's price.
 */
export function syntheticSource({ seed, startMs, historyDays }: { seed: string; startMs: number; historyDays: number }): CandleSource {
  const days = new Map<string, MadeUpDay>()
  const startDay = Math.floor(startMs / DAY_MS)
  const dayOf = (rules: SymbolRules, day: number): MadeUpDay => {
    // Walks from the start day outwards, so each day finds its neighbour's price ready and nothing recurses deeply.
    const step = day >= startDay ? 1 : -1
    let found = days.get(`${rules.symbol}/${day}`)
    for (let at = step === 1 ? startDay : startDay - 1; !found; at += step) {
      if (!days.has(`${rules.symbol}/${at}`)) days.set(`${rules.symbol}/${at}`, joined(rules, at, makeDay(rules, seed, at)))
      found = days.get(`${rules.symbol}/${day}`)
    }
    return found
  }
  const joined = (rules: SymbolRules, day: number, made: MadeUpDay): MadeUpDay => {
    const { open, close } = made.candles
    if (day >= startDay) return { ...made, priceFactor: (day === startDay ? rules.startPrice : lastClose(days.get(`${rules.symbol}/${day - 1}`)!)) / open[0] }
    return { ...made, priceFactor: (day === startDay - 1 ? rules.startPrice : firstOpen(days.get(`${rules.symbol}/${day + 1}`)!)) / close[MINUTES_PER_DAY - 1] }
  }
  return {
    firstMs: (startDay - historyDays) * DAY_MS,
    minute: (rules, openTimeMs) => onGrid(rules, minuteOf(dayOf(rules, Math.floor(openTimeMs / DAY_MS)), Math.floor((openTimeMs % DAY_MS) / MINUTE_MS))),
  }
}

/** Columns of one-minute candles, oldest first: times in UTC milliseconds, prices in quote per base unit, volume in base units. */
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
      return onGrid(rules, { open: columns.open[row], high: columns.high[row], low: columns.low[row], close: columns.close[row], volume: columns.volume[row] })
    },
  }
}

function placesOf(timesMs: ArrayLike<number>): Map<number, number> {
  return new Map(Array.from(timesMs, (timeMs, row) => [timeMs, row]))
}

/** Rounds a candle to ticks and steps. A tick is a power of ten, so its number of ticks per unit is whole. */
function onGrid(rules: SymbolRules, candle: MinuteCandle): MinuteCandle {
  const ticksPerUnit = Number(ONE / rules.tickSize)
  const ticks = (price: number) => Math.max(1, Math.round(price * ticksPerUnit))
  const volume = Math.round(candle.volume * Number(ONE / rules.stepSize))
  return { open: ticks(candle.open), high: ticks(candle.high), low: ticks(candle.low), close: ticks(candle.close), volume }
}

type MadeUpDay = { candles: Candles; priceFactor: number; usualRange: number; minuteVolume: number }

function makeDay(rules: SymbolRules, seed: string, day: number): MadeUpDay {
  const candles = syntheticCandles({ seed: hashOf(`${seed}/${rules.symbol}/${day}`), candles: MINUTES_PER_DAY, timeframe: "1m", startMs: day * DAY_MS, startPrice: rules.startPrice, kind: "mixed" })
  const usualRange = candles.high.reduce((sum, high, minute) => sum + high - candles.low[minute], 0) / MINUTES_PER_DAY
  return { candles, priceFactor: 1, usualRange, minuteVolume: rules.minuteVolume }
}

// The volume is the market's usual one, more in wild minutes: the made-up market's own is too small for a book to live on.
function minuteOf({ candles, priceFactor, usualRange, minuteVolume }: MadeUpDay, minute: number): MinuteCandle {
  const price = (column: Float64Array) => column[minute] * priceFactor
  const wildness = usualRange === 0 ? 1 : (candles.high[minute] - candles.low[minute]) / usualRange
  return { open: price(candles.open), high: price(candles.high), low: price(candles.low), close: price(candles.close), volume: minuteVolume * (0.25 + 0.75 * wildness) }
}

function firstOpen({ candles, priceFactor }: MadeUpDay): number {
  return candles.open[0] * priceFactor
}

function lastClose({ candles, priceFactor }: MadeUpDay): number {
  return candles.close[MINUTES_PER_DAY - 1] * priceFactor
}
