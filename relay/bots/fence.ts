import type { Exchange } from "../exchange/exchange.ts"
import type { Surroundings } from "../surroundings.ts"

/** What an exchange tells may lag this much behind what it has done. */
const READ_LAG_MS = 2_000

/** After this long a request is over, and what it did can be read. */
export function fenceMsOf({ requestLivesMs }: Pick<Exchange, "requestLivesMs">): number {
  return requestLivesMs + READ_LAG_MS
}

/**
 * When "there is no such order" means that there never will be: a request that is still on its way can then no longer
 * be accepted (trust.md, I2). Both our clock and the exchange's must have come that far since the doubt began, and
 * every request was signed before it did.
 */
export class Fence {
  readonly #doubts = new Map<string, { steadyMs: number; serverMs: number }>()
  readonly #fenceMs: number

  constructor(
    private readonly exchange: Pick<Exchange, "serverTimeMs" | "requestLivesMs">,
    private readonly surroundings: Pick<Surroundings, "steadyMs">,
  ) {
    this.#fenceMs = fenceMsOf(exchange)
  }

  /** Whether the fence was past when this was asked: what is asked after that counts. Begins the doubt. */
  async isPast(clientOrderId: string): Promise<boolean> {
    const steadyMs = this.surroundings.steadyMs()
    const since = this.#doubts.get(clientOrderId)
    if (since !== undefined && this.leftMs(clientOrderId) > 0) return false
    const serverMs = await this.exchange.serverTimeMs()
    // An exchange whose clock was set back is waited for anew, never until its clock has come there again.
    if (since !== undefined && serverMs >= since.serverMs) return serverMs - since.serverMs > this.#fenceMs
    this.#doubts.set(clientOrderId, { steadyMs, serverMs })
    return false
  }

  /** How long until then by our clock. */
  leftMs(clientOrderId: string): number {
    const since = this.#doubts.get(clientOrderId)
    return since === undefined ? 0 : Math.max(0, since.steadyMs + this.#fenceMs + 1 - this.surroundings.steadyMs())
  }

  forget(clientOrderId: string): void {
    this.#doubts.delete(clientOrderId)
  }
}
