import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { FEWEST_TRADES, sweepFigures } from "../sweep/sweep-row.ts"

/** What a good combination has to hold, beside its score. */
export type Constraints = {
  /** At least so many trades; 10 by default. */
  minTrades?: number
  /** A drawdown of at most so many percent. */
  maxDrawdownPercent?: number
}

/** 0: holds every constraint. 1: breaks one. 2: never traded, or cannot be judged. */
export type Standing = 0 | 1 | 2

/** What decides a combination's place: its standing first, then its score, then its number. */
export type Placed = { number: number; score: number; standing: Standing }

/** Why these constraints cannot be; empty: they can. */
export function constraintProblems({ minTrades, maxDrawdownPercent }: Constraints): StrategyProblem[] {
  const trades: StrategyProblem[] =
    minTrades !== undefined && !(Number.isSafeInteger(minTrades) && minTrades >= 0)
      ? [{ path: "minTrades", because: `the fewest trades are a whole number from 0, not ${minTrades}` }]
      : []
  const fall: StrategyProblem[] =
    maxDrawdownPercent !== undefined && !(maxDrawdownPercent > 0 && maxDrawdownPercent <= 100)
      ? [{ path: "maxDrawdownPercent", because: `the drawdown is above 0 to 100 percent, not ${maxDrawdownPercent}` }]
      : []
  return [...trades, ...fall]
}

/** Reads the standing of rows with these figures, of which the one at `at` has this score. */
export function standingOf(
  { minTrades = FEWEST_TRADES, maxDrawdownPercent = Infinity }: Constraints,
  figures: readonly string[] = sweepFigures,
): (score: number, row: ArrayLike<number>, at: number) => Standing {
  const trades = placeOf("tradeCount", figures)
  const fall = placeOf("maxDrawdownPercent", figures)
  return (score, row, at) => {
    if (!(row[at + trades] > 0) || Number.isNaN(score)) return 2
    return row[at + trades] < minTrades || row[at + fall] > maxDrawdownPercent ? 1 : 0
  }
}

function placeOf(figure: string, figures: readonly string[]): number {
  const place = figures.indexOf(figure)
  if (place < 0) throw new Error(`rows without ${figure} have no standing`)
  return place
}

/**
 * Best first: those that hold every constraint, then those that break one, then those that never traded or cannot be
 * judged; among alike the larger score, then the smaller number, so that the order is the same in any order of work.
 */
export function byPlace(a: Placed, b: Placed): number {
  if (a.standing !== b.standing) return a.standing - b.standing
  if (a.score !== b.score) {
    if (Number.isNaN(a.score) !== Number.isNaN(b.score)) return Number.isNaN(a.score) ? 1 : -1
    if (!Number.isNaN(a.score)) return a.score < b.score ? 1 : -1
  }
  return a.number - b.number
}

/**
 * Score and standing as the one number a search method learns: in the order of `byPlace`, every combination that
 * breaks a constraint below every one that holds them. NaN for those that cannot be judged.
 */
export function toldScore(score: number, standing: Standing): number {
  return standing === 2 ? Number.NaN : score / (1 + Math.abs(score)) - 2 * standing
}
