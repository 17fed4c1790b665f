import type { MarketCandles } from "../engine/engine-session.ts"
import type { SearchTerms, TaskRunner } from "../optimise/optimise-task.ts"

/** What to ask about one strategy with its values. */
export type RobustnessRequest = {
  /** A space of one document; its combination 0 with `params` is what is asked about. */
  terms: SearchTerms
  /** The strategy's own markets, with the candles that the runner has too. */
  markets: readonly MarketCandles[]
  /** Names of the other markets the runner has, in its order. */
  others?: readonly string[]
  /** Trading from here, and candles before there only. */
  period?: { fromMs?: number; toMs?: number }
  /** How many times chance is asked: shuffled, missed, made anew, entered at random. */
  trials: number
  seed: number
  /** Ruin is equity at or below this, quote currency; half of the cash when left out. */
  ruinCash?: number
  currency?: string
}

/** Times chance is asked where nobody says how often. */
export const USUAL_ROBUSTNESS_TRIALS = 500
export const MOST_ROBUSTNESS_TRIALS = 4_000
/** Half of the money is what most people call the end. */
export const RUIN_SHARE = 0.5

export function ruinCashOf({ terms, ruinCash }: RobustnessRequest): number {
  return ruinCash ?? terms.account.cash * RUIN_SHARE
}

/** What each part works with. `onDone`: so many of its runs are finished. */
export type RobustnessWork = {
  runner: TaskRunner
  request: RobustnessRequest
  signal?: AbortSignal
  onDone: (runs?: number) => void
}
