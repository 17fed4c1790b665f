import { askShape, envelope, filledFrom } from "#engine/idea"
import type { ToolCall } from "../provider.ts"
import { chatToolNames, type ChatToolName } from "./chat-tools.ts"
import type { HeardAnswer } from "./heard-answer.ts"
import { type JsonAnswer, jsonFrom } from "./json-answer.ts"

/** What a model's answer asks for, before any of it is believed. */
export type Meaning =
  | { kind: "strategy"; text: string; strategy: unknown; isCutOff: boolean; call?: ToolCall }
  | { kind: "question" | "decline"; text: string; topic: string; reason: string; choices: string[]; call?: ToolCall }
  | { kind: "answer"; text: string }
  /** Facts are wanted first. */
  | { kind: "look"; tool: ChatToolName; values: Record<string, unknown>; call: ToolCall }
  | { kind: "unreadable"; because: string; call?: ToolCall }

/** Reads an answer, of whichever wire form: one meaning for each call, or one for the text. */
export function meaningsOf(heard: HeardAnswer): Meaning[] {
  if (heard.calls.length > 0) return heard.calls.map((call) => meaningOfCall(call, heard.text))
  const json = jsonFrom(heard.text)
  if (json.ok) return [meaningOfEnvelope(json)]
  if (heard.by.facts.wire === "envelope" || heard.text.startsWith("{"))
    return [{ kind: "unreadable", because: json.because }]
  return [{ kind: "answer", text: heard.text }]
}

function meaningOfCall(call: ToolCall, spoken: string): Meaning {
  const tool = chatToolNames.find((name) => name === call.name)
  if (tool === undefined)
    return {
      kind: "unreadable",
      call,
      because: `there is no such tool; the tools are ${chatToolNames.join(", ")}. None of them places orders or touches keys, limits or addresses`,
    }
  const json =
    call.argumentsText.trim() === "" ? { ok: true as const, value: {}, isCutOff: false } : jsonFrom(call.argumentsText)
  if (!json.ok) return { kind: "unreadable", call, because: json.because }
  if (tool === "propose_strategy" || tool === "change_strategy") return { ...strategyIn(json, spoken), call }
  return tool === "ask_user" ? { ...asked(json.value), call } : { kind: "look", tool, values: json.value, call }
}

type ReadJson = Pick<Extract<JsonAnswer, { ok: true }>, "value" | "isCutOff">

/** The strategy stands in its own field, or some models leave that out. */
function strategyIn({ value, isCutOff }: ReadJson, spoken: string) {
  const { text, strategy, ...rest } = value
  const said = typeof text === "string" && text !== "" ? text : spoken
  return { kind: "strategy", text: said, strategy: strategy ?? rest, isCutOff } as const
}

function asked(value: unknown): Extract<Meaning, { kind: "question" | "decline" }> {
  const { text, topic, reason, choices } = filledFrom(askShape, value).value
  return { kind: reason === "none" ? "question" : "decline", text, topic, reason, choices }
}

function meaningOfEnvelope({ value, isCutOff }: ReadJson): Meaning {
  // A strategy alone, without its envelope.
  if (!("kind" in value) && ("timeframe" in value || "format" in value)) return strategyIn({ value, isCutOff }, "")
  const { strategy, ...rest } = value
  const read = filledFrom(envelope, rest)
  const broken = read.problems.find(({ path }) => path === "kind" || path === "text")
  if (broken !== undefined) return { kind: "unreadable", because: `${broken.path}: ${broken.because}` }
  const { kind, text, topic, reason, choices } = read.value
  if (kind === "strategy") return { kind, text, strategy: strategy ?? {}, isCutOff }
  return kind === "answer" ? { kind, text } : { kind, text, topic, reason, choices }
}
