import { MINUTE_MS } from "#engine/candles"
import type { ModelFailure } from "../model-failure.ts"
import type { ModelFacts } from "../provider.ts"
import { type ModelWorld, wait } from "../world.ts"

/** Calls that begin at one host within a minute. */
const MOST_A_MINUTE = 20
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 60_000

type Lane = {
  /** Settles when the call before has ended. */
  last: Promise<void>
  /** Calls that wait or are under way. */
  inside: number
  begunMs: number[]
}

/** When a model that failed in passing may be asked again. */
type Rest = { untilMs: number; failures: number }

/** Calls of each host one after another, not too many in a minute, and a model later where it asks for that. */
export class CallQueue {
  readonly #lanes = new Map<string, Lane>()
  readonly #rests = new Map<string, Rest>()

  constructor(private readonly world: ModelWorld) {}

  /** How long a call will wait for its turn; undefined behind another call. */
  expectedWaitMs(facts: ModelFacts): number | undefined {
    return this.#laneOf(facts).inside > 0 ? undefined : this.#waitMs(facts)
  }

  /** Waits for the turn of a call; what it answers ends the call. */
  async enter(facts: ModelFacts, signal: AbortSignal): Promise<() => void> {
    const lane = this.#laneOf(facts)
    const before = lane.last
    let leave = () => {}
    lane.inside++
    lane.last = new Promise((resolve) => {
      leave = () => {
        lane.inside--
        resolve()
      }
    })
    try {
      await orStopped(before, signal)
      const waitMs = this.#waitMs(facts)
      if (waitMs > 0) await wait(this.world, waitMs, signal)
    } catch (error) {
      // Who gives up holds nobody up, and does not let the next one overtake.
      void before.then(leave)
      throw error
    }
    lane.begunMs = [...this.#recent(lane), this.world.nowMs()]
    return leave
  }

  /** A call of this model succeeded. */
  succeeded({ id }: ModelFacts): void {
    this.#rests.delete(id)
  }

  /** A call of this model failed in passing: how long until the next one makes sense. */
  failed({ id }: ModelFacts, failure: ModelFailure): number {
    const { failures, untilMs } = this.#rests.get(id) ?? { failures: 0, untilMs: 0 }
    const growing = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures)
    const waitMs = failure.retryAfterMs ?? growing * (0.5 + this.world.random() / 2)
    this.#rests.set(id, { failures: failures + 1, untilMs: Math.max(untilMs, this.world.nowMs() + waitMs) })
    return waitMs
  }

  #waitMs(facts: ModelFacts): number {
    const nowMs = this.world.nowMs()
    const recent = this.#recent(this.#laneOf(facts))
    const paceMs = recent.length < MOST_A_MINUTE ? 0 : recent[recent.length - MOST_A_MINUTE] + MINUTE_MS - nowMs
    return Math.max(0, paceMs, (this.#rests.get(facts.id)?.untilMs ?? 0) - nowMs)
  }

  #recent({ begunMs }: Lane): number[] {
    return begunMs.filter((atMs) => atMs > this.world.nowMs() - MINUTE_MS)
  }

  #laneOf({ host }: ModelFacts): Lane {
    const lane = this.#lanes.get(host) ?? { last: Promise.resolve(), inside: 0, begunMs: [] }
    this.#lanes.set(host, lane)
    return lane
  }
}

function orStopped(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error)
    signal.addEventListener("abort", stop, { once: true })
    void promise.then(() => {
      signal.removeEventListener("abort", stop)
      resolve()
    })
  })
}
