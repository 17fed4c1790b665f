import { sliceCandles, type Timeframe, timeframesMs } from "#engine/candles"
import { marketReading, type MarketReading, SEEN_CANDLES } from "#engine/run"
import { expose } from "comlink"
import { fetchEngine } from "./fetch-engine.ts"
import { openMarkets } from "./open-market.ts"

export type ReadingApi = {
  /** What there is to know of a market at its last closed candle of a timeframe. Throws in words. */
  read(marketId: string, timeframe: Timeframe): Promise<MarketReading>
  /** The last price before each of these moments; undefined where the candles do not reach it. */
  closesAt(marketId: string, timesMs: readonly number[]): Promise<(number | undefined)[]>
}

expose({ read, closesAt } satisfies ReadingApi)

async function read(marketId: string, timeframe: Timeframe): Promise<MarketReading> {
  const [engine, candles] = await Promise.all([fetchEngine(), candlesOf(marketId)])
  const fromMs = candles.openTimeMs[candles.openTimeMs.length - 1] - (SEEN_CANDLES - 1) * timeframesMs[timeframe]
  return marketReading(engine, sliceCandles(candles, { fromMs }), timeframe)
}

async function closesAt(marketId: string, timesMs: readonly number[]): Promise<(number | undefined)[]> {
  const { openTimeMs, close, timeframeMs } = await candlesOf(marketId)
  return timesMs.map((timeMs) => {
    const at = openTimeMs.findLastIndex((openMs) => openMs + timeframeMs <= timeMs)
    const isReached = at >= 0 && openTimeMs[openTimeMs.length - 1] + timeframeMs >= timeMs
    return isReached ? close[at] : undefined
  })
}

async function candlesOf(marketId: string) {
  const { list } = await openMarkets({ ids: [marketId], unseenPercent: 0 })
  const [{ candles }] = list
  if (candles.openTimeMs.length === 0) throw new Error("This market has no candles yet. Get some under Data.")
  return candles
}
