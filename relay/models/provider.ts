import type { TokenUsage } from "./token-usage.ts"

/** Where a model runs: in this browser, on a computer of the person's, or at a company. */
export type ModelPlace = "device" | "ownServer" | "hosted"

/** How an answer comes: one JSON object that a schema describes, or calls of tools. */
export type ModelWire = "envelope" | "tools"

/** What is known of a model before it is asked. */
export type ModelFacts = {
  /** Unique among all models a person can choose, such as "openai/gpt-6-luna" or "web-llm/Qwen3.5-4B-q4f16_1-MLC". */
  id: string
  /** As its server calls it. */
  model: string
  /** As people call it. */
  name: string
  place: ModelPlace
  /** The host that hears what is said, such as "api.openai.com"; empty on the device. */
  host: string
  wire: ModelWire
  /** Whether a schema is enforced ("yes"), taken as a wish ("hint"), or ignored ("no"). */
  strict: "yes" | "hint" | "no"
  /** The schema it can fill in: models below some 4 billion weights are lost in the whole one. */
  schema: "full" | "small"
  contextTokens: number
  /** Whether its usage tells what came from a cache. */
  reportsCachedTokens: boolean
  needs: ModelNeeds
}

/** What must be there before a model can run; what is left out is not necessary. */
export type ModelNeeds = {
  webGpu?: boolean
  f16?: boolean
  memoryMb?: number
  downloadMb?: number
  key?: boolean
  /** A page can only ask it where its server allows pages of other origins. */
  cors?: boolean
}

/** Whether a model can be asked now, and else what to do about it. */
export type ModelStatus =
  | { state: "ready" }
  | { state: "needsDownload"; downloadMb: number }
  | { state: "downloading"; share: number }
  | { state: "unavailable"; because: string; nextStep: string }

/** How far a download or a start has come: a share from 0 to 1, and what happens, in words. */
export type ModelProgress = { share: number; words: string }

/** One thing said in a conversation, as a model hears it. */
export type ModelMessage =
  | { role: "system" | "user"; text: string }
  | { role: "assistant"; text: string; calls?: readonly ToolCall[] }
  | { role: "tool"; callId: string; text: string }

/** A tool that a model calls; `argumentsText` is JSON as the model wrote it, unread. */
export type ToolCall = { id: string; name: string; argumentsText: string }

/** A JSON Schema, as servers and grammars take it. */
export type JsonSchema = { readonly [key: string]: unknown }

/** A tool that a model may call. */
export type ToolOffer = { name: string; description: string; parameters: JsonSchema }

/** How the answer shall come: any text, an object of this schema, or calls of these tools where it wants to. */
export type WantedAnswer =
  | { kind: "text" }
  | { kind: "envelope"; schema: JsonSchema }
  | { kind: "tools"; tools: readonly ToolOffer[] }

export type ModelRequest = {
  messages: readonly ModelMessage[]
  answer: WantedAnswer
  mostOutputTokens: number
}

/** A piece of an answer as it comes. The last one is `end`; an answer without it was cut short. */
export type ModelPiece =
  | { kind: "text"; text: string }
  /** The model thinks; what it thinks is never shown, only counted. */
  | { kind: "thinking"; letters: number }
  /** A fragment of a call: `id` and `name` come once, `argumentsText` in pieces. */
  | { kind: "call"; index: number; id?: string; name?: string; argumentsText: string }
  /** All text before this was a thought, not the answer. */
  | { kind: "retract" }
  /** `costMicroDollars` where the server itself says what it charged. */
  | { kind: "usage"; usage: TokenUsage; costMicroDollars?: number }
  | { kind: "end"; why: "done" | "length" | "refused" }

/**
 * One model that can be asked, wherever it runs. `ask` and `prepare` throw `ModelFailure`s and nothing else, or the
 * signal's reason where it was aborted. A provider checks neither time nor length: `boundedAnswer` does, for all.
 */
export interface ModelProvider {
  readonly facts: ModelFacts
  status(): Promise<ModelStatus>
  /** Downloads and starts what is missing; continues where an earlier download stopped. */
  prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void>
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece>
  /** Deletes what is kept of it on this device. */
  remove(): Promise<void>
  /** What it occupies on this device. */
  storedBytes(): Promise<number>
}
