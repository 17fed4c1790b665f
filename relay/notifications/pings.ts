import { MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"

const PING_EVERY_MS = MINUTE_MS

/**
 * Says every minute that the relay lives, to services that raise an alarm when nobody does: nothing that runs here can
 * tell of this computer's own end.
 */
export class Pings {
  readonly #sentMs = new Map<string, number>()

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs">) {}

  /** Those of the channels that are due and free, each from now on a minute later. */
  due(channelIds: readonly string[], isFree: (id: string) => boolean): string[] {
    const nowMs = this.surroundings.steadyMs()
    for (const id of this.#sentMs.keys()) if (!channelIds.includes(id)) this.#sentMs.delete(id)
    const isDue = (id: string) => nowMs - (this.#sentMs.get(id) ?? -Infinity) >= PING_EVERY_MS
    const due = channelIds.filter((id) => isDue(id) && isFree(id))
    for (const id of due) this.#sentMs.set(id, nowMs)
    return due
  }
}
