import type { StrategyProblem, WrittenStrategy } from "#engine/strategy"

/** The document a card shows, what is wrong with it, and the way to change it: with the next one and what changed. */
export type Edit = {
  document: WrittenStrategy
  problems: StrategyProblem[]
  change: (next: WrittenStrategy, words: string) => void
}
