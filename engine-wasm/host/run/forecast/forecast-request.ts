import type { Candles } from "../../candles/candles.ts"
import type { Timeframe } from "../../candles/timeframe.ts"
import type { ForecastTarget, ModelKind } from "../../strategy/model/forecast-model.ts"

/** What to train, and on which candles. Left-out features are the usual ones of the kind and target. */
export type ForecastRequest = {
  name: string
  kind: Exclude<ModelKind, "regimes">
  target: ForecastTarget
  horizonCandles: number
  timeframe: Timeframe
  features?: readonly string[]
  market: string
  candles: Candles
  seed: number
  /** How many parts of history are forecast by what was known before each; the usual number where left out. */
  folds?: number
  lstm?: { units: number; windowCandles: number }
  /** From 1: a model that was trained again has the next number. */
  version?: number
}

/** An lstm is trained anew for each part of history, and each takes its time. */
export const USUAL_FOLDS = 8
export const USUAL_LSTM_FOLDS = 4
export const MOST_FOLDS = 11
export const USUAL_LSTM = { units: 16, windowCandles: 24 } as const

/** How many parts of history a request asks for. */
export function foldsOf({ kind, folds }: Pick<ForecastRequest, "kind" | "folds">): number {
  return folds ?? (kind === "lstm" ? USUAL_LSTM_FOLDS : USUAL_FOLDS)
}

/** What an lstm looks back over, and how large it is; nothing for other kinds. */
export function lstmShape({ kind, lstm = USUAL_LSTM }: ForecastRequest): { units: number; windowCandles: number } {
  return kind === "lstm" ? lstm : { units: 0, windowCandles: 1 }
}

/** What a model looks at when nothing else is said: moves over several spans, how stretched, how restless, how busy. */
export function usualFeatures({
  kind,
  target,
  horizonCandles,
}: Pick<ForecastRequest, "kind" | "target" | "horizonCandles">): string[] {
  if (kind === "trend") return [trendFeature(horizonCandles)]
  if (kind === "lastValue") return [lastValueFeature(target, horizonCandles)]
  if (kind === "drift" || kind === "alwaysUp") return ["close - close"]
  if (target === "volatility") return kind === "lstm" ? restless.slice(0, 4) : restless
  return kind === "lstm" ? lstmMoves : moves
}

const move = (candles: number) => `log(close / close[${candles}])`
const moves = [
  move(1),
  `${move(1)}[1]`,
  `${move(1)}[2]`,
  move(6),
  move(24),
  "rsi(close, 14)",
  "zscore(close, 48)",
  "natr(14)",
  "(close - low) / (high - low + atr(14))",
  "nz(volume / sma(volume, 48), 1)",
]
const lstmMoves = [move(1), move(6), "natr(14)", "nz(volume / sma(volume, 48), 1)"]
const restless = [
  `stddev(${move(1)}, 6)`,
  `stddev(${move(1)}, 24)`,
  `stddev(${move(1)}, 96)`,
  `abs(${move(1)})`,
  "natr(14)",
  "nz(volume / sma(volume, 48), 1)",
]

/** The straight line of least squares through the logarithm of the close, drawn on over the horizon. */
function trendFeature(horizonCandles: number): string {
  const length = Math.min(MOST_TREND, Math.max(FEWEST_TREND, 4 * horizonCandles))
  return `linreg(log(close), ${length}) + linregSlope(log(close), ${length}) * ${horizonCandles} - log(close)`
}

const FEWEST_TREND = 10
const MOST_TREND = 500

function lastValueFeature(target: ForecastTarget, horizonCandles: number): string {
  if (target === "volatility") return `stddev(${move(1)}, ${Math.max(2, horizonCandles)})`
  return target === "direction" ? `sign(close - close[${horizonCandles}])` : move(horizonCandles)
}
