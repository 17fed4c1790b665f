import { CombinationField } from "../../../assembly/sweep/sweep-word.ts"
import type { AccountSettings } from "../backtest-request.ts"
import { runRecord } from "../backtest.ts"
import { Breath } from "../breath.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { metricsOf } from "../../result/metrics.ts"
import { clockProblems } from "../../strategy/compile/compile.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { DocumentNumbers } from "./document-numbers.ts"
import { batchSteps, type SweepBatch, type SweptTotals } from "./sweep-batch.ts"
import { figuresOfTotals, putFigures, sweepFigures } from "./sweep-row.ts"
import { SweepDraft } from "./sweep-draft.ts"
import { parsedRules, type ParsedRules } from "./sweep-signals.ts"

/** A strategy to run with many combinations of values for its params. */
export type FiguresRequest = {
  strategy: StrategyDocument
  account: AccountSettings
  /** Values of params that a combination does not name; missing ones keep the document's. */
  params?: ParamValues
  /** As in a backtest. */
  fromMs?: number
}

/** In candles times combinations. */
export type SweepProgress = { done: number; total: number }
export type SweepOptions = { onProgress?: (progress: SweepProgress) => void; signal?: AbortSignal }

/**
 * `figures`: for each combination those of `sweepFigures` in their order, NaN where one has no meaning. `refused`: numbers
 * of combinations the strategy cannot be run with, such as an average over no candle; all of their figures are NaN.
 */
export type CombinationFigures = { figures: Float64Array; refused: { at: number; because: string }[] }

const MOST_IN_A_BATCH = 8_192
/** Columns a batch computes at once; with more they no longer fit the processor's cache. */
const MOST_COLUMNS = 1_024

/**
 * The figures of a strategy with each of these combinations of values, over candles that are already in an engine; each
 * as a backtest with them has. They run over the candles together where they can (`whyAlone`), else one by one.
 * Cancelling rejects with the signal's reason.
 */
export async function figuresOf(
  session: EngineSession,
  request: FiguresRequest,
  combinations: readonly ParamValues[],
  options: SweepOptions = {},
): Promise<CombinationFigures> {
  const work = new FiguresWork(session, request, combinations, options)
  const rules = whyAlone(session, request) === undefined ? parsedRules(request.strategy) : undefined
  await work.oneByOne(rules ? await work.together(rules) : [...combinations.keys()])
  return { figures: work.figures, refused: work.refused }
}

/** Why combinations of this strategy cannot run over the candles together, as a sentence; undefined: they can. */
export function whyAlone({ markets }: EngineSession, { strategy, account }: FiguresRequest): string | undefined {
  if (strategy.code) return "The strategy is written in code, which runs as a whole for each combination."
  if (markets.length > 1)
    return `Its ${markets.length} markets share one account, so each combination runs through all of them.`
  if (account.fills !== "conservative") return `The fills of ${account.fills} are decided candle by candle.`
  const [problem] = clockProblems(strategy.timeframe, markets[0].compile)
  if (problem) return `On these candles it cannot run at all: ${problem.because}.`
  return parsedRules(strategy) ? undefined : "One of its formulas cannot be read."
}

/** Combinations while they run: the figures so far, and who wants to know. */
class FiguresWork {
  readonly figures: Float64Array
  readonly refused: CombinationFigures["refused"] = []
  readonly #values: ParamValues
  readonly #candles: number
  #done = 0
  readonly #breath: Breath

  constructor(
    private readonly session: EngineSession,
    private readonly request: FiguresRequest,
    private readonly combinations: readonly ParamValues[],
    private readonly options: SweepOptions,
  ) {
    const { strategy, params } = request
    const own = Object.fromEntries(Object.entries(strategy.params).map(([name, { value }]) => [name, value]))
    this.#values = { ...own, ...params }
    this.figures = new Float64Array(combinations.length * sweepFigures.length).fill(Number.NaN)
    this.#candles = Math.max(...session.markets.map(({ candles }) => candles.openTimeMs.length))
    this.#breath = options.onProgress ? new Breath(0) : new Breath()
  }

  /** Runs the combinations over the candles in batches; returns the numbers of those that must run one by one. */
  async together(rules: ParsedRules): Promise<number[]> {
    const alone: number[] = []
    const numbers = new DocumentNumbers(this.request.strategy)
    for (let at = 0; at < this.combinations.length;) {
      const batch: SweepBatch = { swept: new SweepDraft(this.session, this.request.strategy, rules), combinations: [] }
      for (; at < this.combinations.length && hasRoom(batch); at++) {
        const params = this.#valuesOf(at)
        const resolved = numbers.of(params)
        const own = resolved && batch.swept.rulesOf(params, resolved)
        if (resolved && own) batch.combinations.push({ at, resolved, rules: own })
        else alone.push(at)
      }
      await this.#runBatch(batch)
    }
    return alone
  }

  #valuesOf(at: number): ParamValues {
    return { ...this.#values, ...this.combinations[at] }
  }

  async #runBatch(batch: SweepBatch): Promise<void> {
    if (batch.combinations.length === 0) return
    const steps = batchSteps(this.session, this.request, batch)
    for (;;) {
      const step = steps.next()
      if (step.done) return this.#take(batch, step.value)
      await this.#breathe(this.#done + step.value * batch.combinations.length)
    }
  }

  #take({ combinations }: SweepBatch, { totals, time }: SweptTotals): void {
    combinations.forEach(({ at }, n) => {
      const own = totals.subarray(n * CombinationField.length, (n + 1) * CombinationField.length)
      putFigures(this.#placeOf(at), figuresOfTotals(own, time))
    })
    this.#done += combinations.length * this.#candles
  }

  #placeOf(at: number): Float64Array {
    return this.figures.subarray(at * sweepFigures.length, (at + 1) * sweepFigures.length)
  }

  /** Runs each of these combinations as a backtest of its own. */
  async oneByOne(numbers: readonly number[]): Promise<void> {
    for (const at of numbers) {
      const run = runRecord(this.session, { ...this.request, params: this.#valuesOf(at) })
      if (run.ok) putFigures(this.#placeOf(at), metricsOf(run.record))
      else this.refused.push({ at, because: run.problems[0].because })
      this.#done += this.#candles
      await this.#breathe(this.#done)
    }
  }

  /** Reports progress and lets other work run, now and then. */
  async #breathe(done: number): Promise<void> {
    if (!this.#breath.isDue) return
    this.options.onProgress?.({ done, total: this.combinations.length * this.#candles })
    await this.#breath.take()
    this.options.signal?.throwIfAborted()
  }
}

function hasRoom({ swept, combinations }: SweepBatch): boolean {
  return combinations.length < MOST_IN_A_BATCH && swept.conditions.columns.size < MOST_COLUMNS
}
