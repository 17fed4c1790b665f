import type { MetricDefinition, Metrics } from "#engine/result"

/** Which run has the best of a number; none where it has no better, or where another shows the same figure. */
export function bestOf(
  { key, better }: MetricDefinition,
  runs: readonly { metrics: Metrics }[],
  texts: readonly string[],
): number | undefined {
  if (better === "neither") return undefined
  const values = runs.map(({ metrics }) => (metrics as Record<string, unknown>)[key])
  if (!values.every((value) => typeof value === "number" && !Number.isNaN(value))) return undefined
  const numbers = values as number[]
  const best = better === "higher" ? Math.max(...numbers) : Math.min(...numbers)
  const place = numbers.indexOf(best)
  return texts.filter((text) => text === texts[place]).length === 1 ? place : undefined
}
