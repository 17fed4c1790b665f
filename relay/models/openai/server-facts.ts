import type { ModelFacts } from "../provider.ts"
import type { ModelHost } from "./model-host.ts"

/** A model at a host, by its name there. */
export type ServerModel = {
  host: ModelHost
  model: string
  /** What is known better than the host's usual. */
  facts?: Partial<Pick<ModelFacts, "name" | "host" | "wire" | "strict" | "schema" | "contextTokens">>
}

/** Models at or below this context get the small schema. */
const SMALL_CONTEXT_TOKENS = 8_192

/** What is known of a model at a host before it is asked. */
export function serverModelFacts({ host, model, facts }: ServerModel): ModelFacts {
  const contextTokens = facts?.contextTokens ?? host.contextTokens
  return {
    id: `${host.id === "other" ? (facts?.host ?? new URL(host.baseUrl).host) : host.id}/${model}`,
    model,
    name: facts?.name ?? model,
    place: host.place,
    host: facts?.host ?? new URL(host.baseUrl).host,
    wire: facts?.wire ?? host.wire,
    strict: facts?.strict ?? host.strict,
    schema: facts?.schema ?? (contextTokens <= SMALL_CONTEXT_TOKENS ? "small" : "full"),
    contextTokens,
    reportsCachedTokens: host.cachedReport !== "none",
    needs: { key: host.needsKey, cors: true },
  }
}
