import type { StrategyProblem, WrittenStrategy } from "#engine/strategy"
import type { SoughtPlace } from "../sought-place.ts"

/** The document of a card, its problems, and the way to change it: with the next one and a name for the change. */
export type Edit = {
  document: WrittenStrategy
  problems: StrategyProblem[]
  change: (next: WrittenStrategy, words: string) => void
  /** The place somebody is led to just now: whatever holds it opens. */
  sought: SoughtPlace | undefined
  seek: (path: string) => void
}
