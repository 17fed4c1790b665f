import { passes, type PageFailure } from "./candle-page-failure.ts"

/** What the retry logic needs from the world. */
export type PatienceOptions = {
  /** Waits; ends early when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A clock that never goes back, ms. */
  nowMs: () => number
  /** Called for every failure it waits out. */
  onWaiting?: (waiting: Waiting) => void
  /** How many failures in a row are too many; 8 by default. */
  mostTries?: number
}

/** Why nothing arrives just now, and for how much longer. */
export type Waiting = { failure: PageFailure; waitMs: number }

const MOST_TRIES = 8
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Retries until there is an answer: waits as long as the exchange asks when it is busy, and longer and longer when it
 * is out of reach. Other failures, too many in a row, and an aborted signal (undefined) end it.
 */
export async function askPatiently<Answer extends { ok: true }>(
  ask: () => Promise<Answer | PageFailure>,
  options: PatienceOptions & { signal: AbortSignal },
): Promise<Answer | PageFailure | undefined> {
  const patience = new Patience(options)
  while (await patience.isQuietOver(options.signal)) {
    const before = patience.waits
    const answer = await ask()
    if (answer.ok) return answer
    if (!patience.bears(answer, before)) return answer
  }
  return undefined
}

/** When the next request may go out, shared by those under way at once. */
export class Patience {
  /** How many waits have begun; requests remember it to know afterwards which of them were under way together. */
  waits = 0
  readonly #options: PatienceOptions
  #quietUntilMs = -Infinity
  #failuresInARow = 0

  constructor(options: PatienceOptions) {
    this.#options = options
  }

  /** Waits while the exchange wants quiet; false when the signal aborted meanwhile. */
  async isQuietOver(signal: AbortSignal): Promise<boolean> {
    const { sleep } = this.#options
    for (let waitMs = this.#waitMs(); waitMs > 0 && !signal.aborted; waitMs = this.#waitMs())
      await sleep(waitMs, signal)
    return !signal.aborted
  }

  succeeded(): void {
    this.#failuresInARow = 0
  }

  /** Records a failure of a request sent after this many waits; false when a retry makes no sense. */
  bears(failure: PageFailure, waitsBefore: number): boolean {
    // Requests that were under way together fail together; that is one failure, not several.
    if (waitsBefore === this.waits) {
      this.waits++
      this.#failuresInARow++
    }
    if (!passes(failure) || this.#failuresInARow >= (this.#options.mostTries ?? MOST_TRIES)) return false
    const waitMs = failure.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failuresInARow - 1))
    const nowMs = this.#options.nowMs()
    this.#quietUntilMs = Math.max(this.#quietUntilMs, nowMs + waitMs)
    this.#options.onWaiting?.({ failure, waitMs: this.#quietUntilMs - nowMs })
    return true
  }

  #waitMs(): number {
    return this.#quietUntilMs - this.#options.nowMs()
  }
}
