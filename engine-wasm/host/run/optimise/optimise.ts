import { timeframesMs } from "../../candles/timeframe.ts"
import { optimiseVerdict } from "../../result/robustness/optimise-verdict.ts"
import { combinationCount } from "../search/search-space.ts"
import { plannedTrials } from "../search/search.ts"
import { evidenceOf } from "./found-evidence.ts"
import { heldOut } from "./held-out-stage.ts"
import type { Optimisation, Optimised, OptimiseRequest } from "./optimisation.ts"
import { optimiseProblems } from "./optimise-problems.ts"
import { OptimiseProgress, type OptimiseListener } from "./optimise-progress.ts"
import { TaskRefused, type RunAnswer, type TaskRunner } from "./optimise-task.ts"
import { overfitting } from "./overfitting-stage.ts"
import { splitHistory, type Parts } from "./period-split.ts"
import { plateaus } from "./plateau-stage.ts"
import { SearchRecord, type SearchState } from "./search-record.ts"
import { generations } from "./search-stage.ts"
import { coinFlipSearch, coinFlipSteps, coinFlipWork, USUAL_TRIES } from "./coin-flip-stage.ts"
import { equityOf, WALK_FORWARD_PARTS, walkForward } from "./walk-forward-stage.ts"

export type OptimiseOptions = {
  onNews?: OptimiseListener
  /** Receives a snapshot after every generation; given back as `state` the search goes on from there, to the same answer. */
  onState?: (state: SearchState) => void
  state?: SearchState
  signal?: AbortSignal
}

/**
 * Searches for good params on the first part of a history, and says how much of what it found to believe: the last part
 * is locked away and opened once, the same search runs on markets with nothing to find, and part after part. Returns
 * `problems` for what cannot be searched; cancelling rejects with the signal's reason.
 */
export async function optimise(
  runner: TaskRunner,
  request: OptimiseRequest,
  options: OptimiseOptions = {},
): Promise<Optimised> {
  const problems = optimiseProblems(request)
  if (problems.length > 0) return { ok: false, problems }
  const [{ timeframe }] = request.terms.space.variants
  const parts = splitHistory(request.history, { ...request, timeframe })
  if (!parts.ok) return parts
  try {
    const work = new OptimiseWork(runner, request, parts, options)
    const record = await work.searched()
    if (!record.best) return { ok: false, problems: [record.problem()] }
    return { ok: true, optimisation: await work.judged(record) }
  } catch (refused) {
    if (refused instanceof TaskRefused) return { ok: false, problems: [{ path: "", because: refused.message }] }
    throw refused
  }
}

/** One optimisation under way: its stages, one after the other. */
class OptimiseWork {
  readonly #progress: OptimiseProgress
  readonly #asked: { terms: OptimiseRequest["terms"]; plan: OptimiseRequest["plan"]; signal?: AbortSignal }
  readonly #trials: number
  readonly #onDone: () => void

  constructor(
    private readonly runner: TaskRunner,
    private readonly request: OptimiseRequest,
    private readonly parts: Parts,
    private readonly options: OptimiseOptions,
  ) {
    const { terms, plan } = request
    this.#asked = { terms, plan, signal: options.signal }
    this.#trials = plannedTrials(terms.space, plan)
    this.#progress = new OptimiseProgress(this.#trials, stageWeights(this.#work(this.#trials)), options.onNews)
    this.#onDone = () => this.#progress.step()
  }

  /** Tries combinations on the training part. */
  async searched(): Promise<SearchRecord> {
    const { terms, plan } = this.request
    const record = new SearchRecord(terms, plan, this.options.state)
    this.#progress.begin("search", this.#trials)
    this.#tell(record, record.evaluated)
    const search = { ...this.#asked, stretch: this.parts.training }
    for await (const generation of generations(this.runner, search, record.soFar)) {
      record.take(generation)
      this.#tell(record, generation.numbers.length)
      this.options.onState?.(record.state())
    }
    return record
  }

  /** Everything about what was found, the locked-away part last. */
  async judged(record: SearchRecord): Promise<Optimisation> {
    const { plan, terms, history } = this.request
    const { row, place, holds } = record.best!
    const run = await this.#run(row.number)
    const found = {
      plan,
      combinations: combinationCount(terms.space),
      evaluated: record.evaluated,
      refused: record.refused,
      training: this.parts.training,
      trials: record.rows,
      best: { ...row, metrics: run.metrics, days: { firstDay: run.firstDay, equity: equityOf(run.dailyReturns) } },
      plateau: await plateaus(this.runner, this.#asked, { rows: record.rows, period: this.parts.training }),
      heatMaps: record.heatMaps(),
      front: record.front(),
      coinFlips: await this.#coinFlips({ score: row.score ?? Number.NaN, place, evaluated: record.evaluated }),
      ...(await this.#overfitting(record, { number: row.number, run })),
      walkForward: await this.#walkedForward(),
      heldOut: await this.#opened(row.number),
    }
    return { ...found, verdict: optimiseVerdict(evidenceOf(found, history, holds)) }
  }

  #tell(record: SearchRecord, count: number): void {
    this.#progress.found(record.evaluated, record.leaders)
    this.#progress.step(count)
  }

  #run(number: number): Promise<RunAnswer> {
    const { terms } = this.request
    return this.runner.run({ kind: "run", terms, stretch: this.parts.training, number }, this.options.signal)
  }

  #coinFlips(best: { score: number; place: number; evaluated: number }) {
    const work = this.#work(best.evaluated)
    this.#progress.begin("coinFlips", coinFlipSteps(work))
    const asked = { ...this.#asked, stretch: this.parts.training }
    return coinFlipSearch(this.runner, asked, { ...best, ...work, onDone: this.#onDone })
  }

  #overfitting({ sample, tradedTrials }: SearchRecord, best: { number: number; run: RunAnswer }) {
    this.#progress.begin("overfitting", sample.length)
    const of = { period: this.parts.training, numbers: sample, best, trialCount: tradedTrials, onDone: this.#onDone }
    return overfitting(this.runner, this.#asked, of)
  }

  async #walkedForward(): Promise<Optimisation["walkForward"]> {
    this.#progress.begin("walkForward", 2 * WALK_FORWARD_PARTS)
    const candleMs = timeframesMs[this.request.terms.space.variants[0].timeframe]
    const how = { period: this.parts.training, candleMs, onDone: this.#onDone }
    const rolling = await walkForward(this.runner, this.#asked, { kind: "rolling", ...how })
    return { rolling, anchored: await walkForward(this.runner, this.#asked, { kind: "anchored", ...how }) }
  }

  async #opened(number: number): Promise<Optimisation["heldOut"]> {
    const period = this.parts.heldOut
    const tries = this.request.coinFlips ?? USUAL_TRIES
    this.#progress.begin("heldOut", tries + 1)
    return period && heldOut(this.runner, this.#asked, { period, number, tries, onDone: this.#onDone })
  }

  #work(evaluated: number) {
    const { history, coinFlips = USUAL_TRIES } = this.request
    return { evaluated, candles: history.candles, most: coinFlips, isAlone: runsAlone(this.request.terms) }
  }
}

/** Whether each combination takes the time of a whole backtest; several markets are not known here, and take more. */
function runsAlone({ space, account }: OptimiseRequest["terms"]): boolean {
  return space.variants[0].code !== undefined || account.fills !== "conservative"
}

/** How much work each stage is, the search being 1. */
function stageWeights(work: { evaluated: number; candles: number; most: number; isAlone: boolean }) {
  const { evaluated, candles, most } = work
  return {
    search: 1,
    coinFlips: coinFlipWork(work) / evaluated / candles,
    overfitting: Math.min(1, 256 / evaluated),
    walkForward: 6,
    heldOut: most / evaluated,
  }
}
