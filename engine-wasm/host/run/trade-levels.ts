import { BookField } from "../../assembly/account/record.ts"
import { exitReasons } from "../result/backtest-result.ts"
import { CodeStopped } from "./code/code-stopped.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import { advanceRun } from "./advance-run.ts"
import { prepareRun, type RunPlan } from "./engine/engine-run.ts"
import type { AccountSettings } from "./backtest-request.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { SimulationRecorder } from "./engine/simulation-recorder.ts"

/** Levels after each base candle of a stretch; NaN where there is none. Prices in quote currency. */
export type TradeLevels = {
  openTimeMs: Float64Array
  /** NaN too where it would be beyond the liquidation. */
  stop: Float64Array
  targets: Float64Array[]
  /** Where a short with leverage, or one without a nearer stop, loses its margin. */
  liquidation: Float64Array
}

export type TradeLevelsAnswer = { ok: true; levels: TradeLevels } | { ok: false; problems: StrategyProblem[] }

/** A longer trade shows its first levels only. */
const MOST_CANDLES = 5_000

/**
 * Runs again and records stop and targets after each base candle from `fromMs` to `toMs` (open times, both included),
 * at most 5,000 of them. Keeps nothing from the first run.
 */
export function tradeLevels(
  session: EngineSession,
  plan: RunPlan,
  { market = 0, fromMs, toMs }: { market?: number; fromMs: number; toMs: number },
): TradeLevelsAnswer {
  const prepared = prepareRun(session, plan)
  if (!prepared.ok) return prepared
  const times = session.markets[market].candles.openTimeMs.filter((timeMs) => timeMs >= fromMs && timeMs <= toMs)
  const levels = emptyLevels(times.subarray(0, MOST_CANDLES))
  return CodeStopped.orElse(() => {
    note(prepared.run.session, { market, account: plan.account }, levels)
    return { ok: true, levels }
  })
}

function emptyLevels(openTimeMs: Float64Array): TradeLevels {
  return { openTimeMs, stop: unknown(openTimeMs), liquidation: unknown(openTimeMs), targets: [] }
}

function unknown({ length }: Float64Array): Float64Array {
  return new Float64Array(length).fill(Number.NaN)
}

type Noted = { market: number; account: AccountSettings }

function note(session: EngineSession, { market, account }: Noted, levels: TradeLevels): void {
  const { openTimeMs, stop, targets, liquidation } = levels
  const recorder = new SimulationRecorder({ samples: MOST_CANDLES })
  const { timeframeMs } = session.markets[market].candles
  const value = (field: number): number => session.instance.bookValue(market, field)
  openTimeMs.forEach((timeMs, at) => {
    advanceRun(session, recorder, timeMs + timeframeMs)
    if (value(BookField.side) === 0) return
    const isLiquidation = exitReasons[value(BookField.stopReason)] === "liquidation"
    stop[at] = isLiquidation ? Number.NaN : value(BookField.stop)
    liquidation[at] = isLiquidation
      ? value(BookField.stop)
      : liquidationOf({ side: value(BookField.side), entryPrice: value(BookField.entryPrice) }, account)
    const count = value(BookField.targetCount)
    while (targets.length < count) targets.push(unknown(openTimeMs))
    for (let n = value(BookField.nextTarget); n < count; n++) targets[n][at] = value(BookField.targets + n)
  })
}

/** The engine's own level (assembly/decide/stops.ts), which it keeps only while no stop is nearer. */
function liquidationOf(book: { side: number; entryPrice: number }, { leverage, fills }: AccountSettings): number {
  // Freqtrade's fills have no level of their own: they ask at each candle whether the margin is gone.
  if (book.side > 0 || leverage <= 1 || fills === "freqtrade") return Number.NaN
  return (book.entryPrice * (leverage + 1)) / (leverage * (1 + MAINTENANCE_MARGIN))
}

const MAINTENANCE_MARGIN = 0.005
