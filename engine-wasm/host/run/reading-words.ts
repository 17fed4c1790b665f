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
import { sharePercent } from "./share-percent.ts"
import { supportedPercent, supportInWords } from "./signals/supported-percent.ts"

/** What plain rules say of a market, with their reasons. */
export type ReadCall = {
  action: MarketAction
  /** From 0 to 100: as sure as the record of the same supports; 0 where it supports nothing. */
  confidence: number
  entry: number | null
  stop: number | null
  reasons: string[]
}

/** The call of the plain rules: HOLD without confidence wherever the past does not surely speak for more. */
export function callOf(reading: MarketReading): ReadCall {
  const { past, close } = reading
  const coinPercent = coinOf(reading)
  const isKnown = past.count >= FEWEST_ALIKE
  const confidence = isKnown ? supportedPercent(past, coinPercent) : 0
  const action = confidence > 0 ? reading.action : "HOLD"
  return {
    action,
    confidence,
    entry: action === "HOLD" ? null : close,
    stop: readingStop(reading, action),
    reasons: [
      valuesInWords(reading),
      rules[reading.action],
      pastInWords(reading),
      ...(past.count === 0 ? [] : [baselineInWords(reading)]),
      ...(isKnown ? [supportInWords(past, coinPercent, coinWords(reading))] : []),
      ...(confidence > 0 ? [] : [isKnown ? NO_BETTER : TOO_LITTLE]),
    ],
  }
}

/** What the rule must surely beat, percent: saying the same at every candle, and for a side also a coin. */
function coinOf({ action, baselines }: MarketReading): number {
  return Math.max(exactPercent(baselines[action]), action === "HOLD" ? 0 : COIN_PERCENT)
}

function coinWords({ action, baselines }: MarketReading): string {
  return action !== "HOLD" && exactPercent(baselines[action]) < COIN_PERCENT ? "a coin" : "saying it at every candle"
}

function exactPercent({ count, cameTrue }: CameTrue): number {
  return count === 0 ? 0 : (100 * cameTrue) / count
}

const COIN_PERCENT = 50
const NO_BETTER = "It says HOLD, for want of anything that its record supports."
const TOO_LITTLE = "That is too little to say more than HOLD, and that without confidence."

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

function valuesInWords({ values, close }: MarketReading): string {
  const words = values.map(({ formula, value }) => `${formula} = ${value === null ? "not known yet" : shown(value)}`)
  return `At the last close, ${plainNumber(close)}: ${words.join(", ")}.`
}

function pastInWords({ action, past }: MarketReading): string {
  if (past.count === 0) return "It has not been so at an earlier candle whose outcome is known."
  return `It was so at ${past.count} earlier candles of which no two share an outcome; ${AHEAD_CANDLES} candles later ${outcomes[action]} after ${past.cameTrue} of them (${sharePercent(past)} %).`
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
