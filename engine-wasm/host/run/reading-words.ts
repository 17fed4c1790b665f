import {
  AHEAD_CANDLES,
  type CameTrue,
  FEWEST_ALIKE,
  type MarketAction,
  type MarketReading,
  RANGE_CANDLES,
  readingStop,
  STOP_ATRS,
} from "./market-reading.ts"
import { plainNumber } from "./plain-number.ts"

/** What plain rules say of a market, with their reasons. */
export type ReadCall = {
  action: MarketAction
  /** From 0 to 100: how often the same came true before, of a HOLD for want of better at any candle; 0 where nobody knows. */
  confidence: number
  entry: number | null
  stop: number | null
  reasons: string[]
}

/** The call of the plain rules: HOLD wherever the past does not speak for more. */
export function callOf(reading: MarketReading): ReadCall {
  const { past, baselines, close } = reading
  const share = sharePercent(past)
  const isKnown = past.count >= FEWEST_ALIKE
  const isAboveCoin = share > 50 && share >= sharePercent(baselines[reading.action])
  const isWorthIt = isKnown && (reading.action === "HOLD" || isAboveCoin)
  const action = isWorthIt ? reading.action : "HOLD"
  return {
    action,
    confidence: isKnown ? (isWorthIt ? share : sharePercent(baselines.HOLD)) : 0,
    entry: action === "HOLD" ? null : close,
    stop: readingStop(reading, action),
    reasons: [
      valuesInWords(reading),
      rules[reading.action],
      pastInWords(reading),
      ...(past.count === 0 ? [] : [baselineInWords(reading)]),
      ...(isWorthIt ? [] : [isKnown ? NO_BETTER : TOO_LITTLE]),
    ],
  }
}

const NO_BETTER = "That is no better than a coin, or than saying it at every candle, so it says HOLD."
const TOO_LITTLE = "That is too little to say more than HOLD."

const rules: Record<MarketAction, string> = {
  BUY: "The short average is above the long one and the RSI is from 50 to 70: the rule is BUY, with a stop two ATR below.",
  SELL: "The short average is below the long one and the RSI is below 50: the rule is SELL, wrong again two ATR above.",
  HOLD: "Trend and RSI do not agree on a direction: the rule is HOLD.",
}

const outcomes: Record<MarketAction, string> = {
  BUY: "the price was higher",
  SELL: "the price was lower",
  HOLD: `the price had moved by no more than ${STOP_ATRS} ATR`,
}

/** How many of a hundred, whole. */
export function sharePercent({ count, cameTrue }: CameTrue): number {
  return count === 0 ? 0 : Math.round((100 * cameTrue) / count)
}

function valuesInWords({ values, close }: MarketReading): string {
  const words = values.map(({ formula, value }) => `${formula} = ${value === null ? "not known yet" : shown(value)}`)
  return `At the last close, ${plainNumber(close)}: ${words.join(", ")}.`
}

function pastInWords({ action, past }: MarketReading): string {
  if (past.count === 0) return "It has not been so at an earlier candle whose outcome is known."
  return `It was so at ${past.count} earlier candles; ${AHEAD_CANDLES} candles later ${outcomes[action]} after ${past.cameTrue} of them (${sharePercent(past)} %). Neighbouring candles share much of their outcome.`
}

function baselineInWords({ action, baselines }: MarketReading): string {
  const baseline = baselines[action]
  return `Whatever the rule said, ${outcomes[action]} after ${sharePercent(baseline)} % of all ${baseline.count}: only what is above that is the rule's own.`
}

function shown(value: number): string {
  return plainNumber(Number(value.toPrecision(7)))
}

/** All the facts of a reading in sentences, for a person or a model. */
export function readingInWords(reading: MarketReading): string {
  const { candleCount, timeframe, low, high, changePercent } = reading
  return [
    `${candleCount} closed ${timeframe} candles were looked at.`,
    valuesInWords(reading),
    ...(low === null || high === null
      ? []
      : [`In the last ${RANGE_CANDLES} candles the price was from ${plainNumber(low)} to ${plainNumber(high)}.`]),
    ...(changePercent === null
      ? []
      : [`In the last ${AHEAD_CANDLES} candles it moved by ${changePercent.toFixed(2)} %.`]),
    rules[reading.action],
    pastInWords(reading),
    ...(reading.past.count === 0 ? [] : [baselineInWords(reading)]),
    ...(["BUY", "SELL", "HOLD"] as const).map(
      (action) => `${action} came true after ${sharePercent(reading.baselines[action])} % of all candles.`,
    ),
  ].join("\n")
}
