import { columnsBy, type CandleColumns, type Candles } from "../candles.ts"
import { priceDecimalsOf } from "../price-decimals.ts"
import { SeededChance } from "./seeded-chance.ts"
import { activityAt, crashMoods, moods, nextMood, type Mood } from "./synthetic-mood.ts"
import { DAY_MS, timeframesMs, type Timeframe } from "../timeframe.ts"

export type SyntheticRequest = {
  /** Any whole number; the same seed gives the same bits everywhere. */
  seed: number
  /** How many candles. */
  candles: number
  timeframe: Timeframe
  /** UTC ms of the first candle's open. */
  startMs: number
  /** Quote currency. */
  startPrice: number
  kind: SyntheticKind
}

/** Changing moods like real markets, one mood for ever, or one crash in a market that went well. */
export const syntheticKinds = ["mixed", "bull", "bear", "range", "volatile", "crash"] as const
export type SyntheticKind = (typeof syntheticKinds)[number]

const DAILY_VOLATILITY = 0.034
const STEPS_INSIDE = 8
// GARCH(1,1) of T. Bollerslev (1986): a big move makes the next one likely to be big too.
const SHOCK_WEIGHT = 0.07
const MEMORY_WEIGHT = 0.915
const WILDEST = 12
// No step inside a candle takes more than nine tenths of the price, however wild a cheap coin's week.
const DEEPEST_STEP = 0.1
const HOME_PULL = 0.002
const USUAL_QUOTE_VOLUME_A_DAY = 25_000_000

/**
 * A made-up market that looks like a real one: moods, fat tails, volatility that clusters and follows the hours,
 * volume that follows volatility, prices on a tick grid, no gaps. No Math.exp or log, whose last bits differ between
 * browsers, so that equal requests give equal bits.
 */
export function syntheticCandles(request: SyntheticRequest): Candles {
  const market = new SyntheticMarket(request)
  const columns: CandleColumns = columnsBy(() => new Float64Array(request.candles))
  for (let index = 0; index < request.candles; index++) market.writeCandle(columns, index)
  return {
    ...columns,
    extra: {},
    timeframeMs: timeframesMs[request.timeframe],
    priceDecimals: priceDecimalsOf(columns),
  }
}

class SyntheticMarket {
  private readonly chance: SeededChance
  private readonly days: number
  private readonly scale: number
  private price: number
  private variance = 1
  private mood: Mood
  private turning: Parameters<typeof nextMood>[0] = "range"
  private readonly script: { fromDay: number; mood: Mood }[]
  private moodPrice: number

  constructor(private readonly request: SyntheticRequest) {
    this.chance = new SeededChance(request.seed)
    this.days = timeframesMs[request.timeframe] / DAY_MS
    this.scale = ticksPerUnit(request.startPrice)
    this.price = request.startPrice
    this.moodPrice = request.startPrice
    this.script = request.kind === "crash" ? crashMoods(request.candles * this.days, this.days, this.chance) : []
    this.mood =
      request.kind === "crash" ? this.script[0].mood : moods[request.kind === "mixed" ? "range" : request.kind]
  }

  writeCandle(columns: CandleColumns, index: number): void {
    const timeMs = this.request.startMs + index * timeframesMs[this.request.timeframe]
    this.changeMood(index)
    const activity = this.days < 1 ? activityAt(timeMs) : 1
    const usual = DAILY_VOLATILITY * Math.sqrt(this.days)
    const width = usual * this.mood.volatility * activity * Math.sqrt(this.variance) * this.chance.tailFactor()
    columns.openTimeMs[index] = timeMs
    this.walk(columns, index, width)
    const move = (columns.close[index] / columns.open[index] - 1) / (usual * this.mood.volatility * activity)
    this.variance = Math.min(
      WILDEST,
      1 - SHOCK_WEIGHT - MEMORY_WEIGHT + SHOCK_WEIGHT * move * move + MEMORY_WEIGHT * this.variance,
    )
    columns.volume[index] = this.volumeFor(activity, width / usual)
  }

  // Eight steps inside the candle make its high and low, as the trades inside a real one do.
  private walk(columns: CandleColumns, index: number, width: number): void {
    const open = this.onGrid(this.price)
    let high = open
    let low = open
    for (let step = 0; step < STEPS_INSIDE; step++) {
      this.price *= Math.max(
        DEEPEST_STEP,
        1 + (this.drift() * this.days) / STEPS_INSIDE + (width * this.chance.bell()) / Math.sqrt(STEPS_INSIDE),
      )
      const seen = this.onGrid(this.price)
      if (seen > high) high = seen
      if (seen < low) low = seen
    }
    columns.open[index] = open
    columns.high[index] = high
    columns.low[index] = low
    columns.close[index] = this.onGrid(this.price)
  }

  // A day's drift: the mood's, a range's pull to where it began, and a faint pull home that keeps decades within
  // reach of the start.
  private drift(): number {
    const mood = this.mood
    const home = this.request.startPrice
    return (
      mood.drift +
      (mood.pull * (this.moodPrice - this.price)) / (this.moodPrice + this.price) +
      (HOME_PULL * (home - this.price)) / (home + this.price)
    )
  }

  private changeMood(index: number): void {
    const next = this.script.findLast(({ fromDay }) => fromDay <= index * this.days)
    if (next) this.mood = next.mood
    if (this.request.kind !== "mixed" || this.chance.uniform() >= this.days / this.mood.days) return
    this.turning = nextMood(this.turning, this.chance)
    this.mood = moods[this.turning]
    this.moodPrice = this.price
  }

  private volumeFor(activity: number, wildness: number): number {
    const usual = (USUAL_QUOTE_VOLUME_A_DAY * this.days) / this.price
    const burst = this.chance.uniform()
    const chance = 0.4 + this.chance.uniform() + 0.8 * burst * burst * burst * burst
    return Math.round(usual * activity * (0.25 + 0.75 * wildness) * chance)
  }

  private onGrid(price: number): number {
    return Math.max(1, Math.round(price * this.scale)) / this.scale
  }
}

/**
 * How many ticks one unit of the quote currency has: a hundred, and more for cheap coins, so that a tick is at most a
 * hundredth of a percent of the first price.
 */
export function ticksPerUnit(startPrice: number): number {
  let scale = 100
  while (startPrice * scale < 10_000) scale *= 10
  return scale
}
