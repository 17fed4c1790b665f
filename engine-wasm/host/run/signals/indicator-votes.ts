import type { Candles } from "../../candles/candles.ts"
import { formatCount } from "../../candles/number-format.ts"
import { type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import type { Engine } from "../engine/engine.ts"
import type { MarketAction } from "../market-reading.ts"
import { plainNumber } from "../plain-number.ts"
import { outcomeRecordInWords } from "./outcome-record.ts"
import { actionOf, type PastRecord, pastRecord, type Truths, truthsOf } from "./past-record.ts"
import { type VoteColumn, voteColumns } from "./vote-columns.ts"
import { type VoteGauge, voteGauge } from "./vote-gauge.ts"
import type { VoteGroup, VoteRule } from "./vote-rule.ts"

/** What one indicator says at the last closed candle, and how often that came true before. */
export type IndicatorVote = PastRecord & {
  name: string
  group: VoteGroup
  title: string
  /** The rules, as formulas of our language. */
  buy: string
  sell: string
  action: MarketAction
  /** Null while it is not known. */
  value: number | null
  /** How many candles more it needs; it says HOLD until then. */
  needsCandles: number
  words: string
  recordWords: string
}

/** The votes of a market at its last closed candle. */
export type IndicatorVotes = {
  timeframe: Timeframe
  /** When the last candle closed, UTC ms; null without candles. */
  closedMs: number | null
  candleCount: number
  close: number | null
  atr: number | null
  aheadCandles: number
  votes: IndicatorVote[]
  gauge: VoteGauge
}

const OSCILLATOR_DIGITS = 4
const PRICE_DIGITS = 7

/** The furthest ahead an outcome may be looked for. */
export const MOST_AHEAD_CANDLES = 1_000

/** Asks every vote of these closed candles, and measures each by the close so many candles after its calls. */
export function indicatorVotes(
  engine: Engine,
  candles: Candles,
  timeframe: Timeframe,
  aheadCandles: number,
): IndicatorVotes {
  if (!Number.isInteger(aheadCandles) || aheadCandles < 1 || aheadCandles > MOST_AHEAD_CANDLES)
    throw new RangeError(`outcomes are looked for 1 to ${MOST_AHEAD_CANDLES} candles ahead, not ${aheadCandles}`)
  const { votes, ...market } = voteColumns(engine, candles, timeframe)
  const truths = truthsOf(market, aheadCandles)
  const openedMs = market.openTimeMs.at(-1)
  return {
    timeframe,
    closedMs: openedMs === undefined ? null : openedMs + timeframesMs[timeframe],
    candleCount: market.close.length,
    close: knownAtLast(market.close),
    atr: knownAtLast(market.atr),
    aheadCandles,
    votes: votes.map((vote) => voteOf(vote, truths)),
    gauge: voteGauge(votes, truths),
  }
}

function knownAtLast(column: Float64Array): number | null {
  const last = column.at(-1) ?? NaN
  return Number.isFinite(last) ? last : null
}

function voteOf({ rule, value, leans, needsCandles }: VoteColumn, truths: Truths): IndicatorVote {
  const lean = leans.at(-1) ?? NaN
  const known = Number.isNaN(lean) ? null : value.at(-1)!
  const action = actionOf(lean)
  const past = pastRecord(leans, truths)
  return {
    name: rule.name,
    group: rule.group,
    title: rule.title,
    buy: rule.buy,
    sell: rule.sell,
    action,
    value: known,
    needsCandles,
    words: known === null ? unknownWords(rule.title, needsCandles) : knownWords(rule, known, action),
    ...past,
    recordWords: outcomeRecordInWords(past.record),
  }
}

function knownWords({ title, group, because }: VoteRule, value: number, action: MarketAction): string {
  const shown = plainNumber(Number(value.toPrecision(group === "oscillators" ? OSCILLATOR_DIGITS : PRICE_DIGITS)))
  return `${title} ${shown}: ${because(action, value)}; says ${action}.`
}

function unknownWords(title: string, needsCandles: number): string {
  if (needsCandles > 0) return `${title}: needs ${formatCount(needsCandles, "candle")} more; says HOLD until then.`
  return `${title}: these candles do not give it a value; says HOLD.`
}
