import type { Candles } from "../../candles/candles.ts"
import { ln } from "../../candles/elementary-function.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import type { Engine } from "../engine/engine.ts"
import { openSession } from "../engine/engine-session.ts"
import { seriesIn } from "../series.ts"

/** What a market was like while in one regime: by what the model said at the time, candle by candle. */
export type RegimeRow = {
  regime: number
  candles: number
  sharePercent: number
  /** Mean log return of the candle after, percent: what followed, which nobody knew. */
  nextReturnPercent: number | null
  /** Root mean square log return of the candle after, percent. */
  nextVolatilityPercent: number | null
  /** How many candles in a row it lasts on average. */
  meanRunCandles: number | null
}

/** An average nearer to 0 than so many standard errors is what luck brings. */
const ERRORS = 2

/** Whether luck alone would bring the mean move that followed a regime: it is then no lean of the market. */
export function moveMayBeChance({ nextReturnPercent, nextVolatilityPercent, candles }: RegimeRow): boolean {
  if (nextReturnPercent === null || nextVolatilityPercent === null) return false
  return Math.abs(nextReturnPercent) < (ERRORS * nextVolatilityPercent) / Math.sqrt(candles)
}

/** The table of a market's regimes by a model, over the candles after its first part's day. Throws where it cannot. */
export function regimeTable(engine: Engine, model: ForecastModel, candles: Candles): RegimeRow[] {
  const said = regimesOver(engine, model, candles)
  if (!said.ok) throw new Error(said.problems[0].because)
  return regimeRows(model.units, said)
}

/** What a model of regimes said of each candle; NaN where it says nothing. */
export type RegimesSaid = { openTimeMs: Float64Array; close: Float64Array; regimes: Float64Array }

/** Asks a model of regimes about every candle of a market. */
export function regimesOver(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
): ({ ok: true } & RegimesSaid) | { ok: false; problems: StrategyProblem[] } {
  const asked = `regime("model")`
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), [asked, "close"], model.timeframe, { model })
  if (!answer.ok) return answer
  const { [asked]: regimes, close } = answer.series
  return { ok: true, openTimeMs: answer.openTimeMs, close, regimes }
}

/** One row for each regime. */
export function regimeRows(units: number, { regimes, close }: Omit<RegimesSaid, "openTimeMs">): RegimeRow[] {
  const known = regimes.reduce((count, regime) => count + Number(!Number.isNaN(regime)), 0)
  return Array.from({ length: units }, (_, regime) => rowOf(regime, { regimes, close, known }))
}

type Said = { regimes: Float64Array; close: Float64Array; known: number }

const PERCENT = 100

function rowOf(regime: number, { regimes, close, known }: Said): RegimeRow {
  const rows = Array.from(regimes.keys()).filter((row) => regimes[row] === regime)
  const next = rows.flatMap((row) => (row + 1 < close.length ? [PERCENT * ln(close[row + 1] / close[row])] : []))
  const runs = rows.filter((row) => regimes[row - 1] !== regime).length
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    regime,
    candles: rows.length,
    sharePercent: known === 0 ? 0 : (PERCENT * rows.length) / known,
    nextReturnPercent: next.length === 0 ? null : mean(next),
    nextVolatilityPercent: next.length === 0 ? null : Math.sqrt(mean(next.map((move) => move * move))),
    meanRunCandles: runs === 0 ? null : rows.length / runs,
  }
}
