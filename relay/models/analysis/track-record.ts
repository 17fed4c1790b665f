import {
  FEWEST_OUTCOMES,
  type MarketAction,
  type OutcomeRecord,
  outcomeRecord,
  outcomeRecordInWords,
} from "#engine/run"
import type { Analysis } from "./analysis.ts"

export { FEWEST_OUTCOMES }

/** How often what was said came true, among analyses whose outcome is known. */
export type TrackRecord = OutcomeRecord

type Counted = Analysis & { venue?: string }

/** The record of these, or of one action's; a market's candle counts once, however often it was asked about. */
export function trackRecord(analyses: readonly Counted[], action?: MarketAction): TrackRecord {
  const ended = firstOfEachCandle(analyses).filter(
    (one) => one.outcome !== null && (action === undefined || one.action === action),
  )
  return outcomeRecord(
    ended.map(({ action: said, confidence, facts, outcome }) => {
      const { count, cameTrue } = facts.baselines[said]
      return {
        cameTrue: outcome!.cameTrue,
        probability: confidence === 0 ? null : confidence / 100,
        baseline: count === 0 ? null : cameTrue / count,
      }
    }),
  )
}

/** The record in a sentence or two, honest about how little few outcomes say. */
export const trackRecordInWords: (record: TrackRecord) => string = outcomeRecordInWords

/** What was said first of each candle: asking again is no further outcome. */
function firstOfEachCandle(analyses: readonly Counted[]): Counted[] {
  const first = new Map<string, Counted>()
  for (const one of analyses.toSorted((a, b) => a.atMs - b.atMs)) {
    const candle = [one.venue, one.isMadeUp, one.market, one.facts.timeframe, one.facts.closedMs].join(" ")
    if (!first.has(candle)) first.set(candle, one)
  }
  return [...first.values()]
}
