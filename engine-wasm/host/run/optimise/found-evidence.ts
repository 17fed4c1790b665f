import { DAY_MS } from "../../candles/timeframe.ts"
import type { SearchEvidence } from "../../result/robustness/optimise-verdict.ts"
import type { HeldOut, Optimisation, Period } from "./optimisation.ts"

/** What a verdict looks at, of everything that was found. */
export function evidenceOf(
  found: Omit<Optimisation, "verdict" | "robustness">,
  whole: Period,
  holds: boolean,
): SearchEvidence {
  const { rolling } = found.walkForward
  return {
    evaluated: found.evaluated,
    tradeCount: found.best.metrics.tradeCount ?? 0,
    minTrades: found.plan.minTrades,
    holds,
    maxDrawdownPercent: found.plan.maxDrawdownPercent,
    drawdownPercent: found.best.metrics.maxDrawdownPercent ?? 0,
    returnPercent: found.best.metrics.totalReturnPercent ?? 0,
    coinFlips: found.coinFlips,
    heldOut: found.heldOut && openedEvidence(found.heldOut, whole),
    deflatedSharpe: found.deflatedSharpe,
    pbo: found.pbo,
    comparedTrials: found.comparedTrials,
    walkForward: rolling && { won: rolling.won, windows: rolling.windows.length, returnPercent: rolling.returnPercent },
    isSpike: found.plateau.isSpike,
  }
}

function openedEvidence(
  { metrics, holdingReturnPercent, pValue, fromMs, toMs }: HeldOut,
  whole: Period,
): SearchEvidence["heldOut"] {
  return {
    returnPercent: metrics.totalReturnPercent ?? 0,
    holdingReturnPercent,
    tradeCount: metrics.tradeCount ?? 0,
    days: (toMs - fromMs) / DAY_MS,
    share: (toMs - fromMs) / (whole.toMs - whole.fromMs),
    pValue,
  }
}
