import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"
import { functionTitle } from "../strategy/functions/function-titles.ts"
import { explanations } from "./languages/explanations.ts"
import type { Language } from "./languages/language.ts"
import { isWord } from "./reading/chunk-places.ts"
import type { Chunk } from "./reading/chunk.ts"

/** What is answered without a strategy, and which of the chat's tools have the facts. */
export type Answer = { text: string; tools: string[] }

/** The answer to a question about a term, a result or a market; undefined where the sentence asks none. */
export function answerTo(chunks: readonly Chunk[], { says }: Language): Answer | undefined {
  const has = (...concepts: string[]) =>
    chunks.some((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  if (has("opinion")) return { text: says.opinion, tools: [] }
  if (has("result") && (has("why", "what", "how") || isQuestion(chunks)))
    return { text: says.result, tools: ["explain_result"] }
  if (asksWhy(chunks)) return { text: says.result, tools: ["explain_candle", "explain_result"] }
  if (!has("what", "how") || has("buy", "sell", "short")) return undefined
  const text = chunks.map(explanationOf).find((each) => each !== undefined)
  return text === undefined ? undefined : { text, tools: [] }
}

/** "Why did it not trade?", but not "why not use 15 minutes instead?". */
function asksWhy(chunks: readonly Chunk[]): boolean {
  const first = chunks.find((chunk) => chunk.kind !== "mark" && !isWord(chunk, "filler"))
  const isEdit = chunks.some((chunk) => isWord(chunk, "change", "instead", "add", "remove"))
  return isWord(first, "why") && !isEdit
}

function isQuestion(chunks: readonly Chunk[]): boolean {
  return chunks.some((chunk) => chunk.kind === "mark" && chunk.text === "?")
}

function explanationOf(chunk: Chunk): string | undefined {
  if (chunk.kind === "operand") return functionDoc(chunk.operands[0].name)
  if (chunk.kind === "pattern") return functionDoc(chunk.name)
  return chunk.kind === "word" && Object.hasOwn(explanations, chunk.concept)
    ? explanations[chunk.concept as keyof typeof explanations]
    : undefined
}

function functionDoc(name: string): string | undefined {
  const spec = functionCatalogue.get(name)
  if (!spec) return undefined
  const title = functionTitle(name)
  return spec.doc.startsWith(title) ? spec.doc : `${title}: ${spec.doc}`
}
