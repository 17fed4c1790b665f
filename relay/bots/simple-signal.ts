import type { Candles } from "#engine/candles"
import { type Engine, openSession, seriesIn } from "#engine/run"
import type { Timeframe } from "#engine/candles"
import { amount } from "./bot-view.ts"
import type { TradeSignal } from "./trade-signal.ts"

// A plain rule set for markets that no bot trades: trend by two averages, strength by RSI, distance by ATR. docs/jobs.md
// describes it; the formulas are the engine's own.

/** So many closed candles are looked at. */
export const SEEN_CANDLES = 1_000
/** How far ahead a signal is measured, in candles. */
export const AHEAD_CANDLES = 24
/** Fewer past candles like this one say nothing. */
export const FEWEST_ALIKE = 30
const STOP_ATRS = 2
const formulas = { fast: "ema(close, 20)", slow: "ema(close, 50)", strength: "rsi(close, 14)", range: "atr(14)" }

type Column = Float64Array
type Values = Record<keyof typeof formulas, Column> & { close: Column }
type Action = TradeSignal["action"]

/** What the rules say at the last of these closed candles, and how often the same came true before. */
export function simpleSignal(engine: Engine, candles: Candles, timeframe: Timeframe): TradeSignal {
  const values = valuesOf(engine, candles, timeframe)
  const last = values.close.length - 1
  const [action, past] = [actionAt(values, last), pastLike(values, last)]
  const share = past.count === 0 ? 0 : Math.round((100 * past.cameTrue) / past.count)
  const isKnown = past.count >= FEWEST_ALIKE
  const isWorthIt = isKnown && (action === "HOLD" || share > 50)
  const said = isWorthIt ? action : "HOLD"
  return {
    action: said,
    confidence: isKnown ? share : 0,
    entryPrice: said === "HOLD" ? null : amount(values.close[last]),
    stopLoss: said === "HOLD" ? null : amount(Number(stopAt(values, last, said).toFixed(candles.priceDecimals))),
    reasoning: [
      `No bot trades this market, so a plain rule set looked at ${values.close.length} closed ${timeframe} candles.`,
      valuesInWords(values, last),
      rules[action],
      pastInWords(action, past, share),
      isWorthIt
        ? ""
        : isKnown
          ? "That is no better than a coin, so it says HOLD."
          : "That is too little to say more than HOLD.",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
  }
}

const rules: Record<Action, string> = {
  BUY: "The short average is above the long one and the RSI is from 50 to 70: the rule is BUY, with a stop two ATR below.",
  SELL: "The short average is below the long one and the RSI is below 50: the rule is SELL, wrong again two ATR above.",
  HOLD: "Trend and RSI do not agree on a direction: the rule is HOLD.",
}

const outcomes: Record<Action, string> = {
  BUY: "the price was higher",
  SELL: "the price was lower",
  HOLD: `the price had moved by no more than ${STOP_ATRS} ATR`,
}

function valuesOf(engine: Engine, candles: Candles, timeframe: Timeframe): Values {
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), Object.values(formulas), timeframe)
  if (!answer.ok) throw new Error(`the plain rules do not compile: ${answer.problems[0].because}`)
  const columns = Object.entries(formulas).map(([name, formula]) => [name, answer.series[formula]])
  return { ...(Object.fromEntries(columns) as Omit<Values, "close">), close: candles.close }
}

/** Comparisons with values that are not ready yet are false: HOLD. */
function actionAt({ fast, slow, strength }: Values, n: number): Action {
  if (fast[n] > slow[n] && strength[n] >= 50 && strength[n] <= 70) return "BUY"
  return fast[n] < slow[n] && strength[n] < 50 ? "SELL" : "HOLD"
}

function stopAt({ close, range }: Values, n: number, action: Action): number {
  return close[n] + (action === "BUY" ? -1 : 1) * STOP_ATRS * range[n]
}

/** Earlier candles at which the rules said the same, and after how many of them it came true. */
function pastLike(values: Values, last: number): { count: number; cameTrue: number } {
  const action = actionAt(values, last)
  const past = Array.from({ length: Math.max(0, last + 1 - AHEAD_CANDLES) }, (_, n) => n)
  const alike = past.filter((n) => Number.isFinite(values.slow[n]) && actionAt(values, n) === action)
  return { count: alike.length, cameTrue: alike.filter((n) => cameTrue(values, n, action)).length }
}

function cameTrue({ close, range }: Values, n: number, action: Action): boolean {
  const move = close[n + AHEAD_CANDLES] - close[n]
  if (action === "HOLD") return Math.abs(move) <= STOP_ATRS * range[n]
  return action === "BUY" ? move > 0 : move < 0
}

function valuesInWords(values: Values, n: number): string {
  const words = Object.entries(formulas).map(
    ([name, formula]) => `${formula} = ${shown(values[name as keyof typeof formulas][n])}`,
  )
  return `At the last close, ${amount(values.close[n])}: ${words.join(", ")}.`
}

function shown(value: number): string {
  return Number.isFinite(value) ? amount(Number(value.toPrecision(7))) : "not known yet"
}

function pastInWords(action: Action, { count, cameTrue }: { count: number; cameTrue: number }, share: number): string {
  if (count === 0) return "It has not been so at an earlier candle whose outcome is known."
  return `It was so at ${count} earlier candles; ${AHEAD_CANDLES} candles later ${outcomes[action]} after ${cameTrue} of them (${share} %). Neighbouring candles share much of their outcome.`
}
