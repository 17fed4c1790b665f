/** Ids remembered; a device sends 60 requests a second at most, for as long as a proof counts. */
const MOST_IDS = 100_000

/** The ids of proofs that were used, for as long as they would still count. */
export class SeenProofs {
  /** In the order they run out. */
  readonly #untilMs = new Map<string, number>()

  constructor(
    private readonly keptMs: number,
    private readonly steadyMs: () => number,
  ) {}

  /** Whether this is the first time; from now on it is not. */
  isNew(id: string): boolean {
    const nowMs = this.steadyMs()
    for (const [old, untilMs] of this.#untilMs) {
      if (untilMs > nowMs && this.#untilMs.size < MOST_IDS) break
      this.#untilMs.delete(old)
    }
    if (this.#untilMs.has(id)) return false
    this.#untilMs.set(id, nowMs + this.keptMs)
    return true
  }
}
