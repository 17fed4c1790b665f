/** The longest a run keeps its thread before other work has a turn. */
const SLICE_MS = 30

/** Yields the thread now and then, so that progress shows and cancel works. No result depends on it. */
export class Breath {
  #dueAtMs: number

  /** The first yield comes after one slice, or at once with 0. */
  constructor(dueAtMs = performance.now() + SLICE_MS) {
    this.#dueAtMs = dueAtMs
  }

  get isDue(): boolean {
    return performance.now() >= this.#dueAtMs
  }

  async take(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve))
    this.#dueAtMs = performance.now() + SLICE_MS
  }
}
