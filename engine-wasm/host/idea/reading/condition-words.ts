import type { Piece } from "../words/piece.ts"
import type { Amount } from "./amount.ts"
import { compare, type Condition, joinedBy } from "./condition.ts"
import { type Operand, priceOperand } from "./operand.ts"

/** A word that is a whole condition, and what was assumed in reading it. */
export type WordCondition = { condition: Condition; assumes?: string }

const average = (name: string, length: number): Operand => ({ name, numbers: [length], hasLength: true })
const call = (name: string, numbers: number[], more: Partial<Operand> = {}): Operand => ({
  name,
  numbers,
  hasLength: true,
  ...more,
})

export const usualTrend: Operand = average("sma", 200)

const readings: Partial<Record<Piece["concept"], () => WordCondition>> = {
  goldenCross: () => ({
    condition: compare(average("sma", 50), "crossover", average("sma", 200)),
    assumes: "goldenCross",
  }),
  deathCross: () => ({
    condition: compare(average("sma", 50), "crossunder", average("sma", 200)),
    assumes: "goldenCross",
  }),
  uptrend: () => ({ condition: compare("close", ">", usualTrend), assumes: "trend" }),
  trendFilter: () => ({ condition: compare("close", ">", usualTrend), assumes: "trend" }),
  downtrend: () => ({ condition: compare("close", "<", usualTrend), assumes: "trend" }),
  sideways: () => ({ condition: compare(call("adx", [14]), "<", 20), assumes: "sideways" }),
  spike: () => ({
    condition: compare("volume", ">", call("sma", [20], { source: "volume", factor: 1.5 })),
    assumes: "volume",
  }),
  breakout: () => ({
    condition: compare("close", ">", call("highest", [20], { source: "high", ago: 1 })),
    assumes: "breakout",
  }),
  breakdown: () => ({
    condition: compare("close", "<", call("lowest", [20], { source: "low", ago: 1 })),
    assumes: "breakout",
  }),
  squeeze: () => ({
    condition: { kind: "formula", text: "percentRank(bbands(close, 20, 2).width, 100) < 20" },
    assumes: "squeeze",
  }),
  volatile: () => ({ condition: { kind: "formula", text: "atr(14) > sma(atr(14), 50)" }, assumes: "volatility" }),
  calm: () => ({ condition: { kind: "formula", text: "atr(14) < sma(atr(14), 50)" }, assumes: "volatility" }),
  dip: () => ({ condition: compare(call("rsi", [14]), "crossunder", 30), assumes: "dip" }),
  rally: () => ({ condition: compare(call("rsi", [14]), "crossover", 70), assumes: "dip" }),
  buyLow: () => ({ condition: compare(call("rsi", [14]), "crossunder", 30), assumes: "dip" }),
  meanReversion: () => ({
    condition: compare("close", "<", call("bbands", [20, 2], { output: "lower" })),
    assumes: "reversion",
  }),
  trendFollowing: () => ({
    condition: compare(average("ema", 20), "crossover", average("ema", 50)),
    assumes: "following",
  }),
  ribbon: () => ({ condition: ribbonOf([8, 13, 21, 34, 55]), assumes: "ribbon" }),
}

/** The condition that a word is by itself. */
export function wordCondition(concept: Piece["concept"]): WordCondition | undefined {
  return readings[concept]?.()
}

/** Averages in order, the shortest on top. */
export function ribbonOf(lengths: readonly number[], name = "ema"): Condition {
  const lines = lengths.toSorted((a, b) => a - b).map((length) => average(name, length))
  return joinedBy(
    "and",
    lines.slice(1).map((line, n) => compare(lines[n], ">", line)),
  )
}

/** A break of the highest high, or lowest low, over a length of time. */
export function breakoutOver(span: Amount, isUp: boolean): Condition {
  const [name, source] = isUp ? ["highest", "high"] : ["lowest", "low"]
  const length = span.unit === "minutes" ? span.value / span.unitMinutes! : span.value
  const level = call(name, [length], {
    source,
    ago: 1,
    ...(span.unit === "minutes" && { unitMinutes: span.unitMinutes }),
  })
  return compare("close", isUp ? ">" : "<", level)
}

/** So many candles of one colour in a row, the newest included. */
export function candleRun(isGreen: boolean, count: number): Condition {
  return joinedBy(
    "and",
    lastCandles(count).map((ago) => compare(past("close", ago), isGreen ? ">" : "<", past("open", ago))),
  )
}

/** So many closes in a row, each higher or lower than the one before. */
export function closeRun(isUp: boolean, count: number): Condition {
  return joinedBy(
    "and",
    lastCandles(count).map((ago) => compare(past("close", ago), isUp ? ">" : "<", past("close", ago + 1))),
  )
}

/** No trader counts more candles in a row, and a rule has room for 32 conditions. */
export const MOST_IN_A_ROW = 20

function lastCandles(count: number): number[] {
  return Array.from({ length: Math.max(1, Math.min(count, MOST_IN_A_ROW)) }, (_, ago) => ago)
}

function past(name: string, ago: number): Operand {
  return ago === 0 ? priceOperand(name) : { ...priceOperand(name), ago }
}

/** A candle pattern: above zero is its bullish form. */
export function patternCondition(name: string, way: "up" | "down" | undefined, isLong: boolean): Condition {
  const [up, down] = [`${name}() > 0`, `${name}() < 0`]
  const isUp = bearish.has(name) ? false : bullish.has(name) ? true : way ? way === "up" : isLong
  return isUp ? { kind: "formula", text: up, opposite: down } : { kind: "formula", text: down, opposite: up }
}

const bullish = new Set(
  "cdlhammer cdlinvertedhammer cdlmorningstar cdlmorningdojistar cdl3whitesoldiers cdlpiercing cdldoji cdldragonflydoji cdlgravestonedoji cdlhomingpigeon cdlladderbottom cdlmatchinglow cdlmathold cdlsticksandwich cdltakuri cdlunique3river cdl3starsinsouth cdlconcealbabyswall cdllongleggeddoji cdlrickshawman".split(
    " ",
  ),
)
const bearish = new Set(
  "cdlshootingstar cdlhangingman cdleveningstar cdleveningdojistar cdl3blackcrows cdlidentical3crows cdldarkcloudcover cdladvanceblock cdlstalledpattern cdl2crows cdlupsidegap2crows cdlinneck cdlonneck cdlthrusting".split(
    " ",
  ),
)
