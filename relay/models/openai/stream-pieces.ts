import type { ModelPiece } from "../provider.ts"
import { type CachedReport, usageFrom } from "../token-usage.ts"

/** A chunk of a streamed answer, of which nothing is certain. */
type Chunk = {
  choices?: { delta?: Delta; finish_reason?: unknown }[]
  usage?: unknown
  /** Where Groq puts it. */
  x_groq?: { usage?: unknown }
}

type Delta = {
  content?: unknown
  refusal?: unknown
  /** DeepSeek's name, and OpenRouter's and others', for what a model thinks. */
  reasoning_content?: unknown
  reasoning?: unknown
  tool_calls?: { index?: unknown; id?: unknown; function?: { name?: unknown; arguments?: unknown } }[]
}

/** The pieces in an answer's chunks; ends with `end` where the server says that it is complete. */
export async function* piecesOf(chunks: AsyncIterable<unknown>, report: CachedReport): AsyncIterable<ModelPiece> {
  let finished: string | undefined
  let isRefused = false
  for await (const chunk of chunks as AsyncIterable<Chunk>) {
    const [choice] = Array.isArray(chunk?.choices) ? chunk.choices : []
    yield* piecesOfDelta(choice?.delta ?? {})
    if (typeof choice?.delta?.refusal === "string" && choice.delta.refusal !== "") isRefused = true
    if (typeof choice?.finish_reason === "string") finished = choice.finish_reason
    yield* usagePiece(chunk?.usage ?? chunk?.x_groq?.usage, report)
  }
  if (isRefused || finished === "content_filter") yield { kind: "end", why: "refused" }
  else if (finished !== undefined) yield { kind: "end", why: finished === "length" ? "length" : "done" }
}

function* piecesOfDelta(delta: Delta): Iterable<ModelPiece> {
  for (const thought of [delta.reasoning_content, delta.reasoning])
    if (typeof thought === "string" && thought !== "") yield { kind: "thinking", letters: thought.length }
  yield* contentPieces(delta.content)
  const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls : []
  for (const [n, call] of calls.entries())
    yield {
      kind: "call",
      index: typeof call?.index === "number" ? call.index : n,
      id: textOrNothing(call?.id),
      name: textOrNothing(call?.function?.name),
      argumentsText: textOrNothing(call?.function?.arguments) ?? "",
    }
}

/** Content is a text, or with some models that think a list of parts. */
function* contentPieces(content: unknown): Iterable<ModelPiece> {
  if (typeof content === "string" && content !== "") yield { kind: "text", text: content }
  if (!Array.isArray(content)) return
  for (const part of content as { type?: unknown; text?: unknown }[]) {
    if (part?.type === "text" && typeof part.text === "string") yield { kind: "text", text: part.text }
    else yield { kind: "thinking", letters: JSON.stringify(part ?? null).length }
  }
}

function* usagePiece(reported: unknown, report: CachedReport): Iterable<ModelPiece> {
  const usage = usageFrom(reported, report)
  if (usage === undefined) return
  const { cost } = reported as { cost?: unknown }
  yield typeof cost === "number" && cost >= 0
    ? { kind: "usage", usage, costMicroDollars: Math.ceil(cost * 1_000_000 - ROUNDING) }
    : { kind: "usage", usage }
}

/** 0.0000003 dollars are 0.30000000000000004 millionths in binary. */
const ROUNDING = 1e-6

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
