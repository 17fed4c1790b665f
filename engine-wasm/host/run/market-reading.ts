import type { Candles } from "../candles/candles.ts"
import { type Timeframe, timeframesMs } from "../candles/timeframe.ts"
import type { Engine } from "./engine/engine.ts"
import { openSession } from "./engine/engine-session.ts"
import { seriesIn } from "./series.ts"

// What plain rules read in a market: trend by two averages, strength by RSI, distance by ATR, and how often the same
// came true before. docs/jobs.md describes it; the formulas are the engine's own.

/** So many closed candles are looked at. */
export const SEEN_CANDLES = 1_000
/** How far ahead a call is measured, in candles. */
export const AHEAD_CANDLES = 24
/** Fewer past candles like this one, none of which shares its outcome with another, say nothing. */
export const FEWEST_ALIKE = 10
export const STOP_ATRS = 2
/** The prices that count as the market's own now. */
export const RANGE_CANDLES = 100

const formulas = {
  fast: "ema(close, 20)",
  slow: "ema(close, 50)",
  strength: "rsi(close, 14)",
  range: "atr(14)",
  close: "close",
  low: `lowest(low, ${RANGE_CANDLES})`,
  high: `highest(high, ${RANGE_CANDLES})`,
}

type Values = Record<keyof typeof formulas, Float64Array> & { openTimeMs: Float64Array }

export type MarketAction = "BUY" | "SELL" | "HOLD"

/** Of so many earlier candles, after how many something came true. */
export type CameTrue = { count: number; cameTrue: number }

/** What there is to know of a market at the close of its last candle: all computed, nothing guessed. */
export type MarketReading = {
  timeframe: Timeframe
  /** When the last candle closed, UTC ms. */
  closedMs: number
  candleCount: number
  priceDecimals: number
  close: number
  /** The formulas of the rules with their values; null while not known. */
  values: { formula: string; value: number | null }[]
  atr: number | null
  /** Of the last candles; null while there are too few. */
  low: number | null
  high: number | null
  changePercent: number | null
  /** What the rules say. */
  action: MarketAction
  /** How often the same came true at earlier candles that looked the same; their outcomes do not overlap. */
  past: CameTrue
  /** How often each would have at all earlier candles: the coin to beat. */
  baselines: Record<MarketAction, CameTrue>
}

/** Reads a market at the last of these closed candles. */
export function marketReading(engine: Engine, candles: Candles, timeframe: Timeframe): MarketReading {
  const values = valuesOf(engine, candles, timeframe)
  const last = values.close.length - 1
  const action = actionAt(values, last)
  const known = (column: Float64Array) => orNull(column[last])
  const before = values.close[last - AHEAD_CANDLES]
  return {
    timeframe,
    closedMs: values.openTimeMs[last] + timeframesMs[timeframe],
    candleCount: values.close.length,
    priceDecimals: candles.priceDecimals,
    close: values.close[last],
    values: (["fast", "slow", "strength", "range"] as const).map((name) => ({
      formula: formulas[name],
      value: known(values[name]),
    })),
    atr: known(values.range),
    low: known(values.low),
    high: known(values.high),
    changePercent: before > 0 ? (values.close[last] / before - 1) * 100 : null,
    action,
    ...pastLike(values, last),
  }
}

/** A stop on the side where the action was wrong. */
export function readingStop({ close, atr, priceDecimals }: MarketReading, action: MarketAction): number | null {
  if (action === "HOLD" || atr === null) return null
  return Number((close + (action === "BUY" ? -1 : 1) * STOP_ATRS * atr).toFixed(priceDecimals))
}

/** Whether an action came true by a later close: HOLD where the price stayed within two ATR. */
export function cameTrueBy(
  action: MarketAction,
  { close, atr }: { close: number; atr: number },
  later: number,
): boolean {
  const move = later - close
  if (action === "HOLD") return Math.abs(move) <= STOP_ATRS * atr
  return action === "BUY" ? move > 0 : move < 0
}

function valuesOf(engine: Engine, candles: Candles, timeframe: Timeframe): Values {
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), Object.values(formulas), timeframe)
  if (!answer.ok) throw new Error(`the plain rules do not compile: ${answer.problems[0].because}`)
  const columns = Object.entries(formulas).map(([name, formula]) => [name, answer.series[formula]])
  return { ...(Object.fromEntries(columns) as Omit<Values, "openTimeMs">), openTimeMs: answer.openTimeMs }
}

/** Comparisons with values that are not ready yet are false: HOLD. */
function actionAt({ fast, slow, strength }: Values, n: number): MarketAction {
  if (fast[n] > slow[n] && strength[n] >= 50 && strength[n] <= 70) return "BUY"
  return fast[n] < slow[n] && strength[n] < 50 ? "SELL" : "HOLD"
}

/** Earlier candles whose outcome is known: those at which the rules said the same, and all of them. */
function pastLike(values: Values, last: number): Pick<MarketReading, "past" | "baselines"> {
  const { close, range, slow } = values
  const action = actionAt(values, last)
  const all = Array.from({ length: Math.max(0, last + 1 - AHEAD_CANDLES) }, (_, n) => n)
  const known = all.filter((n) => Number.isFinite(slow[n]))
  const counted = (ns: number[], one: MarketAction) => ({
    count: ns.length,
    cameTrue: ns.filter((n) => cameTrueBy(one, { close: close[n], atr: range[n] }, close[n + AHEAD_CANDLES])).length,
  })
  const alike = known.filter((n) => actionAt(values, n) === action)
  return {
    past: counted(apart(alike), action),
    baselines: { BUY: counted(known, "BUY"), SELL: counted(known, "SELL"), HOLD: counted(known, "HOLD") },
  }
}

/** Of these candles the ones that come after the outcome of the one before, from the first on. */
function apart(ns: readonly number[]): number[] {
  let next = -Infinity
  return ns.filter((n) => {
    if (n < next) return false
    next = n + AHEAD_CANDLES
    return true
  })
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
