import { strategyTimeframeOf } from "#engine/candles"
import { openSession, seriesIn } from "#engine/run"
import type { StrategyProblem } from "#engine/strategy"
import { openMarkets } from "./open-market.ts"

export type FeaturesAsked = { marketId: string; features: readonly string[] }
export type FeaturesFound = { ok: true; columns: Float64Array[] } | { ok: false; problems: StrategyProblem[] }

/** The values of formulas at each candle of a market, NaN where they are not known yet. Throws in words. */
export async function featureJob({ marketId, features }: FeaturesAsked): Promise<FeaturesFound> {
  const { engine, list } = await openMarkets({ ids: [marketId], unseenPercent: 0 })
  const [{ candles }] = list
  const timeframe = strategyTimeframeOf(candles.timeframeMs)
  if (timeframe === undefined)
    return {
      ok: false,
      problems: [{ path: "market", because: "its candles have no timeframe that formulas can have" }],
    }
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), [...features], timeframe)
  if (!answer.ok) return answer
  const several = features.findIndex((text) => !(text in answer.series))
  if (several >= 0)
    return {
      ok: false,
      problems: [{ path: `features[${several}]`, because: "it has several values; choose one with a dot" }],
    }
  return { ok: true, columns: features.map((text) => answer.series[text].slice()) }
}
