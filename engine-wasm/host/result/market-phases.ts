import type { RunRecord } from "./run-record.ts"
import { monthlyReturns } from "./trade-tables.ts"

export type PhaseKind = "rising" | "flat" | "falling"

/** Standing aside is neither: no position, so nothing won and nothing lost. */
export type PhaseOutcome = "won" | "lost" | "aside"

/** Months in which the markets did the same and the strategy did too. */
export type MarketPhase = {
  kind: PhaseKind
  outcome: PhaseOutcome
  months: number
  /** How many months of this kind there were, with whatever outcome. */
  ofMonths: number
  /** The mean of its months, in percent, and of holding in the same months. */
  returnPercent: number
  holdingPercent: number
}

/** A month that moves less goes nowhere: with fees and a stop there is little to earn in it. */
const FLAT_PERCENT = 5
/** Money that changes less than this did not change: only the rounding of it did. */
const UNCHANGED_PERCENT = 1e-9

/**
 * Sorts the months of a run by what holding its markets made of them, and by what the strategy did in them; what did not
 * occur is left out. `holding` has a value for each sample of the run's equity.
 */
export function marketPhases(run: RunRecord, holding: Float64Array): MarketPhase[] {
  const own = monthlyReturns(run)
  const held = monthlyReturns({ ...run, equity: { openTimeMs: run.equity.openTimeMs, equity: holding } })
  const months = held.map(({ returnPercent }, at) => ({
    own: own[at].returnPercent,
    held: returnPercent,
    kind: kindOf(returnPercent),
    outcome: outcomeOf(own[at].returnPercent),
  }))
  return (["rising", "flat", "falling"] as const).flatMap((kind) => {
    const ofKind = months.filter((month) => month.kind === kind)
    return (["won", "lost", "aside"] as const).flatMap((outcome) => {
      const alike = ofKind.filter((month) => month.outcome === outcome)
      if (alike.length === 0) return []
      const [returnPercent, holdingPercent] = [
        meanOf(alike.map(({ own }) => own)),
        meanOf(alike.map(({ held }) => held)),
      ]
      return [{ kind, outcome, months: alike.length, ofMonths: ofKind.length, returnPercent, holdingPercent }]
    })
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function outcomeOf(returnPercent: number): PhaseOutcome {
  if (Math.abs(returnPercent) < UNCHANGED_PERCENT) return "aside"
  return returnPercent > 0 ? "won" : "lost"
}

function kindOf(returnPercent: number): PhaseKind {
  if (Math.abs(returnPercent) < FLAT_PERCENT) return "flat"
  return returnPercent > 0 ? "rising" : "falling"
}
