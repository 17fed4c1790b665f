import type { MetricDefinition, Metrics } from "#engine/result"

/** Which run has the best of a number; none where it has no better, or where two share it. */
export function bestOf({ key, better }: MetricDefinition, runs: readonly { metrics: Metrics }[]) {
  if (better === "neither") return undefined
  const values = runs.map(({ metrics }) => (metrics as Record<string, unknown>)[key])
  if (!values.every((value) => typeof value === "number" && !Number.isNaN(value))) return undefined
  const numbers = values as number[]
  const best = better === "higher" ? Math.max(...numbers) : Math.min(...numbers)
  const places = numbers.flatMap((value, at) => (value === best ? [at] : []))
  return places.length === 1 ? places[0] : undefined
}
