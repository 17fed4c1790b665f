import { gridOf, type MinuteCandle } from "./candle-source.ts"
import { createRandom, type Random } from "../random.ts"
import { SyntheticDays } from "./synthetic-days.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const HOURS = 24
const MINUTES = 60
const FIELDS = 5
const KEPT_HOURS = 50
const KEPT_DAYS = 4
/** A random walk's range is sqrt(8 / pi) of its deviation on average (W. Feller, 1951). */
const RANGE_TO_DEVIATION = 0.63
/** How far a minute's high and low reach beyond its ends, at most, in deviations of its move. */
const WICK = 0.7
/** A day that moves this share of its price trades the market's usual volume. */
const USUAL_RANGE = 0.04
const HALF_WORD = 65_536
const ROOT_OF_3 = Math.sqrt(3)

// How much each UTC hour moves: a quiet Asian morning, busy London and New York hours.
const activity = [
  0.9, 0.8, 0.75, 0.7, 0.7, 0.7, 0.75, 0.85, 1, 1.05, 1.05, 1.05, 1.15, 1.4, 1.6, 1.6, 1.4, 1.2, 1.1, 1.05, 1, 0.95,
  0.95, 0.9,
]

/**
 * The minutes of one made-up market, made on demand. Days decide where hours go and hours decide where minutes go (a
 * Brownian bridge each time), so a year of daily candles costs no more than its days, and candles of every length
 * agree. It uses only + - * / and square roots, which are the same to the bit on every machine.
 */
export class SyntheticMarket {
  private readonly days: SyntheticDays
  private readonly hourPrices = new Map<number, DayPath>()
  /** Five numbers a minute: open, high, low, close in ticks, volume in lot steps. */
  private readonly hours = new Map<number, number[]>()
  private readonly onGrid: (candle: MinuteCandle) => MinuteCandle

  constructor(
    private readonly rules: SymbolRules,
    private readonly seed: string,
  ) {
    this.days = new SyntheticDays(rules, seed)
    this.onGrid = gridOf(rules)
  }

  /** The minute with this number, counted from 1970-01-01, on the market's grid. */
  minute(number: number): MinuteCandle {
    const hour = Math.floor(number / MINUTES)
    const columns = remembered(this.hours, KEPT_HOURS, hour, () => this.makeHour(hour))
    const at = (number - hour * MINUTES) * FIELDS
    return {
      open: columns[at],
      high: columns[at + 1],
      low: columns[at + 2],
      close: columns[at + 3],
      volume: columns[at + 4],
    }
  }

  private makeHour(hour: number): number[] {
    const dayNumber = Math.floor(hour / HOURS)
    const ofDay = hour - dayNumber * HOURS
    const { prices, deviation, volumeFactor } = remembered(this.hourPrices, KEPT_DAYS, dayNumber, () =>
      this.makeDay(dayNumber),
    )
    const random = createRandom(`${this.seed}/${this.rules.symbol}/hour ${hour}`)
    const wildness = wildMinutes(random)
    const hourDeviation = deviation * Math.sqrt((activity[ofDay] * activity[ofDay]) / sumOfSquares(activity))
    const path = bridge({ from: prices[ofDay], to: prices[ofDay + 1], deviation: hourDeviation }, wildness, random)
    const usualVolume = this.rules.minuteVolume * activity[ofDay] * volumeFactor
    const columns: number[] = []
    for (let minute = 0; minute < MINUTES; minute++) {
      const wild = wildness[minute]
      const reach = (hourDeviation * wild * WICK) / Math.sqrt(MINUTES)
      const volume = usualVolume * (0.25 + 0.75 * wild) * (0.6 + 0.8 * random.next())
      addMinute(columns, this.onGrid(candleBetween(path[minute], path[minute + 1], { reach, volume, random })))
    }
    return columns
  }

  private makeDay(number: number): DayPath {
    const { open, close, range } = this.days.day(number)
    const deviation = RANGE_TO_DEVIATION * Math.max(range, open * 0.002)
    const random = createRandom(`${this.seed}/${this.rules.symbol}/day ${number}`)
    const volumeFactor = Math.min(3, Math.max(0.5, range / open / USUAL_RANGE))
    return { prices: bridge({ from: open, to: close, deviation }, activity, random), deviation, volumeFactor }
  }
}

/** Prices at the start of each hour and at the day's end, how far the day wanders, and how busy it is. */
type DayPath = { prices: number[]; deviation: number; volumeFactor: number }

/** How wild each minute of an hour is: most are alike, one in 25 is three times as wild. */
function wildMinutes(random: Random): number[] {
  const wildness: number[] = []
  for (let minute = 0; minute < MINUTES; minute++) wildness.push((0.5 + random.next()) * (random.next() < 0.04 ? 3 : 1))
  return wildness
}

/**
 * A random walk tied to both ends: `deviation` is that of the free walk, `weights` how much of it each step may move.
 * It never falls below half of its lower end.
 */
function bridge(
  { from, to, deviation }: { from: number; to: number; deviation: number },
  weights: readonly number[],
  random: Random,
): number[] {
  const steps = weights.length
  const total = sumOfSquares(weights)
  const length = Math.sqrt(total)
  const walk = [0]
  for (let step = 0; step < steps; step++) walk.push(walk[step] + (weights[step] / length) * bell(random))
  const lowest = Math.min(from, to) / 2
  const drift = walk[steps]
  const prices: number[] = []
  let passed = 0
  for (let step = 0; step < steps; step++) {
    prices.push(Math.max(lowest, from + (to - from) * passed + deviation * (walk[step] - passed * drift)))
    passed += (weights[step] * weights[step]) / total
  }
  prices.push(to)
  return prices
}

function candleBetween(
  open: number,
  close: number,
  { reach, volume, random }: { reach: number; volume: number; random: Random },
): MinuteCandle {
  const [higher, lower] = open > close ? [open, close] : [close, open]
  const high = higher + reach * random.next()
  const low = Math.max(lower / 2, lower - reach * random.next())
  return { open, high, low, close, volume }
}

function addMinute(columns: number[], { open, high, low, close, volume }: MinuteCandle): void {
  columns.push(open, high, low, close, volume)
}

function sumOfSquares(weights: readonly number[]): number {
  let sum = 0
  for (const weight of weights) sum += weight * weight
  return sum
}

/** Bell-shaped with mean 0 and deviation 1: the sum of four uniform parts, the halves of two draws. */
function bell(random: Random): number {
  return (halves(random.next()) + halves(random.next()) - 2) * ROOT_OF_3
}

function halves(draw: number): number {
  const upper = Math.floor(draw * HALF_WORD)
  return upper / HALF_WORD + (draw * HALF_WORD - upper)
}

/** A value from a small cache, made when missing; the oldest goes when the cache is full. */
function remembered<Value>(memory: Map<number, Value>, most: number, key: number, make: () => Value): Value {
  let value = memory.get(key)
  if (value === undefined) {
    value = make()
    if (memory.size >= most) memory.delete(memory.keys().next().value!)
    memory.set(key, value)
  }
  return value
}
