import { MINUTE_MS } from "#engine/candles"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"

type PaceDeps = {
  accountId: string
  ledger: Pick<Ledger, "sentSince">
  surroundings: Pick<Surroundings, "nowMs" | "steadyMs">
}

/** How many orders an account has sent in the last minute, before a restart too. */
export class OrderPace {
  /** By order, on the steady clock. */
  readonly #sentMs = new Map<string, number>()
  #recalled: Promise<void> | undefined

  constructor(private readonly deps: PaceDeps) {}

  /** An order leaves, or is about to. */
  note(clientOrderId: string): void {
    this.#sentMs.set(clientOrderId, this.deps.surroundings.steadyMs())
  }

  /** Reads, once, what was sent before this start. Count only after it. */
  recall(): Promise<void> {
    this.#recalled ??= this.#read()
    this.#recalled.catch(() => (this.#recalled = undefined))
    return this.#recalled
  }

  count(): number {
    const sinceMs = this.deps.surroundings.steadyMs() - MINUTE_MS
    for (const [id, sentMs] of this.#sentMs) if (sentMs < sinceMs) this.#sentMs.delete(id)
    return this.#sentMs.size
  }

  async #read(): Promise<void> {
    const { accountId, ledger, surroundings } = this.deps
    const [nowMs, steadyMs] = [surroundings.nowMs(), surroundings.steadyMs()]
    for (const { clientOrderId, createdMs } of await ledger.sentSince(accountId, nowMs - MINUTE_MS))
      // A clock that was set back made it of the future: it counts as new.
      if (!this.#sentMs.has(clientOrderId)) this.#sentMs.set(clientOrderId, steadyMs - Math.max(0, nowMs - createdMs))
  }
}
