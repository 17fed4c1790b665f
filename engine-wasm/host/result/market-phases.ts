import type { RunRecord } from "./run-record.ts"
import { monthlyReturns } from "./trade-tables.ts"

export type PhaseKind = "rising" | "flat" | "falling"

/** How a strategy did in the months in which its markets rose, fell, or did neither. */
export type MarketPhase = {
  kind: PhaseKind
  months: number
  /** The mean of its months, in percent, and of holding in the same months. */
  returnPercent: number
  holdingPercent: number
}

/** A month that moves less goes nowhere: with fees and a stop there is little to earn in it. */
const FLAT_PERCENT = 5

/**
 * Sorts the months of a run by what holding its markets made of them; kinds of month that did not occur are left out.
 * `holding` has a value for each sample of the run's equity.
 */
export function marketPhases(run: RunRecord, holding: Float64Array): MarketPhase[] {
  const own = monthlyReturns(run)
  const held = monthlyReturns({ ...run, equity: { openTimeMs: run.equity.openTimeMs, equity: holding } })
  return (["rising", "flat", "falling"] as const).flatMap((kind) => {
    const months = held.flatMap(({ returnPercent }, at) => (kindOf(returnPercent) === kind ? [at] : []))
    const mean = (returns: typeof own) => months.reduce((sum, at) => sum + returns[at].returnPercent, 0) / months.length
    return months.length === 0
      ? []
      : [{ kind, months: months.length, returnPercent: mean(own), holdingPercent: mean(held) }]
  })
}

function kindOf(returnPercent: number): PhaseKind {
  if (Math.abs(returnPercent) < FLAT_PERCENT) return "flat"
  return returnPercent > 0 ? "rising" : "falling"
}
