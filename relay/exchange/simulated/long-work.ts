import { refuse } from "./refusal.ts"
import type { Surroundings } from "../../surroundings.ts"

/** Work in small steps; its result comes last. Between two steps nothing is half done, so it may pause there or end. */
export type Work<Result> = Generator<void, Result>

/** An answer still to be computed, because that takes longer than others should wait. */
export class LongAnswer {
  constructor(readonly work: Work<unknown>) {}
}

/** The caller is gone: nobody waits for the answer any more. */
export class AskerGone extends Error {}

/** How long one piece of work keeps the thread before everything else has its turn. */
const SLICE_MS = 5
/** Requests beyond this many are refused at once instead of waiting longer and longer. */
const MOST_WAITING = 100
/** Binance gives up after ten seconds, so nobody waits longer for an answer. */
const PATIENCE_MS = 15_000

type Limits = { signal?: AbortSignal; patienceMs?: number }
type Turn = { work: Work<unknown>; untilMs: number; signal: AbortSignal | undefined; end: Ending }
type Ending = { done: (result: unknown) => void; failed: (error: unknown) => void }

/** Does long work in turns, a slice at a time, so that many slow requests never hold up a quick one. */
export class LongWork {
  private readonly turns: Turn[] = []
  private isWorking = false

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs" | "giveWay">) {}

  /** Number of unfinished pieces of work. */
  get waiting(): number {
    return this.turns.length
  }

  /** The answer; a long one is computed first. Throws `AskerGone` when `signal` fires. */
  finish(answer: unknown, signal?: AbortSignal): Promise<unknown> {
    if (!(answer instanceof LongAnswer)) return Promise.resolve(answer)
    return this.run(answer.work, { signal })
  }

  /** Works in turns with all other work; refused when too much waits already or when it takes too long. */
  async run<Result>(work: Work<Result>, { signal, patienceMs = PATIENCE_MS }: Limits = {}): Promise<Result> {
    if (this.turns.length >= MOST_WAITING)
      refuse(-1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", 503)
    return new Promise((resolve, reject) => {
      const end: Ending = { done: (result) => resolve(result as Result), failed: reject }
      this.turns.push({ work, untilMs: this.surroundings.steadyMs() + patienceMs, signal, end })
      if (!this.isWorking) void this.workThrough()
    })
  }

  private async workThrough(): Promise<void> {
    this.isWorking = true
    for (let turn = this.turns.shift(); turn; turn = this.turns.shift()) {
      if (!this.takeTurn(turn)) this.turns.push(turn)
      await this.surroundings.giveWay()
    }
    this.isWorking = false
  }

  /** One slice; true when the work has ended, one way or the other. */
  private takeTurn({ work, untilMs, signal, end }: Turn): boolean {
    const startMs = this.surroundings.steadyMs()
    try {
      if (signal?.aborted) throw new AskerGone()
      if (startMs > untilMs) refuse(-1007, TIMED_OUT, 503)
      do {
        const step = work.next()
        if (step.done) return (end.done(step.value), true)
      } while (this.surroundings.steadyMs() - startMs < SLICE_MS)
      return false
    } catch (error) {
      work.return(undefined)
      end.failed(error)
      return true
    }
  }
}

const TIMED_OUT = "Timeout waiting for response from backend server. Send status unknown; execution status unknown."

/** Does all of the work at once, for callers that cannot wait. */
export function atOnce<Result>(work: Work<Result>): Result {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
