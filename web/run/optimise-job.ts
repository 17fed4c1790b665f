import {
  historyOf,
  optimiseAndShake,
  type Optimisation,
  type OptimiseNews,
  type OptimiseRequest,
  type SearchState,
  type TaskPool,
} from "#engine/run"
import type { StrategyProblem } from "#engine/strategy"
import { forgetOptimisation, keepFound, type KeptOptimisation } from "../db/kept-optimisation.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { layOut } from "./lay-out.ts"
import { otherMarkets } from "./other-markets.ts"
import type { RunJob } from "./run-job.ts"
import { StateKeeper } from "./state-keeper.ts"
import { taskWorkers } from "./task-workers.ts"
import { TimeLeft } from "./time-left.ts"

/** A search to run in the background: over which candles, and for what. What its job leaves out it looks at itself. */
export type OptimiseJob = { job: RunJob; request: Omit<OptimiseRequest, "history"> }

/** How far a search is. */
export type OptimiseHeard = {
  news: OptimiseNews
  /** Undefined while too little is known. */
  secondsLeft?: number
  /** Why it is not kept, in words: a reload would lose it. */
  notKept?: string
}

export type OptimiseEnding =
  | { state: "done"; optimisation: Optimisation }
  | { state: "refused"; problems: StrategyProblem[] }

type JobTerms = {
  state?: SearchState
  /** Why it is not kept, where that is known from the beginning. */
  notKept?: string
  onPool: (pool: TaskPool) => void
  onHeard: (heard: OptimiseHeard) => void
  isPaused: () => boolean
}

const LOOK_MS = 250

/**
 * Runs a search with workers of its own and keeps what it finds. A state of other candles, or of another engine, counts
 * for nothing: the search begins anew. Throws in words when the engine, the candles or the workers are not available.
 */
export async function optimiseJob(kept: KeptOptimisation, terms: JobTerms): Promise<OptimiseEnding> {
  const { job, request } = kept.asked as OptimiseJob
  const laidOut = await layOut({ ...job, params: {}, unseenPercent: 0 })
  if (!laidOut.ok) return refused(kept.id, laidOut.problems)
  const { engine, toRun, key } = laidOut.markets
  const basis = JSON.stringify([engine.sha256, key])
  const quote = laidOut.markets.list[0].quote
  const history = historyOf(toRun, job)
  const others = await otherMarkets({
    ids: [job.marketId, ...job.alsoIds],
    quote,
    timeframe: laidOut.plan.strategy.timeframe,
    period: history,
  })
  const pool = taskWorkers({ engine, sets: { own: toRun, others } })
  terms.onPool(pool)
  const watch = new Watch({ id: kept.id, basis }, terms)
  try {
    const state = kept.basis === basis ? terms.state : undefined
    const shaken = { markets: toRun, others: others.map(({ market }) => market), currency: quote }
    const options = { state, onNews: watch.hear, onState: watch.keep }
    const optimised = await optimiseAndShake(pool, { ...request, history }, shaken, options)
    await watch.end()
    if (!optimised.ok) return await refused(kept.id, optimised.problems)
    await keepFound({ id: kept.id, changedAtMs: Date.now() }, optimised.optimisation).catch(watch.cannotKeep)
    return { state: "done", optimisation: optimised.optimisation }
  } finally {
    await watch.end()
    pool.close()
  }
}

/** There is nothing in it to go on with. */
async function refused(id: string, problems: StrategyProblem[]): Promise<OptimiseEnding> {
  await forgetOptimisation(id).catch(() => {})
  return { state: "refused", problems }
}

/** Looks at a search under way: tells how far it is a few times a second, and keeps where it is. */
class Watch {
  readonly #left = new TimeLeft()
  readonly #keeper: StateKeeper
  readonly #looking = setInterval(() => this.#look(), LOOK_MS)
  #news: OptimiseNews | undefined
  #notKept: string | undefined

  constructor(
    own: { id: string; basis: string },
    private readonly terms: JobTerms,
  ) {
    this.#notKept = terms.notKept
    this.#keeper = new StateKeeper(own, (error) => this.cannotKeep(error))
  }

  readonly hear = (news: OptimiseNews) => {
    const isFirst = this.#news === undefined
    this.#news = news
    if (isFirst) this.#look()
  }

  readonly keep = (state: SearchState) => this.#keeper.note({ state, share: this.#news?.share ?? 0 })

  readonly cannotKeep = (error: unknown) => {
    this.#notKept = unavailableBecause(error)
  }

  async end(): Promise<void> {
    clearInterval(this.#looking)
    await this.#keeper.end()
  }

  #look(): void {
    if (!this.#news || this.terms.isPaused()) return
    this.#left.look(performance.now(), this.#news.share)
    this.terms.onHeard({ news: this.#news, secondsLeft: this.#left.seconds, notKept: this.#notKept })
  }
}
