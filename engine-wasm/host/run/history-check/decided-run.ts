import { exitReasons, type TradeColumns } from "../../result/backtest-result.ts"
import { CodeStopped } from "../code/code-stopped.ts"
import { prepareRun, type EngineRun, type RunPlan } from "../engine/engine-run.ts"
import { openSession, type MarketCandles } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { simulationSteps, SLICE_CANDLES } from "../engine/simulate.ts"
import type { Simulation } from "../engine/simulation-recorder.ts"
import { TaskRefused } from "../optimise/optimise-task.ts"
import type { StrategySeriesAnswer } from "../strategy-series.ts"

type Shown = Extract<StrategySeriesAnswer, { ok: true }>

/** Everything a run decided, and what its code showed on the first market. */
export type DecidedRun = Pick<Simulation, "trades" | "equity" | "rejected"> & { shown?: Shown }

/** Runs of a strategy over any candles. */
export type RunOver = {
  /** Over all of them, trading from a moment on. */
  whole: (markets: readonly MarketCandles[], fromMs?: number) => DecidedRun
  /** All that it remembers once it has handled what ends by the moment, to the byte: positions and what it wants next. */
  stateAt: (markets: readonly MarketCandles[], nowMs: number) => Uint8Array
}

/** Runs of a plan, each in memory of its own, so that none knows of another. Throw `TaskRefused` for what cannot run. */
export function runsOf(engine: Engine, plan: RunPlan): RunOver {
  const ran = <Answer>(
    markets: readonly MarketCandles[],
    fromMs: number | undefined,
    answer: (run: EngineRun) => Answer,
  ) => {
    const shown = plan.strategy.code ? 0 : undefined
    const prepared = prepareRun(openSession(engine, markets), { ...plan, fromMs: fromMs ?? plan.fromMs, shown })
    const done = prepared.ok
      ? CodeStopped.orElse(() => ({ ok: true as const, answer: answer(prepared.run) }))
      : prepared
    if (!done.ok) throw new TaskRefused(done.problems[0].because)
    return done.answer
  }
  return {
    whole: (markets, fromMs) => ran(markets, fromMs, finished),
    stateAt: (markets, nowMs) => ran(markets, undefined, (run) => stateOf(run, nowMs)),
  }
}

function stateOf({ session: { instance }, shown }: EngineRun, nowMs: number): Uint8Array {
  while (instance.advance(SLICE_CANDLES, nowMs) > 0) {
    instance.emptyRecords()
    shown?.take()
  }
  return new Uint8Array(instance.memory.buffer, instance.stateAddress(), instance.stateBytes()).slice()
}

function finished(run: EngineRun): DecidedRun {
  const steps = simulationSteps(run)
  for (let step = steps.next(); ; step = steps.next())
    if (step.done) return { ...step.value, shown: run.shown?.answer() }
}

/** What of a trade was decided: all but how it is called. */
const decidedColumns = [
  "market",
  "side",
  "quantity",
  "entryTimeMs",
  "entryPrice",
  "exitTimeMs",
  "exitPrice",
  "exitReason",
  "profit",
] as const satisfies readonly (keyof TradeColumns)[]

/** Numbers of the trades that ended by a rule or an order, and not because the candles did. */
export function endedTrades({ count, exitReason }: TradeColumns, isWanted: (n: number) => boolean): number[] {
  const endOfData = exitReasons.indexOf("endOfData")
  return Array.from({ length: count }, (_, n) => n).filter((n) => exitReason[n] !== endOfData && isWanted(n))
}

/** Whether two trades are the same to the bit. */
export function isSameTrade(one: TradeColumns, n: number, other: TradeColumns, m: number): boolean {
  return decidedColumns.every((name) => Object.is(one[name][n], other[name][m]))
}
