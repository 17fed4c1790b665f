import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import { regimeCentresOf, unscaled } from "./regime-centres.ts"
import { usualRegimeFeatures } from "./train-regimes.ts"

/** A lean of less than this many standard errors goes nowhere. */
const SIDEWAYS = 0.5

/**
 * The regimes of a model in a few words, such as "0: calm rise", by the newest part of what it learnt; only their
 * numbers where it looks at something of a person's own, of which nobody here knows what it means.
 */
export function regimeNames({ features, parts, units }: ForecastModel): string[] {
  const numbers = Array.from({ length: units }, (_, regime) => String(regime))
  if (!isUsual(features)) return numbers
  const { scale, centres } = regimeCentresOf(parts[parts.length - 1], features.length)
  return numbers.map(
    (number, regime) => `${number}: ${moodOf(centres[regime][0], unscaled(centres[regime], scale)[1])}`,
  )
}

function isUsual(features: readonly string[]): boolean {
  return features.length === usualRegimeFeatures.length && features.every((text, n) => text === usualRegimeFeatures[n])
}

/** `restlessness` against the usual, in deviations; `lean` in standard errors of a market that goes nowhere. */
function moodOf(restlessness: number, lean: number): string {
  const mood = restlessness > 0 ? "wild" : "calm"
  if (Math.abs(lean) < SIDEWAYS) return `${mood} sideways`
  return `${mood} ${lean > 0 ? "rise" : "fall"}`
}
