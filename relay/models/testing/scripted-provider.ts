import { ModelFailure } from "../model-failure.ts"
import type { ModelFacts, ModelPiece, ModelProvider, ModelRequest } from "../provider.ts"

/** What a scripted model does when it is asked: a text, pieces, or a failure. */
export type ScriptedAnswer = string | ModelPiece[] | ModelFailure | (() => AsyncIterable<ModelPiece>)

const usualFacts: ModelFacts = {
  id: "openai/gpt-6-luna",
  model: "gpt-6-luna",
  name: "Scripted",
  place: "hosted",
  host: "api.openai.com",
  wire: "envelope",
  strict: "yes",
  schema: "full",
  contextTokens: 128_000,
  reportsCachedTokens: true,
  needs: {},
}

/** A model without a server; it answers what was written for it, in order, and remembers what it was asked. */
export class ScriptedProvider implements ModelProvider {
  readonly facts: ModelFacts
  readonly heard: ModelRequest[] = []
  readonly #answers: ScriptedAnswer[]

  constructor(answers: ScriptedAnswer[], facts: Partial<ModelFacts> = {}) {
    this.facts = { ...usualFacts, ...facts }
    this.#answers = [...answers]
  }

  async *ask(request: ModelRequest): AsyncIterable<ModelPiece> {
    this.heard.push(request)
    const answer = this.#answers.shift() ?? new ModelFailure("gone", { because: "The script is at its end." })
    if (answer instanceof ModelFailure) throw answer
    if (typeof answer === "function") yield* answer()
    else yield* typeof answer === "string" ? textPieces(answer) : answer
  }

  async status() {
    return { state: "ready" } as const
  }
  async prepare() {}
  async remove() {}
  async storedBytes() {
    return 0
  }
}

/** A text as a model says it. */
export function textPieces(text: string): ModelPiece[] {
  const usage = { uncached: 1000, cachedRead: 500, cachedWrite: 0, output: 700 }
  return [
    { kind: "text", text },
    { kind: "usage", usage },
    { kind: "end", why: "done" },
  ]
}
