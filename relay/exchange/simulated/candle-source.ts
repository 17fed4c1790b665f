import { ONE } from "./decimal.ts"
import { createRandom } from "./random.ts"
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
 * A seeded random walk with clustered volatility and a daily rhythm, made day by day in both directions from `startMs`, where
 * the price is the market's start price. Each day is a pure function of (seed, market, day) and of its neighbour's price.
 */
export function syntheticSource({ seed, startMs, historyDays }: { seed: string; startMs: number; historyDays: number }): CandleSource {
  const days = new Map<string, MinuteCandle[]>()
  const startDay = Math.floor(startMs / DAY_MS)
  const dayOf = (rules: SymbolRules, day: number): MinuteCandle[] => {
    const key = `${rules.symbol}/${day}`
    // Walks from the start day outwards, so each day finds its neighbour's price ready and nothing recurses deeply.
    const step = day >= startDay ? 1 : -1
    let at = step === 1 ? startDay : startDay - 1
    while (!days.has(key)) {
      if (!days.has(`${rules.symbol}/${at}`)) days.set(`${rules.symbol}/${at}`, makeDay(rules, at))
      at += step
    }
    return days.get(key)!
  }
  const makeDay = (rules: SymbolRules, day: number): MinuteCandle[] => {
    const walk = walkOneDay(rules, `${seed}/${rules.symbol}/${day}`)
    if (day < startDay) return scaled(walk, (day === startDay - 1 ? rules.startPrice : days.get(`${rules.symbol}/${day + 1}`)![0].open) / walk.at(-1)!.close)
    return scaled(walk, (day === startDay ? rules.startPrice : days.get(`${rules.symbol}/${day - 1}`)!.at(-1)!.close) / walk[0].open)
  }
  return {
    firstMs: (startDay - historyDays) * DAY_MS,
    minute: (rules, openTimeMs) => onGrid(rules, dayOf(rules, Math.floor(openTimeMs / DAY_MS))[Math.floor((openTimeMs % DAY_MS) / MINUTE_MS)]),
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

function walkOneDay(rules: SymbolRules, seed: string): MinuteCandle[] {
  const random = createRandom(seed)
  // A sum of four uniforms is close enough to a bell and needs no logarithm, whose last bit differs between machines.
  const bell = () => (random.next() + random.next() + random.next() + random.next() - 2) * 1.732
  const minutes: MinuteCandle[] = []
  let price = rules.startPrice
  let heat = 0.5 + random.next()
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) {
    heat = Math.min(4, Math.max(0.3, heat * 0.97 + 0.03 + 0.12 * bell() * heat * 0.5))
    const spread = price * 0.0005 * heat * rhythm(minute)
    const close = price + spread * bell()
    const high = Math.max(price, close) + spread * random.next() * 0.7
    const low = Math.min(price, close) - spread * random.next() * 0.7
    minutes.push({ open: price, high, low, close, volume: rules.minuteVolume * heat * (0.3 + 1.4 * random.next()) })
    price = close
  }
  return minutes
}

/** More trading in the European and American afternoon, less at night: a tent from 0.7 to 1.3 around 15:00 UTC. */
function rhythm(minuteOfDay: number): number {
  const hoursAway = Math.abs(minuteOfDay / 60 - 15)
  return 1.3 - 0.6 * (Math.min(hoursAway, 24 - hoursAway) / 12)
}

function scaled(minutes: MinuteCandle[], factor: number): MinuteCandle[] {
  return minutes.map(({ open, high, low, close, volume }) => ({ open: open * factor, high: high * factor, low: low * factor, close: close * factor, volume }))
}
