import type { RulePlace } from "#engine/strategy"

/** The title of each rule on its card. */
export const ruleTitles: Record<RulePlace, string> = {
  "long.enter": "When to buy",
  "long.exit": "When to sell",
  "short.enter": "When to sell short",
  "short.exit": "When to buy back",
}
