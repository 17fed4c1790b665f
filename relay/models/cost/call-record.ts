import type { ModelFacts, ModelPiece, ModelRequest } from "../provider.ts"
import { estimatedTokens, requestTokens } from "../token-estimate.ts"
import { noTokens, type TokenUsage } from "../token-usage.ts"
import type { ModelWorld } from "../world.ts"
import type { CallLedger, CallPurpose, ModelCall } from "./model-call.ts"
import { costMicroDollars, inputTokens, type PriceRow, worstMicroDollars } from "./price-row.ts"

type RecordDeps = {
  id: string
  facts: ModelFacts
  price: PriceRow | undefined
  request: ModelRequest
  purpose: CallPurpose
  ledger: CallLedger
  world: ModelWorld
  counts: TokenCounts
}

/** One call on its way into the ledger. */
export class CallRecord {
  readonly #beginMs: number
  readonly #estimatedInput: number
  #state: "new" | "underWay" | "ended" = "new"
  #firstPieceMs: number | null = null
  #heardTokens = 0
  #reported: TokenUsage | undefined
  #serversCost: number | undefined

  constructor(private readonly deps: RecordDeps) {
    this.#beginMs = deps.world.nowMs()
    this.#estimatedInput = deps.counts.estimate(deps.facts, deps.request)
  }

  /** The most this call can cost; null where the price is unknown. */
  get worstMicroDollars(): number | null {
    const { price, request } = this.deps
    if (price === undefined) return null
    return worstMicroDollars(price, {
      input: this.#estimatedInput,
      output: request.mostOutputTokens,
      atMs: this.#beginMs,
    })
  }

  /** Writes it down with the most it may cost, so that a crash cannot make it free. */
  async begun(): Promise<void> {
    this.#state = "underWay"
    const usage = { ...noTokens, uncached: this.#estimatedInput, output: this.deps.request.mostOutputTokens }
    await this.#put({ usage, isEstimated: true, costMicroDollars: this.worstMicroDollars, outcome: "underWay" })
  }

  heard(piece: ModelPiece): void {
    this.#firstPieceMs ??= this.deps.world.nowMs() - this.#beginMs
    if (piece.kind === "text") this.#heardTokens += estimatedTokens(piece.text)
    if (piece.kind === "call") this.#heardTokens += estimatedTokens(piece.argumentsText)
    if (piece.kind === "thinking") this.#heardTokens += Math.ceil(piece.letters / 3)
    if (piece.kind !== "usage") return
    this.#reported = piece.usage
    this.#serversCost = piece.costMicroDollars
  }

  /** Writes down what it came to. Only the first time counts, and only once it has begun. */
  async ended(outcome: ModelCall["outcome"]): Promise<void> {
    if (this.#state !== "underWay") return
    this.#state = "ended"
    const usage = this.#reported ?? this.#likely(outcome)
    if (this.#reported !== undefined) this.deps.counts.learn(this.deps.facts, this.deps.request, this.#reported)
    const isEstimated = this.#reported === undefined && usage !== noTokens
    await this.#put({ usage, isEstimated, costMicroDollars: this.#costOf(usage), outcome })
  }

  /** Writes down that the answer was there already. */
  async cached(): Promise<void> {
    await this.#put({ usage: noTokens, isEstimated: false, costMicroDollars: 0, outcome: "cached" })
  }

  /** A request that was turned away costs nothing; one that was answered in part is paid, although nobody says how much. */
  #likely(outcome: ModelCall["outcome"]): TokenUsage {
    if (this.#firstPieceMs === null && turnedAway.includes(outcome)) return noTokens
    return { ...noTokens, uncached: this.#estimatedInput, output: this.#heardTokens }
  }

  #costOf(usage: TokenUsage): number | null {
    if (this.#serversCost !== undefined) return this.#serversCost
    if (usage === noTokens) return 0
    return this.deps.price === undefined ? null : costMicroDollars(this.deps.price, usage, this.#beginMs)
  }

  #put(known: Pick<ModelCall, "usage" | "isEstimated" | "costMicroDollars" | "outcome">): Promise<void> {
    const { id, facts, ledger, price, purpose, world } = this.deps
    return ledger.put({
      id,
      atMs: this.#beginMs,
      purpose,
      model: facts.id,
      place: facts.place,
      price: price ?? null,
      firstPieceMs: this.#firstPieceMs,
      latencyMs: world.nowMs() - this.#beginMs,
      ...known,
    })
  }
}

const turnedAway: readonly ModelCall["outcome"][] = [
  "badKey",
  "noCredit",
  "rateLimited",
  "offlineOrBlocked",
  "contextFull",
  "gone",
  "badOutput",
]

/** How many tokens requests have, corrected by what each model's server has counted before. */
export class TokenCounts {
  readonly #factors = new Map<string, number>()

  estimate({ id }: ModelFacts, request: ModelRequest): number {
    return Math.ceil(requestTokens(request) * (this.#factors.get(id) ?? 1))
  }

  learn({ id }: ModelFacts, request: ModelRequest, reported: TokenUsage): void {
    const factor = inputTokens(reported) / requestTokens(request)
    // Too low an estimate spends what is not there; too high a one only asks for a larger budget.
    if (Number.isFinite(factor)) this.#factors.set(id, Math.min(MOST_FACTOR, Math.max(1, factor)))
  }
}

const MOST_FACTOR = 4
