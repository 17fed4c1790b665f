import { brierScore, calibrationBins, wilsonInterval } from "#engine/result"
import type { MarketAction } from "#engine/run"
import type { Analysis } from "./analysis.ts"

/** How often what was said came true, among analyses whose outcome is known. */
export type TrackRecord = {
  count: number
  cameTrue: number
  /** Where the true share lies, 95 times of 100 (Wilson); null without any. */
  between: { lowPercent: number; highPercent: number } | null
  /** How often the same would have come true at any candle of those markets: the coin to beat. */
  baselinePercent: number | null
  /** The mean squared miss of the confidence: 0 is perfect, 0.25 is a coin. */
  brier: number | null
  /** By how sure it was. */
  bins: { fromPercent: number; toPercent: number; count: number; cameTrue: number }[]
}

const binEdges = [0, 50, 60, 70, 80, 100]
/** With fewer outcomes a share says nothing. */
export const FEWEST_OUTCOMES = 30

type Counted = Analysis & { venue?: string }

/** The record of these, or of one action's; a market's candle counts once, however often it was asked about. */
export function trackRecord(analyses: readonly Counted[], action?: MarketAction): TrackRecord {
  const ended = firstOfEachCandle(analyses).filter(
    (one) => one.outcome !== null && (action === undefined || one.action === action),
  )
  const confidence = Float64Array.from(ended, (one) => one.confidence)
  const happened = Float64Array.from(ended, ({ outcome }) => Number(outcome!.cameTrue))
  const count = ended.length
  const cameTrue = happened.filter((one) => one === 1).length
  const between = wilsonInterval(cameTrue, count)
  const baselines = ended.flatMap(({ action: said, facts: { baselines: coins } }) =>
    coins[said].count === 0 ? [] : [(100 * coins[said].cameTrue) / coins[said].count],
  )
  const miss = brierScore(
    confidence.map((percent) => percent / 100),
    happened,
  )
  return {
    count,
    cameTrue,
    between: between && { lowPercent: 100 * between[0], highPercent: 100 * between[1] },
    baselinePercent: mean(baselines),
    brier: count === 0 ? null : miss,
    bins: calibrationBins({ forecast: confidence, happened, edges: binEdges }).map((bin) => ({
      fromPercent: bin.from,
      toPercent: bin.to,
      count: bin.count,
      cameTrue: Math.round(bin.count * bin.happenedShare),
    })),
  }
}

/** The record in a sentence or two, honest about how little few outcomes say. */
export function trackRecordInWords({ count, cameTrue, between, baselinePercent }: TrackRecord): string {
  if (count === 0 || between === null)
    return "No outcome of such calls is known yet, so nothing says how often they are right."
  const share = Math.round((100 * cameTrue) / count)
  const range = `the true share may lie anywhere from ${Math.round(between.lowPercent)} % to ${Math.round(between.highPercent)} %`
  const few = count < FEWEST_OUTCOMES ? `: too few to say more, ${range}` : `; ${range}`
  const coin =
    baselinePercent === null
      ? ""
      : ` Saying the same at any candle would have been right ${Math.round(baselinePercent)} % of the time.`
  const isCoin =
    baselinePercent !== null && between.lowPercent <= baselinePercent && between.highPercent >= baselinePercent
  return `Of ${count} such calls whose outcome is known ${cameTrue} came true (${share} %)${few}.${coin}${isCoin ? " That is no better than a coin." : ""}`
}

/** What was said first of each candle: asking again is no further outcome. */
function firstOfEachCandle(analyses: readonly Counted[]): Counted[] {
  const first = new Map<string, Counted>()
  for (const one of analyses.toSorted((a, b) => a.atMs - b.atMs)) {
    const candle = [one.venue, one.isMadeUp, one.market, one.facts.timeframe, one.facts.closedMs].join(" ")
    if (!first.has(candle)) first.set(candle, one)
  }
  return [...first.values()]
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
