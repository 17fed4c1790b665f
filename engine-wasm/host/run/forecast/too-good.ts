import { quotedCode } from "../../candles/foreign-text.ts"
import { formatPercent } from "../../candles/number-format.ts"
import type { ForecastCard } from "../../result/forecast-card/forecast-card.ts"

/** Nobody is right so often about a market; a column that was made later than its candle is. */
const TOO_GOOD = 0.65

/**
 * The card of a forecast that looks at a file's own columns. Formulas of candles cannot look ahead, but a column may hold
 * anything, such as what was known only later: a hit rate nobody has is taken for that, and no skill is claimed; any
 * other verdict is said under that condition.
 */
export function doubtedCard(card: ForecastCard, columns: readonly string[]): ForecastCard {
  const { verdict, interval, hitRate } = card
  if (columns.length === 0 || interval === null) return card
  const names = columns.map((name) => quotedCode(name)).join(", ")
  if (interval[0] > TOO_GOOD) {
    const because = `Too good to be true: right in ${formatPercent(100 * (hitRate ?? 0))} of its forecasts. It looks at the column ${names}; find out when each value of it was known. A value made later than its candle tells the future in a test, and nothing in a live market.`
    return { ...card, verdict: { skill: false, because, conditional: [...columns] } }
  }
  const because = `${verdict.because} It looks at the column ${names}, which is not computed from candles: this holds only if each value was known when its candle closed.`
  return { ...card, verdict: { ...verdict, because, conditional: [...columns] } }
}
