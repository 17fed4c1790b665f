import { DAY_MS } from "../../candles/timeframe.ts"
import { luckLight, ruinLight } from "../../result/chance-lights.ts"
import { scanEquity } from "../../result/drawdown.ts"
import { holdingCurve } from "../../result/holding.ts"
import { feesLight, holdingLight, tradesLight } from "../../result/lights.ts"
import {
  askedLight,
  otherMarketsLight,
  partsLight,
  regimesLight,
  startDatesLight,
  type RobustnessLight,
} from "../../result/robustness/robustness-lights.ts"
import type { RunAnswer } from "../optimise/optimise-task.ts"
import type { RobustnessRequest } from "./robustness-request.ts"
import type { Robustness } from "./robustness.ts"

type Found = Omit<Robustness, "lights" | "verdict">

/** The lights of everything that was found, in the order of `robustnessQuestions`. */
export function lightsOfRobustness(request: RobustnessRequest, run: RunAnswer, found: Found): RobustnessLight[] {
  const { startDates, regimes, otherMarkets, randomEntry, monteCarlo } = found
  const tradeCount = run.trades.count
  return [
    tradesLight(tradeCount),
    holdingOf(request, run),
    feesOf(request, run, found),
    partsLight(partsOf(found.walkForward)),
    luckLight(randomEntry, tradeCount),
    ruinLight({
      by: "markets",
      runs: monteCarlo.bootstrap.runs,
      tradeCount,
      worstFallPercent: monteCarlo.bootstrap.worstFall.p95,
      ruinPercent: monteCarlo.bootstrap.ruinPercent,
      ruinCash: found.ruinCash,
      currency: request.currency,
    }),
    startDatesLight({ count: startDates.runs.length, ...startDates }),
    regimesLight(regimes),
    ...(otherMarkets ? [otherMarketsLight(otherMarkets.filter((one) => "returnPercent" in one))] : []),
  ].map(askedLight)
}

function holdingOf(
  { markets, terms, period }: RobustnessRequest,
  { metrics, trades, dailyReturns, firstDay }: RunAnswer,
) {
  const { cash } = terms.account
  const sampleTimesMs = Float64Array.from(dailyReturns, (_, day) => (firstDay + day) * DAY_MS)
  const candles = markets.map((market) => market.candles)
  const equity = holdingCurve({ markets: candles, sampleTimesMs, timeframeMs: DAY_MS, cash, fromMs: period?.fromMs })
  const held = scanEquity({ cash, timeframeMs: DAY_MS, equity: { openTimeMs: sampleTimesMs, equity } })
  return holdingLight({
    tradeCount: trades.count,
    returnPercent: metrics.totalReturnPercent ?? 0,
    maxDrawdownPercent: metrics.maxDrawdownPercent ?? 0,
    holdingReturnPercent: metrics.marketChangePercent ?? 0,
    holdingDrawdownPercent: held.deepest?.percent ?? 0,
  })
}

function feesOf({ terms, currency }: RobustnessRequest, { trades }: RunAnswer, { costs }: Found) {
  const { cash } = terms.account
  const final = (percent: number) => cash * (1 + percent / 100)
  return feesLight({
    tradeCount: trades.count,
    cash,
    finalEquity: final(costs.asIs.returnPercent),
    finalWithHighCosts: final(costs.both.returnPercent),
    slippagePercent: { usual: costs.asIs.slippagePercent, high: costs.both.slippagePercent },
    currency,
  })
}

function partsOf(walked: Found["walkForward"]): Parameters<typeof partsLight>[0] {
  if (!walked) return undefined
  if (walked.kind === "fixed") {
    const { parts, won } = walked
    return {
      won,
      parts: parts.length,
      returnPercent: 100 * (parts.reduce((product, { returnPercent }) => product * (1 + returnPercent / 100), 1) - 1),
      tradeCount: parts.reduce((sum, part) => sum + part.tradeCount, 0),
      isChosenAnew: false,
    }
  }
  const { windows, won, returnPercent } = walked
  const tradeCount = windows.reduce((sum, { testTrades }) => sum + testTrades, 0)
  return { won, parts: windows.length, returnPercent, tradeCount, isChosenAnew: true }
}
