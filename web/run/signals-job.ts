import {
  type CandleColumns,
  type Candles,
  candlesFromColumns,
  mergeColumns,
  sliceCandles,
  type Timeframe,
  timeframesMs,
} from "#engine/candles"
import {
  AHEAD_CANDLES,
  type Engine,
  indicatorVotes,
  type IndicatorVotes,
  marketReading,
  type MarketReading,
  SEEN_CANDLES,
} from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import { fetchEngine } from "./fetch-engine.ts"
import { type ForecastNow, forecastsNow } from "./forecast-now.ts"
import { openMarkets } from "./open-market.ts"

/** What to look at: kept candles, live ones of the timeframe, or both. */
export type SignalsAsked = {
  marketId?: string
  live?: CandleColumns
  timeframe: Timeframe
  models: readonly ForecastModel[]
  /** Moments whose last price is asked for. */
  timesMs: readonly number[]
}

/** What is said of a market at its last closed candle. */
export type SignalsFound = {
  votes: IndicatorVotes
  /** What the plain rules read. */
  reading: MarketReading
  forecasts: ForecastNow[]
  /** The last price before each of the moments asked for; null where the candles do not reach it. */
  closes: (number | null)[]
}

/** So many candles of the timeframe are looked at: far more than any vote or window needs. */
const MOST_CANDLES = 20_000

/** Computes all there is to say. Throws in words. */
export async function signalsOf(asked: SignalsAsked): Promise<SignalsFound> {
  const [engine, all] = await Promise.all([fetchEngine(), candlesOf(asked)])
  if (all.openTimeMs.length === 0) throw new Error("This market has no candles yet. Get some under Data.")
  const { timeframe, models, timesMs } = asked
  const candles = newest(all, MOST_CANDLES, timeframe)
  return {
    votes: indicatorVotes(engine, candles, timeframe, AHEAD_CANDLES),
    reading: readingOf(engine, candles, timeframe),
    forecasts: forecastsNow(engine, candles, models),
    closes: timesMs.map((timeMs) => closeAt(all, timeMs)),
  }
}

function readingOf(engine: Engine, candles: Candles, timeframe: Timeframe): MarketReading {
  return marketReading(engine, newest(candles, SEEN_CANDLES, timeframe), timeframe)
}

function newest(candles: Candles, count: number, timeframe: Timeframe): Candles {
  return sliceCandles(candles, { fromMs: candles.openTimeMs.at(-1)! - (count - 1) * timeframesMs[timeframe] })
}

/** The live ones, with the kept ones before them where those reach them without a gap. */
async function candlesOf({ marketId, live, timeframe }: SignalsAsked): Promise<Candles> {
  const kept = marketId === undefined ? undefined : await keptCandles(marketId)
  if (live === undefined || live.openTimeMs.length === 0) return kept ?? NO_CANDLES
  const isBefore =
    kept?.timeframeMs === timeframesMs[timeframe] &&
    (kept.openTimeMs.at(-1) ?? -Infinity) >= live.openTimeMs[0] - kept.timeframeMs
  const columns = isBefore ? mergeColumns({ ...kept, extra: {} }, live).columns : live
  const answer = candlesFromColumns(columns, { timeframe })
  if (!answer.ok) throw new Error(`These live candles cannot be read: ${answer.because}`)
  return answer.candles
}

async function keptCandles(marketId: string): Promise<Candles> {
  const { list } = await openMarkets({ ids: [marketId], unseenPercent: 0 })
  return list[0].candles
}

const none = new Float64Array()
const NO_CANDLES: Candles = {
  openTimeMs: none,
  open: none,
  high: none,
  low: none,
  close: none,
  volume: none,
  extra: {},
  timeframeMs: 1,
  priceDecimals: 0,
}

function closeAt({ openTimeMs, close, timeframeMs }: Candles, timeMs: number): number | null {
  const at = openTimeMs.findLastIndex((openMs) => openMs + timeframeMs <= timeMs)
  const isReached = at >= 0 && openTimeMs[openTimeMs.length - 1] + timeframeMs >= timeMs
  return isReached ? close[at] : null
}
