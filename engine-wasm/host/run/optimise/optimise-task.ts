import type { Bootstrap } from "../../candles/synthetic/made-market.ts"
import type { TradeColumns } from "../../result/backtest-result.ts"
import type { Metrics } from "../../result/metrics.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { AccountSettings } from "../backtest-request.ts"
import type { SearchSpace } from "../search/search-space.ts"
import type { SearchMethodName } from "../search/search.ts"

/** How candles are made anew: each one's direction by a coin, all in another order, or blocks of them drawn by chance. */
export type Remade = { kind: "flipped" | "shuffled"; seed: number } | ({ kind: "bootstrapped" } & Bootstrap)

/** Which candles a task runs over. */
export type Stretch = {
  /** Trading starts here; earlier candles only warm indicators up. */
  fromMs?: number
  /** Candles opening at or after this are left out. */
  toMs?: number
  /** The real market when left out. */
  remade?: Remade
  /** Which of the other markets; the strategy's own when left out. */
  other?: number
}

/** What a search is about, the same in each of its tasks. */
export type SearchTerms = {
  space: SearchSpace
  /** Values for params that are not searched; missing ones keep the document's. */
  params?: ParamValues
  account: AccountSettings
}

/** Runs combinations and gives their figures: a pure function of engine, documents, candles and itself. */
export type FiguresTask = { kind: "figures"; terms: SearchTerms; stretch: Stretch; numbers: Float64Array }

/** A whole search at once, of which only the best matters: on a coin-flip market, or on one part of the history. */
export type SearchTask = { kind: "search"; terms: SearchTerms; stretch: Stretch; plan: OptimisePlan }

/** One combination with all its metrics, days and trades. */
export type RunTask = {
  kind: "run"
  terms: SearchTerms
  stretch: Stretch
  number: number
  /** Values instead of the account's: twice the fees. */
  change?: Partial<AccountSettings>
}

export type OptimiseTask = FiguresTask | SearchTask | RunTask

/** How combinations are chosen and which is best. */
export type OptimisePlan = {
  method: SearchMethodName
  /** How many combinations to try; a grid tries all. */
  trials: number
  seed: number
  /** The first decides; with several the front of the best compromises is kept too. */
  objectives: readonly string[]
  /** Combinations with fewer trades rank behind the others. */
  minTrades: number
  maxDrawdownPercent?: number
  /** Gives hopeless combinations up early: they run over a quarter and a half of the candles first. */
  halving?: boolean
  /** Try these, and no others: for a sample of a search that would take too long. */
  only?: Float64Array
}

/** `figures`: for each number the figures of `sweepFigures` in their order; NaN stands for none. */
export type FiguresAnswer = { figures: Float64Array; refused: { number: number; because: string }[] }
/**
 * The best of a search. `place` ranks it, constraints first; -Infinity where no combination could be judged, and then
 * `number` means nothing.
 */
export type SearchAnswer = { number: number; score: number; place: number; evaluated: number }
/** Columns of one run: the end of each UTC day, and its trades in the order they were closed. */
export type RunAnswer = {
  metrics: Metrics
  dailyReturns: Float64Array
  /** UTC day number of the first daily return. */
  firstDay: number
  /** Profit of each trade as a share of the equity before it. */
  tradeReturns: Float64Array
  trades: TradeColumns
}

export type AnswerOf<Task extends OptimiseTask> = Task extends FiguresTask
  ? FiguresAnswer
  : Task extends SearchTask
    ? SearchAnswer
    : RunAnswer

/** Who does tasks: this thread, or several workers, of which a dead one's task is done by another. */
export type TaskRunner = {
  /** How many tasks it does at once. */
  readonly width: number
  /** Rejects with the signal's reason when cancelled, and with `TaskRefused` for a task that cannot be done. */
  run<Task extends OptimiseTask>(task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>>
}

/** Why a task cannot be done, in words; trying again changes nothing. */
export class TaskRefused extends Error {}
