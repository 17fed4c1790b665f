import { bin, extent } from "d3-array"
import type { Bin } from "../../figure/index.ts"

const BINS = 24

/** Scores counted in even steps, wide enough for one more value to lie among them; those that are no number are left out. */
export function binsOf(scores: readonly number[], among: number): Bin[] {
  const known = scores.filter(Number.isFinite)
  const [least = 0, most = 1] = extent([...known, among])
  const step = most > least ? (most - least) / BINS : 1
  const edges = Array.from({ length: BINS + 1 }, (_, n) => least + n * step)
  const count = bin()
    .domain([least, least + BINS * step])
    .thresholds(edges.slice(1, -1))
  return count(known).map((values, at) => ({ from: edges[at], to: edges[at + 1], count: values.length }))
}
