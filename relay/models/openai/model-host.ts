import { isPublicAddress } from "./model-address.ts"
import type { ModelFacts, ModelWire } from "../provider.ts"
import type { CachedReport } from "../token-usage.ts"

/** Whose models can be asked over OpenAI's protocol. */
export type ModelHostId =
  | "openai"
  | "anthropic"
  | "deepseek"
  | "openrouter"
  | "groq"
  | "mistral"
  | "gemini"
  | "ollama"
  | "lmStudio"
  | "other"

/** A company or program that runs models, and how its dialect of OpenAI's protocol differs. */
export type ModelHost = {
  id: ModelHostId
  name: string
  /** Empty where the person says it. */
  baseUrl: string
  place: "hosted" | "ownServer"
  needsKey: boolean
  /** Where a person makes a key. */
  keysUrl?: string
  wire: ModelWire
  strict: ModelFacts["strict"]
  /** How a wanted JSON object is asked for, if at all: by its schema, or only as "some JSON". */
  responseFormat: "jsonSchema" | "jsonObject" | "none"
  cachedReport: CachedReport
  /** The context of its models where nothing better is known. */
  contextTokens: number
  lengthField: "max_completion_tokens" | "max_tokens"
  /** Headers that its door for browsers wants. */
  headers?: Record<string, string>
  /** Fields of the request beside OpenAI's own. */
  extraFields?: Record<string, unknown>
  /** What a person does when a page cannot reach it although it runs. */
  unreachableHint?: string
  /** Models to offer before its own list is known, the cheap one first. */
  models: readonly string[]
}

const hosted = {
  place: "hosted",
  needsKey: true,
  wire: "tools",
  strict: "hint",
  responseFormat: "jsonSchema",
  cachedReport: "openai",
  contextTokens: 128_000,
  lengthField: "max_tokens",
} as const

const onOwnComputer = {
  place: "ownServer",
  needsKey: false,
  // Small models answer one object more reliably than they call tools, and these programs hold them to its schema.
  wire: "envelope",
  strict: "yes",
  responseFormat: "jsonSchema",
  cachedReport: "openai",
  // Ollama reads no more unless it is set up to: https://docs.ollama.com/context-length
  contextTokens: 4_096,
  lengthField: "max_tokens",
  models: [],
} as const

/** All hosts with a name, in the order they are offered, and any other address. */
export const modelHosts: readonly ModelHost[] = [
  {
    ...hosted,
    id: "openai",
    name: "OpenAI",
    baseUrl: "https://api.openai.com/v1",
    keysUrl: "https://platform.openai.com/api-keys",
    strict: "yes",
    lengthField: "max_completion_tokens",
    models: ["gpt-6-luna", "gpt-6.1-sol", "gpt-6-astra"],
  },
  {
    ...hosted,
    id: "anthropic",
    name: "Anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    keysUrl: "https://console.anthropic.com/settings/keys",
    // Its OpenAI-style address ignores strictness and response formats and reports no cache.
    strict: "no",
    responseFormat: "none",
    cachedReport: "none",
    contextTokens: 200_000,
    // Without it, its answers carry no header that lets a page read them.
    headers: { "anthropic-dangerous-direct-browser-access": "true" },
    models: ["claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"],
  },
  {
    ...hosted,
    id: "deepseek",
    name: "DeepSeek",
    baseUrl: "https://api.deepseek.com",
    keysUrl: "https://platform.deepseek.com/api_keys",
    responseFormat: "jsonObject",
    cachedReport: "deepseek",
    models: ["deepseek-flash", "deepseek-v4-pro"],
  },
  {
    ...hosted,
    id: "openrouter",
    name: "OpenRouter",
    baseUrl: "https://openrouter.ai/api/v1",
    keysUrl: "https://openrouter.ai/keys",
    extraFields: { usage: { include: true } },
    models: [],
  },
  {
    ...hosted,
    id: "groq",
    name: "Groq",
    baseUrl: "https://api.groq.com/openai/v1",
    keysUrl: "https://console.groq.com/keys",
    lengthField: "max_completion_tokens",
    models: [],
  },
  {
    ...hosted,
    id: "mistral",
    name: "Mistral",
    baseUrl: "https://api.mistral.ai/v1",
    keysUrl: "https://console.mistral.ai/api-keys",
    models: [],
  },
  {
    ...hosted,
    id: "gemini",
    name: "Google Gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    keysUrl: "https://aistudio.google.com/apikey",
    contextTokens: 1_000_000,
    models: ["gemini-3.8-flash"],
  },
  {
    ...onOwnComputer,
    id: "ollama",
    name: "Ollama",
    baseUrl: "http://localhost:11434/v1",
    unreachableHint: "start Ollama, with this page's address in OLLAMA_ORIGINS",
  },
  {
    ...onOwnComputer,
    id: "lmStudio",
    name: "LM Studio",
    baseUrl: "http://localhost:1234/v1",
    unreachableHint: 'start its server in LM Studio, with "Enable CORS" switched on',
  },
  {
    ...onOwnComputer,
    id: "other",
    name: "Another address",
    baseUrl: "",
    strict: "hint",
    contextTokens: 32_768,
  },
]

/** The host of an id that is known to exist. */
export function modelHostOf(id: ModelHostId): ModelHost {
  return modelHosts.find((host) => host.id === id)!
}

/** A chosen host at the address a person gave: one without a name goes by its address, and public ones are companies'. */
export function modelHostOfAt(id: ModelHostId, baseUrl: string): ModelHost {
  const host = { ...modelHostOf(id), baseUrl }
  if (id !== "other") return host
  return { ...host, name: new URL(baseUrl).host, place: modelHostAt(baseUrl).place }
}

/** The host at an address: a named one by its origin, else another, at a company where the address is public. */
export function modelHostAt(baseUrl: string): ModelHost {
  const { origin, hostname } = new URL(baseUrl)
  const named = modelHosts.find((host) => host.baseUrl !== "" && new URL(host.baseUrl).origin === origin)
  if (named !== undefined) return { ...named, baseUrl }
  return { ...modelHostOf("other"), baseUrl, place: isPublicAddress(hostname) ? "hosted" : "ownServer" }
}
