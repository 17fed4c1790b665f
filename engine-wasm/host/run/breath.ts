/** The longest a run keeps its thread before other work has a turn. */
const SLICE_MS = 30

/** Gives the thread back now and then, so that progress is seen and cancel is heard. No result depends on it. */
export class Breath {
  #dueAtMs: number

  /** The first turn of others comes after one slice, or at once with 0. */
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
