/** What one call read and wrote, in tokens; each of the four has a price of its own. */
export type TokenUsage = {
  uncached: number
  cachedRead: number
  cachedWrite: number
  output: number
  /** How much of the output was thinking, where the server says; it costs what output costs. */
  reasoning?: number
}

export const noTokens: TokenUsage = { uncached: 0, cachedRead: 0, cachedWrite: 0, output: 0 }

/** How a server reports what it took from its cache. */
export type CachedReport = "openai" | "deepseek" | "none"

/** The four counts in a server's `usage`; undefined where it reports none. What it reports in nonsense counts as nothing. */
export function usageFrom(reported: unknown, report: CachedReport): TokenUsage | undefined {
  if (typeof reported !== "object" || reported === null) return undefined
  const usage = reported as Record<string, unknown>
  const input = countIn(usage.prompt_tokens)
  const details = (usage.prompt_tokens_details ?? {}) as Record<string, unknown>
  const cachedRead = Math.min(input, readCount(report, usage, details))
  const output = countIn(usage.completion_tokens)
  const ofOutput = (usage.completion_tokens_details ?? {}) as Record<string, unknown>
  const reasoning = ofOutput.reasoning_tokens
  const cachedWrite = Math.min(input - cachedRead, report === "none" ? 0 : countIn(details.cache_write_tokens))
  return {
    uncached: input - cachedRead - cachedWrite,
    cachedRead,
    cachedWrite,
    output,
    ...(typeof reasoning === "number" && { reasoning: Math.min(output, countIn(reasoning)) }),
  }
}

function readCount(report: CachedReport, usage: Record<string, unknown>, details: Record<string, unknown>): number {
  if (report === "none") return 0
  return countIn(report === "deepseek" ? usage.prompt_cache_hit_tokens : details.cached_tokens)
}

/** More tokens than any model takes are a mistake in the report. */
const MOST_TOKENS = 100_000_000

function countIn(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.min(Math.round(value), MOST_TOKENS) : 0
}
