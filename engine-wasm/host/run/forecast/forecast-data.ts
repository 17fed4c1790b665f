import type { Candles } from "../../candles/candles.ts"
import type { Timeframe } from "../../candles/timeframe.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { Engine } from "../engine/engine.ts"
import { openSession } from "../engine/engine-session.ts"
import { FEWEST_CANDLES, tooFewToJudge } from "./few-candles.ts"
import { seriesIn } from "../series.ts"

/** The candles of a model's timeframe as it sees them. `streak`: candles in a row, up to each, with all features. */
export type ForecastData = {
  openTimeMs: Float64Array
  close: Float64Array
  features: Float64Array[]
  streak: Uint32Array
}

/** A feature that is unknown at more candles than this share is refused. */
const MOST_UNKNOWN = 0.5
/** Sums of squares of larger numbers, and float32 weights, overflow. */
export const MOST_VALUE = 1e30

type DataRequest = { candles: Candles; timeframe: Timeframe; features: readonly string[] }

/** Computes the features with the engine of backtests; refuses those that cannot be computed, or hardly ever are. */
export function forecastData(
  engine: Engine,
  { candles, timeframe, features }: DataRequest,
): { ok: true; data: ForecastData } | { ok: false; problems: StrategyProblem[] } {
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), ["close", ...features], timeframe)
  if (!answer.ok) return { ok: false, problems: answer.problems.map(ofFeature) }
  const { close } = answer.series
  if (close.length < FEWEST_CANDLES)
    return {
      ok: false,
      problems: [
        {
          path: "candles",
          because: tooFewToJudge(close.length, timeframe),
        },
      ],
    }
  if (close.every((price) => price === close[0]))
    return {
      ok: false,
      problems: [{ path: "candles", because: "the price never changes on these candles; there is nothing to learn" }],
    }
  const several = features.findIndex((text) => !(text in answer.series))
  if (several >= 0) return refused(several, "it has several values; choose one with a dot")
  const columns = features.map((text) => answer.series[text].slice())
  const unknown = columns.findIndex((column) => unknownShare(column) > MOST_UNKNOWN)
  if (unknown >= 0)
    return refused(
      unknown,
      `it is not known at ${Math.round(100 * unknownShare(columns[unknown]))} % of these candles; take it out, or use more candles`,
    )
  const large = columns.findIndex((column) => column.some(isTooLarge))
  if (large >= 0) return refused(large, tooLargeInWords(columns[large].find(isTooLarge)!))
  const data = { openTimeMs: answer.openTimeMs.slice(), close: close.slice(), features: columns }
  return { ok: true, data: { ...data, streak: streakOf(columns, data.close.length) } }
}

/** Whether a number is too large to be learnt from. */
export function isTooLarge(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) > MOST_VALUE
}

/** Why it is, and what to do. */
export function tooLargeInWords(value: number): string {
  return `it holds numbers such as ${value}, and beyond ${MOST_VALUE} nothing can be computed from them; divide it, or take its logarithm`
}

function refused(feature: number, because: string): { ok: false; problems: StrategyProblem[] } {
  return { ok: false, problems: [{ path: `features[${feature}]`, because }] }
}

/** The first formula was ours, the close. */
function ofFeature({ path, ...rest }: StrategyProblem): StrategyProblem {
  return { path: path.replace(/^formulas\[(\d+)\]/, (_, n: string) => `features[${Number(n) - 1}]`), ...rest }
}

function unknownShare(column: Float64Array): number {
  return column.reduce((count, value) => count + Number(!Number.isFinite(value)), 0) / Math.max(1, column.length)
}

function streakOf(columns: readonly Float64Array[], count: number): Uint32Array {
  const streak = new Uint32Array(count)
  for (let at = 0; at < count; at++)
    streak[at] = columns.every((column) => Number.isFinite(column[at])) ? (at === 0 ? 0 : streak[at - 1]) + 1 : 0
  return streak
}
