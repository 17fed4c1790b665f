import { aggregateCandles } from "../../candles/aggregate-candles.ts"
import { exp, ln } from "../../candles/elementary-function.ts"
import { DAY_MS } from "../../candles/timeframe.ts"
import { deviationOf, meanOf } from "../../result/daily-returns.ts"
import { returnRatios } from "../../result/metric-equity.ts"
import { clustersOf, type Clusters } from "../../result/statistics/clusters.ts"
import { medianOf } from "../../result/statistics/quantile.ts"
import type { RunAnswer } from "../optimise/optimise-task.ts"
import type { MarketCandles } from "../engine/engine-session.ts"

/** How a strategy did on the days of one mood of its markets. */
export type Regime = {
  /** Such as "calm rise", "wild fall", "wild sideways". */
  name: string
  days: number
  /** Percent of all days. */
  sharePercent: number
  returnPercent: number
  sharpe: number | null
  /** Trades that began on these days. */
  tradeCount: number
  /** What the markets did, in equal parts. */
  marketReturnPercent: number
}

/** Days that say what the mood was: those around each. */
const WINDOW_DAYS = 21
/** Fewer days than this have no moods to tell apart. */
const FEWEST_DAYS = 90
/** A drift of less than this many standard errors goes nowhere. */
const SIDEWAYS = 0.75

/**
 * A run's days by the mood of its markets: days are grouped by volatility and strength of trend around them (k-means),
 * and named by what the groups' centres are. Empty for a history too short to have moods.
 */
export function regimesOf(markets: readonly MarketCandles[], run: RunAnswer, seed: number): Regime[] {
  const days = marketDays(markets, run)
  if (days.length < FEWEST_DAYS) return []
  const { volatility, trend } = featuresOf(days)
  const clusters = clustersOf([volatility.map(ln), trend], seed)
  if (!clusters) return []
  const names = namesOf(clusters, ln(medianOf(volatility)))
  return [...new Set(names)].map((name) => {
    const isOurs = (day: number) => names[clusters.groupOf[day]] === name
    return regimeOf(name, isOurs, { days, run })
  })
}

/** Mean logarithmic return of the markets on each day of the run; 0 on a day without a candle. */
function marketDays(markets: readonly MarketCandles[], { firstDay, dailyReturns }: RunAnswer): Float64Array {
  const days = new Float64Array(dailyReturns.length)
  for (const { candles } of markets) {
    const daily = aggregateCandles(candles, "1d")
    if (!daily) continue
    for (let at = 1; at < daily.close.length; at++) {
      const day = Math.floor(daily.openTimeMs[at] / DAY_MS) - firstDay
      if (day >= 0 && day < days.length) days[day] += ln(daily.close[at] / daily.close[at - 1]) / markets.length
    }
  }
  return days
}

/** Volatility, and drift in standard errors, of the days around each. */
function featuresOf(days: Float64Array): { volatility: Float64Array; trend: Float64Array } {
  const half = WINDOW_DAYS >> 1
  const windowAt = (day: number) => {
    const from = Math.max(0, Math.min(day - half, days.length - WINDOW_DAYS))
    return days.subarray(from, from + WINDOW_DAYS)
  }
  // A market that did not move at all has some volatility here, so that its logarithm exists.
  const volatility = days.map((_, day) => Math.max(1e-6, deviationOf(windowAt(day))))
  const trend = days.map((_, day) => (meanOf(windowAt(day)) / volatility[day]) * Math.sqrt(WINDOW_DAYS))
  return { volatility, trend }
}

/** A name for each group; groups that the same words describe share one. */
function namesOf({ centres }: Clusters, usualVolatility: number): string[] {
  return centres.map(([volatility, trend]) => {
    const mood = volatility > usualVolatility ? "wild" : "calm"
    if (Math.abs(trend) < SIDEWAYS) return `${mood} sideways`
    return `${mood} ${trend > 0 ? "rise" : "fall"}`
  })
}

function regimeOf(
  name: string,
  isOurs: (day: number) => boolean,
  { days, run }: { days: Float64Array; run: RunAnswer },
): Regime {
  const own = run.dailyReturns.filter((_, day) => isOurs(day))
  const market = days.filter((_, day) => isOurs(day))
  const { count, entryTimeMs } = run.trades
  const entryDays = entryTimeMs.subarray(0, count).map((timeMs) => Math.floor(timeMs / DAY_MS) - run.firstDay)
  return {
    name,
    days: own.length,
    sharePercent: (100 * own.length) / days.length,
    returnPercent: 100 * (own.reduce((product, share) => product * (1 + share), 1) - 1),
    sharpe: returnRatios(own).sharpe,
    tradeCount: entryDays.filter((day) => isOurs(day)).length,
    marketReturnPercent: 100 * (exp(market.reduce((sum, value) => sum + value, 0)) - 1),
  }
}
