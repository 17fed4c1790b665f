import type { ModelFailureKind } from "../model-failure.ts"
import type { ModelPlace } from "../provider.ts"
import type { TokenUsage } from "../token-usage.ts"
import type { PriceRow } from "./price-row.ts"

/** What a model was asked for. */
export type CallPurpose = "build" | "change" | "explain" | "analyse"

/** One call of a model, as the ledger keeps it: written as it begins, and again with what it came to. */
export type ModelCall = {
  id: string
  atMs: number
  purpose: CallPurpose
  /** The id of the model's facts. */
  model: string
  place: ModelPlace
  usage: TokenUsage
  /** The server did not say; these are our own counts, or while it is under way the most it may come to. */
  isEstimated: boolean
  price: PriceRow | null
  /** Null where the price is unknown, which is never 0. */
  costMicroDollars: number | null
  firstPieceMs: number | null
  latencyMs: number
  outcome: "underWay" | "answered" | "cached" | "stopped" | ModelFailureKind
}

/** Where calls are kept. */
export interface CallLedger {
  /** Adds a call, or replaces the one of its id. */
  put(call: ModelCall): Promise<void>
  since(fromMs: number): Promise<readonly ModelCall[]>
}

const MOST_REMEMBERED = 10_000

/** A ledger that lasts as long as its program. */
export class MemoryLedger implements CallLedger {
  readonly #calls = new Map<string, ModelCall>()

  async put(call: ModelCall): Promise<void> {
    this.#calls.set(call.id, call)
    if (this.#calls.size > MOST_REMEMBERED) this.#calls.delete(this.#calls.keys().next().value!)
  }

  async since(fromMs: number): Promise<readonly ModelCall[]> {
    return [...this.#calls.values()].filter(({ atMs }) => atMs >= fromMs)
  }
}
