import type { MarketAction } from "../market-reading.ts"
import { outcomeRecordInWords } from "./outcome-record.ts"
import { actionOf, type PastRecord, pastRecord, type Truths } from "./past-record.ts"
import type { VoteColumn } from "./vote-columns.ts"
import { type VoteGroup, voteGroups } from "./vote-rule.ts"

export const voteLevels = ["strong sell", "sell", "neutral", "buy", "strong buy"] as const
export type VoteLevel = (typeof voteLevels)[number]

/** What several votes say together, as the needle of a gauge, with the needle's own record. */
export type VoteSummary = PastRecord & {
  /** From -1, all say SELL, to 1, all say BUY; null while none of them is known. */
  score: number | null
  level: VoteLevel
  action: MarketAction
  counts: Record<MarketAction, number>
  /** Of those known. */
  percent: Record<MarketAction, number>
  /** Votes that are not known yet. */
  unknown: number
  words: string
}

export type VoteGauge = Record<VoteGroup | "all", VoteSummary>

/** Scores beyond these are a direction, and a strong one; TradingView's own marks. */
const LEANS = 0.1
const LEANS_STRONGLY = 0.5

/** Each group together, and the mean of both: few oscillators weigh as much as many averages. */
export function voteGauge(votes: readonly VoteColumn[], truths: Truths): VoteGauge {
  const [averages, oscillators] = voteGroups.map((group) => votes.filter(({ rule }) => rule.group === group))
  const scores = [averages, oscillators].map((some) => scoresOf(some.map(({ leans }) => leans)))
  return {
    movingAverages: summaryOf(averages, scores[0], truths),
    oscillators: summaryOf(oscillators, scores[1], truths),
    all: summaryOf(votes, scoresOf(scores), truths),
  }
}

/** Of each candle, the mean of what is known. Only candles at which as much was known as now are alike. */
function scoresOf(columns: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(columns[0].length)
  const known = new Uint8Array(columns[0].length)
  for (const column of columns)
    for (let n = 0; n < column.length; n++) {
      if (Number.isNaN(column[n])) continue
      sums[n] += column[n]
      known[n]++
    }
  const enough = Math.max(1, known.at(-1) ?? 0)
  return sums.map((sum, n) => (known[n] < enough ? NaN : sum / known[n]))
}

function summaryOf(votes: readonly VoteColumn[], scores: Float64Array, truths: Truths): VoteSummary {
  const past = pastRecord(scores.map(levelOf), truths)
  const score = scores.at(-1) ?? NaN
  const leans = votes.map((vote) => vote.leans.at(-1) ?? NaN)
  const counts = countsOf(leans)
  const level = voteLevels[(Number.isNaN(score) ? 0 : levelOf(score)) + 2]
  return {
    ...past,
    score: Number.isNaN(score) ? null : score,
    level,
    action: actionOf(levelOf(score)),
    counts,
    percent: percentOf(counts),
    unknown: leans.filter(Number.isNaN).length,
    words: `${countsInWords(counts)}: ${level}. ${outcomeRecordInWords(past.record)}`,
  }
}

/** -2 for a strong sell to 2 for a strong buy; NaN stays. */
function levelOf(score: number): number {
  const size = Math.abs(score)
  const steps = size > LEANS_STRONGLY ? 2 : size > LEANS ? 1 : size * 0
  return score < 0 ? -steps : steps
}

function countsOf(leans: number[]): VoteSummary["counts"] {
  const known = leans.filter((lean) => !Number.isNaN(lean)).map(actionOf)
  const count = (action: MarketAction) => known.filter((one) => one === action).length
  return { BUY: count("BUY"), SELL: count("SELL"), HOLD: count("HOLD") }
}

function percentOf({ BUY, SELL, HOLD }: VoteSummary["counts"]): VoteSummary["percent"] {
  const percent = (count: number) => (100 * count) / Math.max(1, BUY + SELL + HOLD)
  return { BUY: percent(BUY), SELL: percent(SELL), HOLD: percent(HOLD) }
}

function countsInWords({ BUY, SELL, HOLD }: VoteSummary["counts"]): string {
  return BUY + SELL + HOLD === 0 ? "No vote is known yet" : `${BUY} say BUY, ${SELL} say SELL, ${HOLD} say HOLD`
}
