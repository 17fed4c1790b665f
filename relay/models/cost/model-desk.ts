import { boundedAnswer } from "../bounded-answer.ts"
import { ModelFailure } from "../model-failure.ts"
import type { ModelFacts, ModelPiece, ModelProvider, ModelRequest } from "../provider.ts"
import type { ModelWorld } from "../world.ts"
import { type Budget, overBudget, spendingOf } from "./budget.ts"
import { CallQueue } from "./call-queue.ts"
import { CallRecord, TokenCounts } from "./call-record.ts"
import { answerKey, type AnswerStore } from "./kept-answer.ts"
import type { CallLedger, CallPurpose } from "./model-call.ts"
import { type PriceRow, priceRowOf } from "./price-row.ts"

/** What the desk does on the way to an answer, for the person who waits. */
export type DeskNote =
  | { kind: "asking"; provider: ModelProvider }
  /** `ms` is undefined behind another call, whose length nobody knows. */
  | { kind: "waiting"; provider: ModelProvider; ms: number | undefined }
  | { kind: "fellBack"; from: ModelProvider; to: ModelProvider; failure: ModelFailure }
  /** This answer was given before, to the same request. */
  | { kind: "cached"; provider: ModelProvider; atMs: number }

export type DeskPiece = ModelPiece | { kind: "note"; note: DeskNote }

export type DeskRequest = {
  /** The models to try, in this order. */
  providers: readonly ModelProvider[]
  /** In the form of the model that is asked. */
  request: (facts: ModelFacts) => ModelRequest
  purpose: CallPurpose
  signal: AbortSignal
  /** A new answer is wanted although there is one. */
  isFresh?: boolean
}

type DeskDeps = {
  world: ModelWorld
  ledger: CallLedger
  answers: AnswerStore
  prices: () => readonly PriceRow[]
  budget: () => Budget
  newId: () => string
}

type Progress = { hasSpoken: boolean; hasOthers: boolean }
type OneCall = { provider: ModelProvider; request: ModelRequest; key: string; progress: Progress; asked: DeskRequest }

/** A call was not made because it might have cost more than the person allows. */
export class OverBudget extends Error {
  override name = "OverBudget"
}

/** Tries of one model when it fails in passing. */
const MOST_TRIES = 3
/** Longer waits are not made: the next model is asked, or the person hears of it. */
const LONGEST_WAIT_MS = 20_000
/** Where another model can be asked instead. */
const LONGEST_WAIT_WITH_OTHERS_MS = 3_000

/**
 * Where all calls of models pass: one at a time for each host, within the budget, written down before they begin and
 * when they end, from what was answered before where the request is the same, and by the next model where one fails.
 */
export class ModelDesk {
  readonly #queue: CallQueue
  readonly #counts = new TokenCounts()

  constructor(private readonly deps: DeskDeps) {
    this.#queue = new CallQueue(deps.world)
  }

  /** The pieces of one answer, and what happens on the way. Throws a `ModelFailure`, `OverBudget`, or the signal's reason. */
  async *ask(asked: DeskRequest): AsyncIterable<DeskPiece> {
    const { providers } = asked
    for (const [n, provider] of providers.entries()) {
      const others = providers.slice(n + 1)
      const progress = { hasSpoken: false, hasOthers: others.length > 0 }
      try {
        return yield* this.#askOne(provider, asked, progress)
      } catch (error) {
        const next = others[0]
        if (next === undefined || !(error instanceof ModelFailure) || error.kind === "refused") throw error
        if (progress.hasSpoken) yield { kind: "retract" }
        yield { kind: "note", note: { kind: "fellBack", from: provider, to: next, failure: error } }
      }
    }
    throw new ModelFailure("gone", { because: "No model is chosen.", nextStep: "Choose one, or build with the guide." })
  }

  async *#askOne(provider: ModelProvider, asked: DeskRequest, progress: Progress): AsyncIterable<DeskPiece> {
    const request = asked.request(provider.facts)
    const key = await answerKey(provider.facts, request)
    const call: OneCall = { provider, request, key, progress, asked }
    const kept = asked.isFresh ? undefined : await this.deps.answers.get(key)
    if (kept !== undefined) {
      await this.#recordOf(call).cached()
      yield { kind: "note", note: { kind: "cached", provider, atMs: kept.atMs } }
      return yield* kept.pieces
    }
    for (let tries = 1; ; tries++) {
      try {
        return yield* this.#call(call)
      } catch (error) {
        if (!(error instanceof ModelFailure) || !error.isPassing) throw error
        const waitMs = this.#queue.failed(provider.facts, error)
        const longestMs = progress.hasOthers ? LONGEST_WAIT_WITH_OTHERS_MS : LONGEST_WAIT_MS
        if (progress.hasSpoken || tries >= MOST_TRIES || waitMs > longestMs) throw error
      }
    }
  }

  async *#call(call: OneCall): AsyncIterable<DeskPiece> {
    const { provider, request, key, progress, asked } = call
    const ms = this.#queue.expectedWaitMs(provider.facts)
    if (ms !== 0) yield { kind: "note", note: { kind: "waiting", provider, ms } }
    const leave = await this.#queue.enter(provider.facts, asked.signal)
    const record = this.#recordOf(call)
    try {
      await this.#holdBudget(record)
      yield { kind: "note", note: { kind: "asking", provider } }
      const pieces: ModelPiece[] = []
      for await (const piece of boundedAnswer({ provider, request, world: this.deps.world, signal: asked.signal })) {
        record.heard(piece)
        pieces.push(piece)
        progress.hasSpoken ||= piece.kind === "text" || piece.kind === "call"
        yield piece
      }
      await record.ended("answered")
      this.#queue.succeeded(provider.facts)
      await this.deps.answers.put(key, { atMs: this.deps.world.nowMs(), pieces })
    } catch (error) {
      await record.ended(error instanceof ModelFailure ? error.kind : "stopped")
      throw error
    } finally {
      // The person may have stopped reading.
      await record.ended("stopped")
      leave()
    }
  }

  /** The check and the note of the worst case are one step for all hosts, so that two calls cannot share what is left. */
  #holdBudget(record: CallRecord): Promise<void> {
    const { budget, ledger, world } = this.deps
    const held = this.#holding.then(async () => {
      const limits = budget()
      const spending = await spendingOf(ledger, limits, world.nowMs())
      const because = overBudget(spending, limits, record.worstMicroDollars)
      if (because !== undefined) throw new OverBudget(because)
      await record.begun()
    })
    this.#holding = held.catch(() => {})
    return held
  }

  #holding: Promise<void> = Promise.resolve()

  #recordOf({ provider, request, asked: { purpose } }: OneCall): CallRecord {
    const { ledger, newId, prices, world } = this.deps
    const price = priceRowOf(provider.facts, prices())
    return new CallRecord({
      id: newId(),
      facts: provider.facts,
      price,
      request,
      purpose,
      ledger,
      world,
      counts: this.#counts,
    })
  }
}
