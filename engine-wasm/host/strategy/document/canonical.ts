import { type ParamValues, strategyWithValues } from "./strategy-document-params.ts"
import type { StrategyDocument } from "./strategy-document.ts"

/**
 * The document as one exact text for hashing: every default filled in, the chosen params as their values, keys
 * sorted, no spaces (as RFC 8785 orders and writes them). Equal documents give equal texts, however they were
 * written.
 * @throws when `params` are not the strategy's (see `chosenParams`)
 */
export function canonicalStrategy(strategy: StrategyDocument, params?: ParamValues): string {
  return canonicalJson(strategyWithValues(strategy, params))
}

/** JSON with sorted keys and no spaces; fields that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`
}
