import type { AccountSettings } from "../backtest-request.ts"
import { runRecord } from "../backtest.ts"
import { Breath } from "../breath.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { metricsOf } from "../../result/metrics.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { clockProblems } from "../../strategy/compile/compile.ts"
import { countInWords, spaceProblems } from "../search/space-problems.ts"
import {
  combinationAt,
  combinationCount,
  dimensionsOf,
  numbering,
  type SearchSpace,
  type SweepVary,
} from "../search/search-space.ts"
import { DocumentNumbers } from "./document-numbers.ts"
import { batchSteps, type SweepBatch } from "./sweep-batch.ts"
import { ranked, rowOfMetrics, type SweepFigure, type SweepRow } from "./sweep-row.ts"
import { emptySweepDraft, parsedRules, sweptRules, type ParsedRules } from "./sweep-signals.ts"

export { FEWEST_TRADES, sweepFigures, ranked, type SweepFigure, type SweepRow } from "./sweep-row.ts"

export type SweepRequest = {
  strategy: StrategyDocument
  vary: SweepVary
  /** Values for the other params; missing ones keep the document's. */
  params?: ParamValues
  account: AccountSettings
  /** The figure that sorts the rows, best first. */
  rank?: SweepFigure
  /** Rows with fewer trades come after the others; 10 by default. */
  fewestTrades?: number
  /** As in a backtest. */
  fromMs?: number
  /**
   * Only every `of`-th combination, beginning with number `first`: for workers that share a sweep. Neighbours are
   * alike, so all have equal work.
   */
  part?: { first: number; of: number }
}

/** In candles times combinations. */
export type SweepProgress = { done: number; total: number }
export type SweepOptions = { onProgress?: (progress: SweepProgress) => void; signal?: AbortSignal }

/** `refused`: combinations whose values the strategy cannot be run with, such as an average over no candle. */
export type Swept =
  | { ok: true; rows: SweepRow[]; refused: { params: ParamValues; because: string }[] }
  | { ok: false; problems: StrategyProblem[] }

/** More combinations than this are refused: their table would be unreadable, and their best would be chance. */
export const MOST_COMBINATIONS = 100_000
const MOST_IN_A_BATCH = 8_192
/** Columns a batch computes at once; with more they no longer fit the processor's cache. */
const MOST_COLUMNS = 1_024

/**
 * Runs a strategy with every combination of the values in `vary`, over candles that are already in an engine. Each
 * row has the figures of a backtest with these params. Rules for one market run over the candles together; code and
 * other programs' fills run one by one. Returns `problems` when it
 * refuses. Cancelling rejects with the signal's reason.
 */
export async function sweep(session: EngineSession, request: SweepRequest, options: SweepOptions = {}): Promise<Swept> {
  const problems = sweepProblems(request)
  if (problems.length > 0) return { ok: false, problems }
  const combinations = combinationsOf(request)
  const work = new SweepWork(session, request, combinations.length, options)
  const rules = goesTogether(session, request) ? parsedRules(request.strategy) : undefined
  const alone = rules ? await work.together(rules, combinations) : combinations
  await work.oneByOne(alone)
  return {
    ok: true,
    rows: ranked(work.inOrder(combinations), request.rank ?? "sharpe", request.fewestTrades),
    refused: work.refused,
  }
}

/** How many combinations these values make; a value that appears twice is tried once. */
export function variedCount(vary: SweepVary): number {
  return combinationCount({ variants: { length: 1 }, dimensions: dimensionsOf(vary) })
}

/** Rows of several parts as one sweep orders them before it ranks: by the number of their combination. */
export function inSweepOrder(rows: readonly SweepRow[], vary: SweepVary): SweepRow[] {
  const numberOf = numbering({ variants: { length: 1 }, dimensions: dimensionsOf(vary) })
  return rows
    .map((row) => ({ row, number: numberOf({ variant: 0, params: row.params }) }))
    .sort((a, b) => a.number - b.number)
    .map(({ row }) => row)
}

/** Why these values cannot be tried; empty: they can. */
export function sweepProblems(request: Pick<SweepRequest, "strategy" | "vary" | "params">): StrategyProblem[] {
  const space = spaceOf(request)
  if (combinationCount(space) <= MOST_COMBINATIONS) return spaceProblems(space, request.params)
  const most = MOST_COMBINATIONS.toLocaleString("en")
  return [{ path: "vary", because: `these are ${countInWords(space)}; try at most ${most}` }]
}

function spaceOf({ strategy, vary }: Pick<SweepRequest, "strategy" | "vary">): SearchSpace {
  return { variants: [strategy], dimensions: dimensionsOf(vary) }
}

/** Every combination of this part, the last param's values changing fastest. */
function combinationsOf({ strategy, vary, params, part }: SweepRequest): ParamValues[] {
  const space = spaceOf({ strategy, vary })
  const own = Object.fromEntries(Object.entries(strategy.params).map(([name, { value }]) => [name, value]))
  const { first, of } = part ?? { first: 0, of: 1 }
  return Array.from({ length: Math.ceil((combinationCount(space) - first) / of) }, (_, n) => ({
    ...own,
    ...params,
    ...combinationAt(space, first + n * of).params,
  }))
}

/** Whether combinations can share one pass over the candles. Everything else takes the slow path. */
function goesTogether({ markets }: EngineSession, { strategy, account }: SweepRequest): boolean {
  const [market, ...others] = markets
  const isRules = !strategy.code && clockProblems(strategy.timeframe, market.compile).length === 0
  return isRules && others.length === 0 && account.fills === "conservative"
}

/** A sweep while it runs: the rows so far, and who wants to know. */
class SweepWork {
  readonly #rows = new Map<ParamValues, SweepRow>()
  readonly refused: { params: ParamValues; because: string }[] = []
  readonly #candles: number
  #done = 0
  readonly #breath = new Breath(0)

  constructor(
    private readonly session: EngineSession,
    private readonly request: SweepRequest,
    private readonly count: number,
    private readonly options: SweepOptions,
  ) {
    this.#candles = Math.max(...session.markets.map(({ candles }) => candles.openTimeMs.length))
  }

  inOrder(combinations: readonly ParamValues[]): SweepRow[] {
    return combinations.flatMap((params) => this.#rows.get(params) ?? [])
  }

  /** Runs combinations over the candles in batches; returns those that must run one by one. */
  async together(rules: ParsedRules, combinations: readonly ParamValues[]): Promise<ParamValues[]> {
    const alone: ParamValues[] = []
    const numbers = new DocumentNumbers(this.request.strategy)
    for (let at = 0; at < combinations.length;) {
      const batch: SweepBatch = { swept: emptySweepDraft(this.session, this.request.strategy), combinations: [] }
      for (; at < combinations.length && hasRoom(batch); at++) {
        const params = combinations[at]
        const resolved = numbers.of(params)
        const own = resolved && sweptRules(batch.swept, rules, { params, protect: resolved.protect })
        if (resolved && own) batch.combinations.push({ params, resolved, rules: own })
        else alone.push(params)
      }
      await this.#runBatch(batch)
    }
    return alone
  }

  async #runBatch(batch: SweepBatch): Promise<void> {
    if (batch.combinations.length === 0) return
    const steps = batchSteps(this.session, this.request, batch)
    for (;;) {
      const step = steps.next()
      if (step.done) return this.#take(step.value)
      await this.#breathe(this.#done + step.value * batch.combinations.length)
    }
  }

  #take(rows: SweepRow[]): void {
    for (const row of rows) this.#rows.set(row.params, row)
    this.#done += rows.length * this.#candles
  }

  /** Runs each combination as a backtest of its own. */
  async oneByOne(combinations: readonly ParamValues[]): Promise<void> {
    for (const params of combinations) {
      const run = runRecord(this.session, { ...this.request, params })
      if (run.ok) this.#rows.set(params, rowOfMetrics(params, metricsOf(run.record)))
      else this.refused.push({ params, because: run.problems[0].because })
      this.#done += this.#candles
      await this.#breathe(this.#done)
    }
  }

  /** Reports progress and lets other work run, now and then. */
  async #breathe(done: number): Promise<void> {
    if (!this.#breath.isDue) return
    this.options.onProgress?.({ done, total: this.count * this.#candles })
    await this.#breath.take()
    this.options.signal?.throwIfAborted()
  }
}

function hasRoom({ swept, combinations }: SweepBatch): boolean {
  return combinations.length < MOST_IN_A_BATCH && swept.conditions.columns.size < MOST_COLUMNS
}
