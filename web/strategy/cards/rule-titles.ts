import type { RulePlace } from "#engine/strategy"

/** What each rule is called on its card. */
export const ruleTitles: Record<RulePlace, string> = {
  "long.enter": "When to buy",
  "long.exit": "When to sell",
  "short.enter": "When to sell short",
  "short.exit": "When to buy back",
}
