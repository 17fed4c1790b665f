import type { WrittenStrategy } from "../document/strategy-document.ts"

/**
 * A strategy to begin with, and the idea behind it. What it did, and the money it needs, is computed on the person's own
 * market, never written here.
 */
export type StrategyTemplate = {
  /** Stable, for links. */
  id: string
  worksWhen: string
  failsWhen: string
  document: WrittenStrategy
}
