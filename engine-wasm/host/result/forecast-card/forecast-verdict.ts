import { formatCount, formatNumber, formatPercent } from "../../candles/number-format.ts"
import { trailsNaive } from "./figure-words.ts"
import type { ForecastCard } from "./forecast-card.ts"

/** Whether a forecast knows anything, in a sentence. */
export type ForecastVerdict = {
  skill: boolean
  because: string
  /** Columns of the file of which each value must have been known at its candle, or the figures mean nothing. */
  conditional?: string[]
}

/** With fewer forecasts that do not overlap a hit rate says nothing. */
export const FEWEST_FORECASTS = 100
/** A lead that chance explains more often than this is none. */
export const MOST_P_VALUE = 0.05
const COIN = 0.5

type Judged = Pick<
  ForecastCard,
  | "horizonCandles"
  | "independentForecasts"
  | "hitRate"
  | "interval"
  | "naiveHitRate"
  | "blindHitRate"
  | "lastMoveHitRate"
  | "dieboldMariano"
  | "trade"
>

/**
 * Skill needs all of it: enough forecasts, a hit rate clearly above the coin, the more frequent side and blind
 * guessing, and probabilities that miss less than the base rate by more than chance explains.
 */
export function forecastVerdict(card: Judged): ForecastVerdict {
  const { interval, independentForecasts: count, dieboldMariano } = card
  if (interval === null)
    return no(
      "It made no forecast here whose outcome is known: these candles are older than the model, too new, or its features are not known there.",
    )
  const record = recordInWords(card)
  if (count < FEWEST_FORECASTS)
    return no(`Too few to say: right in ${record}; ${formatNumber(FEWEST_FORECASTS - count)} more are needed.`)
  const [low, high] = interval
  if (high < COIN) return no(`Worse than a coin: right in ${record}.`)
  if (low <= COIN) return no(`No better than a coin: right in ${record}.`)
  const [easy, how] = easiestRate(card)
  if (low <= easy)
    return no(`No better than a habit: right in ${record}; ${how} would have been right in ${shareInWords(easy)}.`)
  const { pValue } = dieboldMariano
  if (pValue === null || pValue > MOST_P_VALUE)
    return no(
      `Right in ${record}, but nothing shows that its probabilities are better than always giving the same: ${leadInWords(dieboldMariano)}.`,
    )
  return {
    skill: true,
    because: `Right in ${record}: more than luck explains${paysInWords(card.trade)}.${simplerInWords(card)}`,
  }
}

/** That something without any model does as well, where it does. */
function simplerInWords({ lastMoveHitRate, interval }: Judged): string {
  if (lastMoveHitRate === null || lastMoveHitRate < interval![0]) return ""
  return ` The last move alone, said again or turned round, is right in ${shareInWords(lastMoveHitRate)}: nothing shows that the model knows more.`
}

function no(because: string): ForecastVerdict {
  return { skill: false, because }
}

/** The best that is right without knowing anything, and what it is. */
function easiestRate({ naiveHitRate, blindHitRate }: Judged): [rate: number, how: string] {
  const [naive, blind] = [naiveHitRate ?? 0, blindHitRate ?? 0]
  return naive >= blind
    ? [naive, "always saying what was more frequent before"]
    : [blind, "saying yes as often, but blindly,"]
}

/** "53.1 % of 5,000 unseen candles (51.7 to 54.5 %)". */
function recordInWords({ hitRate, interval, independentForecasts: count, horizonCandles }: Judged): string {
  const [low, high] = interval!
  const counted =
    horizonCandles === 1
      ? formatCount(count, "unseen candle")
      : `${formatCount(count, "unseen forecast")} that ${count === 1 ? "does" : "do"} not overlap`
  return `${shareInWords(hitRate)} of ${counted} (${formatNumber(100 * low, 1)} to ${shareInWords(high)})`
}

function shareInWords(share: number | null): string {
  return formatPercent(share === null ? null : 100 * share)
}

function leadInWords({ statistic, pValue }: Judged["dieboldMariano"]): string {
  if (trailsNaive({ statistic })) return "they miss by more"
  return pValue === null ? "both miss alike" : `chance explains their lead with p = ${formatNumber(pValue, 3)}`
}

function paysInWords(trade: ForecastCard["trade"]): string {
  if (trade === null || trade.trades === 0 || trade.returnPercent > 0) return ""
  return trade.feesPercent > 0
    ? ", but a trade on it would not have paid its fees"
    : ", but a trade on it would have lost"
}
