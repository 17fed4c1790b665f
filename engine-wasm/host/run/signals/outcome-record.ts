import { brierScore } from "../../result/statistics/brier-score.ts"
import { calibrationBins } from "../../result/statistics/calibration-bins.ts"
import { wilsonInterval } from "../../result/statistics/wilson-interval.ts"

/** One call whose outcome is known. */
export type Outcome = {
  cameTrue: boolean
  /** How sure it was to be right, 0 to 1; null where it did not say. */
  probability: number | null
  /** How often the same comes true whenever it is said, 0 to 1; null where nobody knows. */
  baseline: number | null
}

/** How often calls came true. */
export type OutcomeRecord = {
  count: number
  cameTrue: number
  /** Where the true share lies, 95 times of 100 (Wilson); null without any. */
  between: { lowPercent: number; highPercent: number } | null
  /** How often the same would have come true at any candle: the coin to beat. */
  baselinePercent: number | null
  /** Enough outcomes, and the whole interval above the coin. */
  better: boolean
  /** The mean squared miss of the probabilities: 0 is perfect, 0.25 is a coin. */
  brier: number | null
  /** By how sure it was. */
  bins: OutcomeBin[]
}

/** Outcomes of calls that were about so sure: as many of a hundred should have come true. */
export type OutcomeBin = {
  fromPercent: number
  toPercent: number
  meanPercent: number
  count: number
  cameTrue: number
}

/** With fewer outcomes a share says nothing. */
export const FEWEST_OUTCOMES = 30

const binEdges = [0, 0.5, 0.6, 0.7, 0.8, 1]

/** The one arithmetic behind every record of ours: votes, forecasts, models and plain rules. */
export function outcomeRecord(outcomes: readonly Outcome[]): OutcomeRecord {
  const count = outcomes.length
  const cameTrue = outcomes.filter((one) => one.cameTrue).length
  const interval = wilsonInterval(cameTrue, count)
  const between = interval && { lowPercent: 100 * interval[0], highPercent: 100 * interval[1] }
  const baselinePercent = meanPercent(outcomes.flatMap((one) => one.baseline ?? []))
  const better = between !== null && baselinePercent !== null && between.lowPercent > baselinePercent
  return {
    count,
    cameTrue,
    between,
    baselinePercent,
    better: better && count >= FEWEST_OUTCOMES,
    ...surenessOf(outcomes),
  }
}

/** What the probabilities were worth, of those calls that gave one. */
function surenessOf(outcomes: readonly Outcome[]): Pick<OutcomeRecord, "brier" | "bins"> {
  const sure = outcomes.filter(({ probability }) => probability !== null)
  const forecast = Float64Array.from(sure, (one) => one.probability!)
  const happened = Float64Array.from(sure, (one) => Number(one.cameTrue))
  return {
    brier: sure.length === 0 ? null : brierScore(forecast, happened),
    bins: calibrationBins({ forecast, happened, edges: binEdges }).map((bin) => ({
      fromPercent: Math.round(100 * bin.from),
      toPercent: Math.round(100 * bin.to),
      meanPercent: 100 * bin.meanForecast,
      count: bin.count,
      cameTrue: Math.round(bin.happenedShare * bin.count),
    })),
  }
}

/** A record in a sentence or two, honest about how little few outcomes say. */
export function outcomeRecordInWords({ count, cameTrue, between, baselinePercent }: OutcomeRecord): string {
  if (count === 0 || between === null)
    return "No outcome of such calls is known yet, so nothing says how often they are right."
  const share = Math.round((100 * cameTrue) / count)
  const { lowPercent, highPercent } = between
  const range = `the true share may lie anywhere from ${Math.round(lowPercent)} % to ${Math.round(highPercent)} %`
  const few = count < FEWEST_OUTCOMES ? `: too few to say more, ${range}` : `; ${range}`
  const coin =
    baselinePercent === null
      ? ""
      : ` Saying the same at any candle would have been right ${Math.round(baselinePercent)} % of the time.${againstCoin(between, baselinePercent)}`
  return `Of ${count} such calls whose outcome is known ${cameTrue} came true (${share} %)${few}.${coin}`
}

function againstCoin({ lowPercent, highPercent }: NonNullable<OutcomeRecord["between"]>, coin: number): string {
  if (lowPercent > coin) return ""
  return highPercent < coin ? " That is worse than a coin." : " That is no better than a coin."
}

function meanPercent(shares: readonly number[]): number | null {
  return shares.length === 0 ? null : (100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length
}
