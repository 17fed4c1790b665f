import type { Metrics } from "../../result/metrics.ts"
import type { OptimiseVerdict } from "../../result/robustness/optimise-verdict.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { SweepFigure } from "../sweep/sweep-row.ts"
import type { Robustness } from "../robustness/robustness.ts"
import type { OptimisePlan, SearchTerms } from "./optimise-task.ts"

/** What to search, how, and how honestly. */
export type OptimiseRequest = {
  terms: SearchTerms
  plan: OptimisePlan
  /** The candles of the period, from `historyOf`. */
  history: History
  /** This much of the period, at its end, is locked away and looked at once. */
  holdOutPercent: number
  /** How often the search and its choice are tried on coin-flip markets, at most; 199 when left out. */
  coinFlips?: number
}

/** A combination with its figures. */
export type TrialRow = {
  number: number
  variant: number
  params: ParamValues
  /** By the first objective; null where it cannot be judged. */
  score: number | null
  figures: Record<SweepFigure, number | null>
}

export type OptimiseStage = "search" | "coinFlips" | "overfitting" | "walkForward" | "heldOut" | "robustness"

/** How far an optimisation is. */
export type OptimiseNews = {
  stage: OptimiseStage
  /** Of all its work, 0 to 1. */
  share: number
  evaluated: number
  /** How many combinations will be tried. */
  toEvaluate: number
  /** The best so far, at most ten; the same object while nothing changed. */
  leaders: readonly TrialRow[]
}

export type Period = { fromMs: number; toMs: number }
/** Where a period's candles begin and end, and how many there are. */
export type History = Period & { candles: number }

/** Two params against each other: for each pair of values the best, the middle and how many were tried. */
export type HeatMap = {
  x: string
  y: string
  xValues: readonly (number | boolean)[]
  yValues: readonly (number | boolean)[]
  /** Row by row of y, NaN where nothing was tried. */
  best: Float64Array
  /** The combination that is the best of its cell. */
  bestNumber: Float64Array
  mean: Float64Array
  count: Uint32Array
}

/** A combination and how good its neighbours are, one step in any param. */
export type Plateau = {
  row: TrialRow
  /** Median score of its neighbours; null without any. */
  neighboursMedian: number | null
}

/** The same search on coin-flip markets: what it finds where there is nothing to find. */
export type CoinFlipSearch = {
  tries: number
  /** Best score of each; NaN where nothing could be judged. */
  scores: Float64Array
  /** What the real market gave the same combinations. */
  score: number
  /** (1 + coin-flip markets at least as good) / (1 + tries). */
  pValue: number
  /** Combinations run on each: all of the search, or a sample of it. */
  trials: number
}

export type WalkForwardWindow = {
  training: Period
  test: Period
  params: ParamValues
  variant: number
  trainingScore: number
  testReturnPercent: number
  testSharpe: number | null
  testTrades: number
}

/** The search repeated on part after part, each time traded on the part that follows. */
export type WalkForward = {
  kind: "rolling" | "anchored"
  windows: WalkForwardWindow[]
  /** The test parts one after the other, as if traded: equity at the end of each UTC day, starting from 1. */
  days: { firstDay: number; equity: Float64Array }
  returnPercent: number
  sharpe: number | null
  maxDrawdownPercent: number
  /** Windows whose test part made money. */
  won: number
}

/** The part nobody has looked at, with the chosen values. */
export type HeldOut = Period & {
  metrics: Metrics
  holdingReturnPercent: number
  days: { firstDay: number; equity: Float64Array }
  /** (1 + coin-flip forms of it at least as good) / (1 + tries). */
  pValue: number | null
}

/** Everything an optimisation found, and how much of it to believe. */
export type Optimisation = {
  plan: OptimisePlan
  /** In the whole space. */
  combinations: number
  /** Tried: each counts as a trial, whether it was given up early or not. */
  evaluated: number
  refused: { count: number; because?: string }
  training: Period
  /** The best, best first, at most `TOP_TRIALS`. */
  trials: TrialRow[]
  best: TrialRow & { metrics: Metrics; days: { firstDay: number; equity: Float64Array } }
  plateau: { best: Plateau; chosen: Plateau; isSpike: boolean }
  heatMaps: HeatMap[]
  /** Several objectives: combinations that none beats in all of them. */
  front?: TrialRow[]
  heldOut: HeldOut | undefined
  /** Probability that the best's true Sharpe is above 0 after so many trials; null where too little is known. */
  deflatedSharpe: number | null
  /** Probability that the best of the training part is below the middle elsewhere (CSCV); null with too few trials. */
  pbo: number | null
  /** How many trials the probability of overfitting compares: all that traded, or some by chance. */
  comparedTrials: number
  coinFlips: CoinFlipSearch | undefined
  walkForward: { rolling?: WalkForward; anchored?: WalkForward }
  verdict: OptimiseVerdict
  /** What else was asked of the best, where its markets were at hand. */
  robustness?: Robustness
}

/** How it ended: with everything, or with what is wrong. */
export type Optimised =
  | { ok: true; optimisation: Optimisation }
  | { ok: false; problems: { path: string; because: string }[] }
