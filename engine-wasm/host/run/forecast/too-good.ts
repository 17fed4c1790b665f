import { quotedCode } from "../../candles/foreign-text.ts"
import { formatPercent } from "../../candles/number-format.ts"
import type { ForecastCard } from "../../result/forecast-card/forecast-card.ts"
import { namesInText } from "../../strategy/formula/names-in-text.ts"

/** Nobody is right so often about a market; a column that was made later than its candle is. */
const TOO_GOOD = 0.65

/**
 * The card of a forecast that looks at a file's own columns. Formulas of candles cannot look ahead, but a column may hold
 * anything, such as what was known only later: a hit rate nobody has is taken for that, and no skill is claimed.
 */
export function doubtedCard(card: ForecastCard, features: readonly string[], columns: readonly string[]): ForecastCard {
  const used = columns.filter((column) => features.some((text) => namesInText(text).includes(column)))
  if (used.length === 0 || card.interval === null || card.interval[0] <= TOO_GOOD) return card
  const names = used.map((name) => quotedCode(name)).join(", ")
  const because = `Too good to be true: right in ${formatPercent(100 * (card.hitRate ?? 0))} of its forecasts. It looks at the column ${names}; find out when each value of it was known. A value made later than its candle tells the future in a test, and nothing in a live market.`
  return { ...card, verdict: { skill: false, because } }
}
