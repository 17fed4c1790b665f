import type { SearchState } from "#engine/run"
import { keepState } from "../db/kept-optimisation.ts"

/** Once a second is enough: a reload loses no more than that. */
const KEEP_EVERY_MS = 1_000

type Noted = { state: SearchState; share: number }

/** Keeps the newest state of a search under way, now and then. */
export class StateKeeper {
  #newest: Noted | undefined
  #writing: Promise<void> | undefined

  /** `onFailure` hears why nothing can be kept; the search goes on all the same. */
  constructor(
    private readonly own: { id: string; basis: string },
    private readonly onFailure: (error: unknown) => void,
  ) {}

  note(noted: Noted): void {
    this.#newest = noted
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined))
  }

  /** Writes nothing more; what is being written is written when this resolves. */
  async end(): Promise<void> {
    this.#newest = undefined
    await this.#writing
  }

  async #write(): Promise<void> {
    while (this.#newest) {
      const { state, share } = this.#newest
      this.#newest = undefined
      await keepState({ ...this.own, share, changedAtMs: Date.now() }, state).catch(this.onFailure)
      await new Promise((resolve) => setTimeout(resolve, KEEP_EVERY_MS))
    }
  }
}
