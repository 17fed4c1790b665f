import type { EngineExports } from "../engine/engine.ts"
import type { CodeExports } from "./code-instance.ts"

/** In the order of `UnsoundCall` (assembly/code/order.ts). */
const unsoundCalls = [
  undefined,
  "targetPercent(…)",
  "stop(…)",
  "stopDistance(…)",
  "target(…)",
  "target(price, …)",
  "quantity(…)",
  "percent(…)",
] as const

/** What a strategy in code asked for at a market's last candle with a number that is none, in words. */
export function unsoundWish(instance: EngineExports, market: number): string | undefined {
  const code = instance as CodeExports
  const call = unsoundCalls[code.unsoundCallOf(market)]
  if (call === undefined) return undefined
  const value = code.unsoundValueOf(market)
  const because = Number.isFinite(value) ? "a share is above 0" : "that is no number"
  return `It asked for ${call.replace("…", String(value))}: ${because}, so nothing was ordered.`
}
