import { timeframesMs } from "../../candles/timeframe.ts"
import type { RunRecord } from "../../result/run-record.ts"
import { type RegimeTrades, tradesPerRegime } from "../../result/trade-tables.ts"
import { seriesProgram } from "../../strategy/compile/compile.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { seriesOfProgram } from "../series.ts"
import { regimeNames } from "./regime-names.ts"

/**
 * A run's trades by the regime at their entry, a table for each model of regimes that the strategy carries. Runs the
 * session's engine again: what of the run lies in its memory is lost.
 */
export function tradesByRegime(
  session: EngineSession,
  { models = {} }: Pick<StrategyDocument, "models">,
  record: RunRecord,
): RegimeTrades[] {
  const moods = Object.entries(models).filter(([, { kind }]) => kind === "regimes")
  return moods.map(([model, mood]) => ({
    model,
    groups: tradesPerRegime(record, regimeNames(mood), regimesAtEntry(session, mood, record)),
  }))
}

/** For each trade, the regime that was known at its entry; NaN before the model speaks. */
function regimesAtEntry(session: EngineSession, model: ForecastModel, { trades }: RunRecord): Float64Array {
  const said = session.markets.map((_, market) => saidOf(session, model, market))
  const candleMs = timeframesMs[model.timeframe]
  return Float64Array.from({ length: trades.count }, (_, i) => {
    const { openTimeMs, regimes } = said[trades.market[i]]
    return regimes[lastAtOrBefore(openTimeMs, trades.entryTimeMs[i] - candleMs)] ?? Number.NaN
  })
}

type Said = { openTimeMs: Float64Array; regimes: Float64Array }

const nothing: Said = { openTimeMs: new Float64Array(0), regimes: new Float64Array(0) }

function saidOf(session: EngineSession, model: ForecastModel, market: number): Said {
  const asked = `regime("model")`
  const compiled = seriesProgram([asked], model.timeframe, session.markets[market].compile, { model })
  if (!compiled.ok) return nothing
  const { openTimeMs, series } = seriesOfProgram(session, compiled.program, market)
  return { openTimeMs: openTimeMs.slice(), regimes: series[asked].slice() }
}

/** The last place whose time is not after another; -1 where all are. */
function lastAtOrBefore(ascending: Float64Array, timeMs: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] <= timeMs) low = middle + 1
    else high = middle
  }
  return low - 1
}
