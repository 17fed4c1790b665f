import { quotedCode } from "../../candles/foreign-text.ts"
import { formatPercent } from "../../candles/number-format.ts"
import type { ForecastCard } from "../../result/forecast-card/forecast-card.ts"

/** Nobody is right so often about where a price goes; numbers that were made later than their candle are. */
const TOO_GOOD = 0.6
/** How much prices swing can be told much better. */
const TOO_GOOD_SWING = 0.85

type Looked = {
  /** Columns of the file, beyond the candles' own, that it looks at. */
  columns: readonly string[]
  isSwing?: boolean
}

/**
 * The card of a forecast as far as it can be believed. Formulas cannot look ahead, but what a file holds may have been
 * made later than its candle: columns of its own, and highs, lows and volumes too. A hit rate nobody has is taken for
 * that, and no skill is claimed; where it looks at columns of its own any other verdict is said under that condition.
 */
export function doubtedCard(card: ForecastCard, { columns, isSwing = false }: Looked): ForecastCard {
  const { verdict, interval } = card
  if (interval === null) return card
  const conditional = columns.length === 0 ? {} : { conditional: [...columns] }
  if (interval[0] > (isSwing ? TOO_GOOD_SWING : TOO_GOOD))
    return { ...card, verdict: { skill: false, because: tooGood(card, columns), ...conditional } }
  if (columns.length === 0) return card
  const because = `${verdict.because} It looks at ${columnNames(columns)}, which is not computed from candles: this holds only if each value was known when its candle closed.`
  return { ...card, verdict: { ...verdict, because, ...conditional } }
}

function tooGood({ hitRate }: ForecastCard, columns: readonly string[]): string {
  const looked = columns.length === 0 ? "these candles" : columnNames(columns)
  return `Too good to be true: right in ${formatPercent(100 * (hitRate ?? 0))} of its forecasts. It looks at ${looked}; find out when each value was known, volumes, highs and lows too. A value made later than its candle tells the future in a test, and nothing in a live market.`
}

function columnNames(columns: readonly string[]): string {
  return `the column ${columns.map((name) => quotedCode(name)).join(", ")}`
}
