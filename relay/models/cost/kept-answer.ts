import { canonicalJson } from "#engine/strategy"
import { sha256Hex } from "#engine/candles"
import type { ModelFacts, ModelPiece, ModelRequest } from "../provider.ts"

/** An answer as it was given before. */
export type KeptAnswer = { atMs: number; pieces: readonly ModelPiece[] }

/** Where answers are kept for the same request. */
export interface AnswerStore {
  get(key: string): Promise<KeptAnswer | undefined>
  put(key: string, answer: KeptAnswer): Promise<void>
}

/** The same for the same model asked the same way, different for all else. */
export function answerKey({ id }: ModelFacts, request: ModelRequest): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalJson({ id, ...request })))
}

const MOST_REMEMBERED = 200

/** Answers that last as long as their program; the one used longest ago goes first. */
export class MemoryAnswers implements AnswerStore {
  readonly #kept = new Map<string, KeptAnswer>()

  async get(key: string): Promise<KeptAnswer | undefined> {
    const answer = this.#kept.get(key)
    if (answer !== undefined) this.#keep(key, answer)
    return answer
  }

  async put(key: string, answer: KeptAnswer): Promise<void> {
    this.#keep(key, answer)
    if (this.#kept.size > MOST_REMEMBERED) this.#kept.delete(this.#kept.keys().next().value!)
  }

  #keep(key: string, answer: KeptAnswer): void {
    this.#kept.delete(key)
    this.#kept.set(key, answer)
  }
}
