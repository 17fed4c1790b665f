import type { Kysely } from "kysely"
import { DAY_MS, quoted } from "#engine/candles"
import { strategyFromJson } from "#engine/strategy"
import type { KeptCandles } from "../desk/kept-candles.ts"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { asSentence, Refusal } from "../door/refusal.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import { storeFailure } from "../store/store-failure.ts"
import type { Surroundings } from "../surroundings.ts"
import {
  askedRun,
  askedSearch,
  askedSweep,
  type WantedRun,
  type WantedSearch,
  type WantedSweep,
} from "./job-request.ts"
import { JobStore, type WaitingJob } from "./job-store.ts"
import type { JobLook } from "./job-look.ts"
import { inThread } from "./job-thread.ts"
import type { JobData } from "./job-worker.ts"
import type { AskedJob, JobOutcome, JobView } from "./job.ts"

type JobsDeps = {
  database: Kysely<RelayTables>
  candles: KeptCandles
  publicMarkets: PublicMarkets
  surroundings: Surroundings
  /** Receives our own bugs. */
  onBug: (error: unknown) => void
}

type RunningJob = { progress: number; stop: AbortController; ended: Promise<void> }

/** Each has threads of its own; bots come first. */
const MOST_AT_ONCE = 2
const MOST_WAITING = 20
/** Code is compiled before its job is taken, and runs are looked into, at most so many at once. */
const MOST_CHECKS = 2
const AGAIN_IN_S = 30
/** Ended jobs, and how long they are kept. */
const MOST_KEPT = 50
const KEPT_MS = 7 * DAY_MS
/** A job that has ended the relay so often is not begun again. */
const MOST_TRIES = 3
/** Which part of the way fetching candles is. */
const FETCH_SHARE = 0.3

/** Long work over candles, one after another in threads of their own. Jobs and answers outlive the relay. */
export class Jobs {
  readonly #store: JobStore
  readonly #waiting: WaitingJob[] = []
  readonly #running = new Map<string, RunningJob>()
  #checks = 0
  #isOpen = false

  constructor(private readonly deps: JobsDeps) {
    this.#store = new JobStore(deps.database)
  }

  /** Goes on with those that had not ended. */
  async begin(): Promise<void> {
    await this.#forgetOld()
    this.#isOpen = true
    this.#waiting.push(...(await this.#store.unended()))
    this.#next()
  }

  /** Stops all threads; what has not ended goes on at the next start. */
  async end(): Promise<void> {
    this.#isOpen = false
    const running = [...this.#running.values()]
    for (const { stop } of running) stop.abort(relayStops)
    await Promise.all(running.map(({ ended }) => ended))
  }

  /** For a person. Throws a `Refusal` for what cannot run, and while too many wait. */
  async backtest(wanted: WantedRun, person = FIRST_PERSON): Promise<string> {
    return this.#add(person, async () => ({ kind: "backtest", run: await askedRun(wanted, this.deps.publicMarkets) }))
  }

  /** As `backtest`. */
  async optimise(wanted: WantedSweep, person = FIRST_PERSON): Promise<string> {
    return this.#add(person, async () => {
      const sweep = askedSweep(wanted)
      return { kind: "optimisation", run: await askedRun(wanted, this.deps.publicMarkets), sweep }
    })
  }

  /** As `backtest`. */
  async search(wanted: WantedSearch, person = FIRST_PERSON): Promise<string> {
    return this.#add(person, async () => {
      const search = askedSearch(wanted)
      return { kind: "optimisation", run: await askedRun(wanted, this.deps.publicMarkets), search }
    })
  }

  /** Those of a person, the newest first. */
  async list(person = FIRST_PERSON): Promise<JobView[]> {
    return (await this.#store.list(person)).map((view) => this.#asNow(view))
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<{ view: JobView; result: string | null } | undefined> {
    const found = await this.#store.find(id)
    return found && { ...found, view: this.#asNow(found.view) }
  }

  /** Whether somebody asked for it. */
  async isOf(id: string, person: string): Promise<boolean> {
    return (await this.#store.person(id)) === person
  }

  /** What it was asked to do, with nothing left open. Undefined when there is none. */
  asked(id: string): Promise<AskedJob | undefined> {
    return this.#store.asked(id)
  }

  /** Looks into a run that has ended, by running it again. Undefined when there is none. */
  async look(id: string, look: JobLook): Promise<JobOutcome | undefined> {
    const job = await this.#store.asked(id)
    if (job === undefined) return undefined
    if (!job.run.markets.includes(look.market))
      return { error: `The run has no market ${quoted(look.market)}; it has ${job.run.markets.join(", ")}` }
    return this.#aside(
      { job, look, dataDirectory: this.deps.candles.dataDirectory },
      "Other runs are being looked into.",
    )
  }

  /** Stops one that has not ended, and forgets one that has. False when there is none. */
  async cancel(id: string): Promise<boolean> {
    const running = this.#running.get(id)
    if (running !== undefined) {
      running.stop.abort(cancelled)
      await running.ended
      return true
    }
    const at = this.#waiting.findIndex((job) => job.id === id)
    if (at >= 0) {
      this.#waiting.splice(at, 1)
      await this.#store.end(id, { status: "cancelled", endedMs: this.deps.surroundings.nowMs() })
      return true
    }
    if ((await this.#store.find(id)) === undefined) return false
    await this.#store.remove(id)
    return true
  }

  async #add(person: string, askedOf: () => Promise<AskedJob>): Promise<string> {
    this.#refuseCrowd()
    const asked = await askedOf()
    await this.#refuseBadCode(asked)
    this.#refuseCrowd()
    const { surroundings } = this.deps
    const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
    const job = { id, asked, tries: 0 }
    this.#waiting.push(job)
    try {
      await this.#store.add(id, { asked, person, createdMs: surroundings.nowMs() })
    } catch (error) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1)
      throw error
    }
    this.#next()
    return id
  }

  #refuseCrowd(): void {
    if (this.#waiting.length >= MOST_WAITING) throw crowded(`${MOST_WAITING} jobs wait already.`)
  }

  /** Compiling takes seconds, so it is not done on the relay's thread either. */
  async #refuseBadCode({ run }: AskedJob): Promise<void> {
    const read = strategyFromJson(run.strategy)
    if (!read.ok || !read.strategy.code) return
    const outcome = await this.#aside({ check: run.strategy }, "Other strategies in code are being compiled.")
    if ("error" in outcome)
      throw new Refusal(422, "not-valid", `${asSentence(outcome.error)} Nothing was started.`, { field: outcome.field })
  }

  /** Short work in a thread of its own, beside the jobs. */
  async #aside(data: JobData, crowdedBecause: string): Promise<JobOutcome> {
    if (this.#checks >= MOST_CHECKS) throw crowded(crowdedBecause)
    this.#checks++
    try {
      const { surroundings, onBug } = this.deps
      return await inThread(data, { surroundings, onBug, signal: new AbortController().signal, onProgress: () => {} })
    } finally {
      this.#checks--
    }
  }

  /** Begins as many as there is room for. */
  #next(): void {
    while (this.#isOpen && this.#running.size < MOST_AT_ONCE && this.#waiting.length > 0) {
      const job = this.#waiting.shift()!
      const running: RunningJob = { progress: 0, stop: new AbortController(), ended: Promise.resolve() }
      this.#running.set(job.id, running)
      running.ended = this.#live(job, running)
        .catch((error: unknown) => void (storeFailure(error) ?? this.deps.onBug(error)))
        .finally(() => {
          this.#running.delete(job.id)
          this.#next()
        })
    }
  }

  async #live({ id, asked, tries }: WaitingJob, running: RunningJob): Promise<void> {
    if (tries >= MOST_TRIES) return this.#keep(id, { error: `The relay stopped ${tries} times while it ran.` })
    await this.#store.begin(id, tries + 1)
    try {
      await this.#keep(id, await this.#work(asked, running))
    } catch (error) {
      if (error === relayStops) await this.#store.putBack(id, tries)
      else if (error === cancelled)
        await this.#store.end(id, { status: "cancelled", endedMs: this.deps.surroundings.nowMs() })
      else await this.#keep(id, this.#failureOf(error))
    }
  }

  async #work(job: AskedJob, running: RunningJob): Promise<JobOutcome> {
    const { candles, surroundings, onBug } = this.deps
    const { signal } = running.stop
    const because = await Promise.race([this.#fetch(job, running), aborted(signal)])
    signal.throwIfAborted()
    if (because !== undefined) return { error: because }
    const onProgress = (progress: number) => (running.progress = FETCH_SHARE + (1 - FETCH_SHARE) * progress)
    return inThread({ job, dataDirectory: candles.dataDirectory }, { surroundings, onBug, signal, onProgress })
  }

  /** Why candles are missing, in words; undefined when all are there. */
  async #fetch({ run }: AskedJob, running: RunningJob): Promise<string | undefined> {
    const { venue, timeframe, fromMs, toMs, markets } = run
    for (const [n, market] of markets.entries()) {
      const because = await this.deps.candles.complete(
        { venue, timeframe, fromMs, toMs, market },
        {
          signal: running.stop.signal,
          onProgress: ({ candlesDone, candlesTotal }) => {
            const share = candlesTotal > 0 ? candlesDone / candlesTotal : 1
            running.progress = (FETCH_SHARE * (n + Math.min(1, share))) / markets.length
          },
        },
      )
      if (because !== undefined) return because
    }
    running.progress = FETCH_SHARE
    return undefined
  }

  /** Why its work threw, in words. */
  #failureOf(error: unknown): JobOutcome {
    if (error instanceof Refusal) return { error: error.message }
    const failure = storeFailure(error)
    if (failure === undefined) this.deps.onBug(error)
    return { error: failure?.message ?? "Candlewright made a mistake and stopped this job. The terminal says more." }
  }

  async #keep(id: string, outcome: JobOutcome): Promise<void> {
    const endedMs = this.deps.surroundings.nowMs()
    await this.#store.end(id, { status: "result" in outcome ? "done" : "failed", endedMs, ...outcome })
    await this.#forgetOld()
  }

  #forgetOld(): Promise<void> {
    return this.#store.forget({ beforeMs: this.deps.surroundings.nowMs() - KEPT_MS, most: MOST_KEPT })
  }

  #asNow(view: JobView): JobView {
    const running = this.#running.get(view.id)
    return running === undefined || view.status !== "running" ? view : { ...view, progress: running.progress }
  }
}

/** A question under way may take its time to end; whoever stops a job does not wait for it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }),
  )
}

const cancelled = new Error("cancelled")
const relayStops = new Error("the relay stops")

function crowded(because: string): Refusal {
  return new Refusal(429, "too-many-jobs", `${because} Ask again in ${AGAIN_IN_S} seconds. Nothing was started.`, {
    retryAfterS: AGAIN_IN_S,
  })
}
