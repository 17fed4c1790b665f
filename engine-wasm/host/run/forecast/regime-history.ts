import type { Candles } from "../../candles/candles.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import type { Engine } from "../engine/engine.ts"
import { regimeNames } from "./regime-names.ts"
import { type RegimeRow, regimeRows, regimesOver } from "./regime-table.ts"

/** What a market was like by a model of its regimes: only what the model said at the time, of candles it had not seen. */
export type RegimeHistory = {
  /** In words, by number. */
  names: string[]
  rows: RegimeRow[]
  /** Candles of which it speaks, and those before its first day. */
  unseenCandles: number
  seenCandles: number
  picture: RegimePicture
}

/** Prices with the regimes of the time, in so few points that a screen can draw them. */
export type RegimePicture = {
  openTimeMs: number[]
  /** The last close of the candles that a point stands for. */
  close: number[]
  /** For each regime and point: in how much of its candles the market was in it, 0 to 1. */
  shares: number[][]
}

/** A picture has no more points than this: some pixels for each on the widest screen. */
const MOST_POINTS = 480

/** A market's regimes by a model, or why the two do not go together. */
export function regimeHistory(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
): { ok: true; history: RegimeHistory } | { ok: false; problems: StrategyProblem[] } {
  const said = regimesOver(engine, model, candles)
  if (!said.ok) return said
  const { openTimeMs, close, regimes } = said
  const first = regimes.findIndex((regime) => !Number.isNaN(regime))
  const from = first < 0 ? regimes.length : first
  const rows = regimeRows(model.units, said)
  const history = {
    names: regimeNames(model),
    rows,
    unseenCandles: rows.reduce((sum, row) => sum + row.candles, 0),
    seenCandles: openTimeMs.findLastIndex((openMs) => openMs < model.parts[0].readyFromMs) + 1,
    picture: pictureOf(model.units, {
      openTimeMs: openTimeMs.subarray(from),
      close: close.subarray(from),
      regimes: regimes.subarray(from),
    }),
  }
  return { ok: true, history }
}

type Columns = { openTimeMs: Float64Array; close: Float64Array; regimes: Float64Array }

function pictureOf(units: number, { openTimeMs, close, regimes }: Columns): RegimePicture {
  const stride = Math.max(1, Math.ceil(close.length / MOST_POINTS))
  const points = Array.from({ length: Math.ceil(close.length / stride) }, (_, n) => n * stride)
  const shareOf = (regime: number, from: number) => {
    const part = regimes.subarray(from, from + stride)
    return part.reduce((count, each) => count + Number(each === regime), 0) / part.length
  }
  return {
    openTimeMs: points.map((from) => openTimeMs[from]),
    close: points.map((from) => close[Math.min(from + stride, close.length) - 1]),
    shares: Array.from({ length: units }, (_, regime) => points.map((from) => shareOf(regime, from))),
  }
}
