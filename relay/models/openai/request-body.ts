import type { ModelMessage, ModelRequest } from "../provider.ts"
import type { ModelHost } from "./model-host.ts"

/** A request as OpenAI's protocol has it. No sampling parameters and no forced tools: newer models refuse them. */
export type RequestBody = Record<string, unknown> & { model: string; stream: true }

export function requestBody(host: ModelHost, model: string, request: ModelRequest): RequestBody {
  return {
    model,
    messages: request.messages.map(messageOf),
    stream: true,
    stream_options: { include_usage: true },
    [host.lengthField]: request.mostOutputTokens,
    ...answerFields(host, request),
    ...host.extraFields,
  }
}

function messageOf(message: ModelMessage): Record<string, unknown> {
  if (message.role === "tool") return { role: "tool", tool_call_id: message.callId, content: message.text }
  if (message.role !== "assistant" || !message.calls?.length) return { role: message.role, content: message.text }
  const calls = message.calls.map(({ id, name, argumentsText }) => ({
    id,
    type: "function",
    function: { name, arguments: argumentsText },
  }))
  return { role: "assistant", content: message.text, tool_calls: calls }
}

function answerFields(host: ModelHost, { answer }: ModelRequest): Record<string, unknown> {
  const strict = host.strict === "yes" ? { strict: true } : {}
  if (answer.kind === "tools")
    return { tools: answer.tools.map((tool) => ({ type: "function", function: { ...tool, ...strict } })) }
  if (answer.kind === "text" || host.responseFormat === "none") return {}
  if (host.responseFormat === "jsonObject") return { response_format: { type: "json_object" } }
  const schema = { name: "answer", schema: answer.schema, ...strict }
  return { response_format: { type: "json_schema", json_schema: schema } }
}

/** Fields that a server may not know, and without which it still answers. */
const optionalFields = ["stream_options", "response_format", "max_completion_tokens", "max_tokens", "usage", "strict"]

/** The optional field of this request that a refusal names; undefined where it names none. */
export function namedField(body: RequestBody, refusal: string): string | undefined {
  const sent = optionalFields.filter((field) => field === "strict" || body[field] !== undefined)
  return sent.find((field) => new RegExp(`\\b${field}\\b`).test(refusal))
}

/** The same request without a field; a limit on the length takes its other name. */
export function withoutField(body: RequestBody, field: string): RequestBody {
  if (field === "strict") return withoutStrictness(body)
  const { [field]: dropped, ...rest } = body
  const otherName = { max_completion_tokens: "max_tokens", max_tokens: "max_completion_tokens" }[field]
  return { ...rest, ...(otherName && { [otherName]: dropped }) } as RequestBody
}

function withoutStrictness(body: RequestBody): RequestBody {
  const text = JSON.stringify(body, (key, value: unknown) => (key === "strict" && value === true ? undefined : value))
  return JSON.parse(text) as RequestBody
}
