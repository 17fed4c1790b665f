import { expose } from "comlink"
import { bootstrapCandles, type Candles, syntheticCandles, timeframesMs } from "#engine/candles"
import { saveMarket } from "../../db/candle-store.ts"
import { loadCandles } from "../../db/load-candles.ts"
import { findMarket } from "../../db/market-catalogue.ts"
import { sampleCandles, sampleMarket } from "../../db/sample-market.ts"
import { candlesOf, nameOf, quoteOf, sourceOf, START_MS, type SyntheticChoice } from "./synthetic-choice.ts"

/** A picture of prices: the highest and the lowest in each of equal parts, and the last of all. */
export type PricePicture = { high: Float64Array; low: Float64Array; last: number; highest: number; lowest: number }

export type SyntheticApi = {
  /** How a market of this choice would look, in `parts` columns. */
  picture(choice: SyntheticChoice, parts: number): Promise<PricePicture>
  /** Makes and keeps it; resolves to its id. */
  make(choice: SyntheticChoice): Promise<string>
}

expose({ picture, make } satisfies SyntheticApi)

/** The last one, since the market in view is the one to keep. */
let made: { key: string; candles: Candles } | undefined
let source: { id: string; candles: Candles } | undefined

async function picture(choice: SyntheticChoice, parts: number): Promise<PricePicture> {
  const { high, low, close } = await candlesFor(choice)
  const columns = Math.min(parts, close.length)
  const part = (column: Float64Array, at: number) =>
    column.subarray(Math.floor((at * close.length) / columns), Math.floor(((at + 1) * close.length) / columns))
  const highs = Float64Array.from({ length: columns }, (_, at) =>
    part(high, at).reduce((most, price) => Math.max(most, price)),
  )
  const lows = Float64Array.from({ length: columns }, (_, at) =>
    part(low, at).reduce((least, price) => Math.min(least, price)),
  )
  return {
    high: highs,
    low: lows,
    last: close[close.length - 1],
    highest: Math.max(...highs),
    lowest: Math.min(...lows),
  }
}

async function make(choice: SyntheticChoice): Promise<string> {
  const candles = await candlesFor(choice)
  const market = await saveMarket(
    {
      name: nameOf(choice),
      quote: quoteOf(choice),
      timeframeMs: candles.timeframeMs,
      origin: "synthetic",
      source: sourceOf(choice),
    },
    candles,
  )
  return market.id
}

async function candlesFor(choice: SyntheticChoice): Promise<Candles> {
  const key = JSON.stringify(choice)
  if (made?.key !== key) made = { key, candles: await madeFrom(choice) }
  return made.candles
}

async function madeFrom(choice: SyntheticChoice): Promise<Candles> {
  const { like, timeframe, seed, startPrice } = choice
  const candles = candlesOf(choice)
  if ("kind" in like)
    return syntheticCandles({ kind: like.kind, timeframe, seed, startPrice, candles, startMs: START_MS })
  const drawnFrom = await sourceCandles(like.marketId)
  if (drawnFrom.timeframeMs !== timeframesMs[timeframe])
    throw new Error("the timeframe of a redrawn market is that of the market it is drawn from")
  return bootstrapCandles({
    source: drawnFrom,
    seed,
    candles,
    blockCandles: like.blockCandles,
    startMs: START_MS,
    startPrice,
  })
}

async function sourceCandles(id: string): Promise<Candles> {
  if (source?.id === id) return source.candles
  const market = id === sampleMarket.id ? undefined : await findMarket(id)
  if (id !== sampleMarket.id && !market) throw new Error("The market to draw from is no longer here. Choose another.")
  source = { id, candles: market ? await loadCandles(market) : sampleCandles() }
  return source.candles
}
