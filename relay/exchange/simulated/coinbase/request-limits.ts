import type { Exchange } from "../exchange-state.ts"
import { callerOf } from "../protocol/caller.ts"
import type { RestRequest } from "../protocol/speech.ts"
import { Refused } from "./refused.ts"
import { namedKey } from "./sender.ts"

/**
 * Counts a request: of public ones an address has ten a second, of private ones a user thirty. In real seconds, whatever
 * the speed: that is how clients wait.
 * Source: https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/rest-api-rate-limits
 */
export function countRequest({ state }: Exchange, request: RestRequest, isPublic: boolean): void {
  const { rateLimits, keys } = state
  const nowMs = state.wallMs() ?? state.nowMs()
  const owner = isPublic ? undefined : keys.get(namedKey(request) ?? "")?.accountId
  const caller = callerOf(state, { ...request, apiKey: undefined, operation: "public" })
  const name = owner === undefined ? `public/${caller.name}` : `private/${owner}`
  const { publicPerSecond, privatePerSecond } = rateLimits.limits
  const most = owner === undefined ? publicPerSecond : privatePerSecond
  if (rateLimits.isWithin(name, { windowMs: 1_000, most, nowMs })) return
  throw new Refused(429, "RESOURCE_EXHAUSTED", "too many requests", 1)
}
