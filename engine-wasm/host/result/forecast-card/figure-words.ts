import { formatPercent } from "../../candles/number-format.ts"
import type { ForecastCard } from "./forecast-card.ts"

/** From so far on a correlation is more than nothing, more than a little, and close. */
const correlationSteps = { barely: 0.05, little: 0.2, closely: 0.5 } as const

/** What a forecast's correlation with what came means. */
export function correlationInWords(correlation: number): string {
  const size = Math.abs(correlation)
  if (size < correlationSteps.barely) return "Next to nothing."
  if (correlation < 0) return "Larger forecasts were followed by smaller moves: it points the wrong way."
  const howMuch =
    size < correlationSteps.little ? "a little" : size < correlationSteps.closely ? "clearly" : "very closely"
  return `Larger forecasts were followed by larger moves, ${howMuch}.`
}

/** More than this in a hundred is luck. */
const MOST_LUCK_PERCENT = 5

/** Whether luck explains that a forecast missed less than the naive one; where it missed more, that is said instead. */
export function luckInWords({ statistic, pValue }: ForecastCard["dieboldMariano"]): string {
  if (pValue === null || statistic === null) return "It missed exactly as the naive forecast did."
  if (trailsNaive({ statistic }))
    return "It missed more than the naive forecast: there is no lead that luck could explain."
  const percent = 100 * pValue
  if (percent > MOST_LUCK_PERCENT)
    return `Luck alone gives such a lead over the naive forecast ${formatPercent(percent, 0)} of the time: yes, it could.`
  return `Luck alone gives such a lead over the naive forecast ${percent < 1 ? "less than 1 %" : formatPercent(percent, 0)} of the time: hardly.`
}

/** Whether its probabilities missed more than the naive ones, so that a p-value is of no lead. */
export function trailsNaive({ statistic }: Pick<ForecastCard["dieboldMariano"], "statistic">): boolean {
  return statistic !== null && statistic < 0
}
