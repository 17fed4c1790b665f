import { MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"

/** For so long after its person's passkey, a browser may do what could lose money. */
const FRESH_MS = 5 * MINUTE_MS
const MOST_BROWSERS = 1_000

/** When each browser's person last showed a passkey. Forgotten when the relay stops. */
export class StepUps {
  /** By the browser's id, the oldest first. */
  readonly #shownMs = new Map<string, number>()

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs">) {}

  note(deviceId: string): void {
    this.#shownMs.delete(deviceId)
    this.#shownMs.set(deviceId, this.surroundings.steadyMs())
    if (this.#shownMs.size > MOST_BROWSERS) this.#shownMs.delete(this.#shownMs.keys().next().value!)
  }

  isFresh(deviceId: string): boolean {
    const shownMs = this.#shownMs.get(deviceId)
    return shownMs !== undefined && this.surroundings.steadyMs() - shownMs <= FRESH_MS
  }
}
