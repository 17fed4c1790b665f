import type { WrittenStrategy } from "../document/strategy-document.ts"

/** A strategy to begin with, and what an honest friend would say about it. */
export type StrategyTemplate = {
  /** Stable, for links. */
  id: string
  worksWhen: string
  failsWhen: string
  /** The smallest capital that makes sense with it, and why. */
  smallestCapital: string
  document: WrittenStrategy
}
