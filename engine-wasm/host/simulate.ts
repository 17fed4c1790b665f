import { AccountField, RejectedField, TradeField } from "../assembly/broker/record.ts"
import type { AccountSettings } from "./backtest-request.ts"
import { rejectedReasons, type EquityCurve, type Rejected, type TradeColumns } from "./backtest-result.ts"
import { compileStrategy } from "./compile.ts"
import { encodeProgram, entryTags } from "./encode-program.ts"
import { encodeMarketSettings, encodeSettings } from "./encode-settings.ts"
import type { EngineSession, LoadedMarket } from "./engine-session.ts"
import { put, view, type EngineExports } from "./engine.ts"
import { GrowingColumn } from "./growing-column.ts"
import { chosenParams, resolvedStrategy, type ParamValues } from "./strategy-document-params.ts"
import type { StrategyProblem } from "./strategy-document-problems.ts"
import type { StrategyDocument } from "./strategy-document.ts"
import { timeframesMs } from "./timeframe.ts"

/** Base candles done between two looks at progress and cancel. */
const SLICE_CANDLES = 65_536
const RECORD = { equityTimes: 0, equity: 1, trades: 2, rejections: 3 } as const

export type SimulationPlan = {
  strategy: StrategyDocument
  params?: ParamValues
  account: AccountSettings
  fromMs?: number
}

/** What the engine told of a run, in columns. */
export type Simulation = {
  trades: TradeColumns
  equity: EquityCurve
  rejected: Rejected[]
  ambiguousCandles: number
  exposedSamples: number
  /** Entry tags by number, as in `trades.entryTag`. */
  tags: string[]
}

export type Simulated = { ok: true; simulation: Simulation } | { ok: false; problems: StrategyProblem[] }

/** A run in slices: each `next` does up to 65,536 base candles a market and answers how many are done. */
export type SimulationSteps = Generator<number, Simulation>

/** Prepares a run over the session's markets: compiles, lays out, and gives back its steps. Refuses what cannot be computed. */
export function prepareSimulation(session: EngineSession, plan: SimulationPlan): { ok: true; steps: SimulationSteps } | { ok: false; problems: StrategyProblem[] } {
  const chosen = chosenParams(plan.strategy, plan.params)
  if (!chosen.ok) return chosen
  const programs = []
  for (const market of session.markets) {
    const compiled = compileStrategy(plan.strategy, { params: chosen.values, market: market.compile })
    if (!compiled.ok) return compiled
    programs.push(compiled.program)
  }
  const settings = encodeSettings(resolvedStrategy(plan.strategy, chosen.values), plan.account, plan.fromMs ?? -Infinity)
  layOut(session, plan, settings, programs.map((program, n) => encodeProgram(program, session.markets[n].extras)))
  const { long, short } = entryTags(programs[0])
  return { ok: true, steps: steps(session, [...long, ...short].map((tag) => tag.formula)) }
}

/** The whole run at once. */
export function simulate(session: EngineSession, plan: SimulationPlan): Simulated {
  const prepared = prepareSimulation(session, plan)
  if (!prepared.ok) return prepared
  for (;;) {
    const step = prepared.steps.next()
    if (step.done) return { ok: true, simulation: step.value }
  }
}

/** Lays programs and settings behind the candles and starts the run; what an earlier run left there is released. */
function layOut({ instance, markets, mark }: EngineSession, { account, strategy }: SimulationPlan, settings: Float64Array, programs: Uint8Array[]): void {
  instance.release(mark)
  const rules = Float64Array.from(markets.flatMap(({ candles, extras }) => encodeMarketSettings(account, candles, extras, timeframesMs[strategy.timeframe])))
  instance.begin(markets.length, put(instance, bytesOf(settings)), put(instance, bytesOf(rules)))
  markets.forEach((market, n) => setMarket(instance, n, market, programs[n]))
  instance.start()
}

function setMarket(instance: EngineExports, n: number, { columns, candles }: LoadedMarket, program: Uint8Array): void {
  instance.setMarket(n, put(instance, program), columns, candles.openTimeMs.length, candles.timeframeMs)
}

function bytesOf(row: Float64Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.byteLength)
}

function* steps({ instance, markets }: EngineSession, tags: string[]): SimulationSteps {
  const told = new Told(Math.max(...markets.map(({ candles }) => candles.openTimeMs.length)))
  const endMs = Math.max(...markets.map(({ candles }) => (candles.openTimeMs.at(-1) ?? -Infinity) + candles.timeframeMs))
  for (let done = 0; ; ) {
    const more = instance.advance(SLICE_CANDLES, endMs)
    told.take(instance, markets)
    if (more === 0) break
    done += more
    yield done
  }
  instance.finish()
  told.take(instance, markets)
  return told.simulation(instance, tags)
}

/** Collects what the engine's buffers say, slice by slice. */
class Told {
  readonly #equityTimes: GrowingColumn
  readonly #equity: GrowingColumn
  readonly #trades = new GrowingColumn()
  readonly #rejected: Rejected[] = []

  constructor(samples: number) {
    this.#equityTimes = new GrowingColumn(samples)
    this.#equity = new GrowingColumn(samples)
  }

  take(instance: EngineExports, markets: readonly LoadedMarket[]): void {
    this.#equityTimes.append(rows(instance, RECORD.equityTimes, 1))
    this.#equity.append(rows(instance, RECORD.equity, 1))
    this.#trades.append(rows(instance, RECORD.trades, TradeField.length))
    const rejections = rows(instance, RECORD.rejections, RejectedField.length)
    for (let at = 0; at < rejections.length; at += RejectedField.length) this.#rejected.push(rejectedOf(rejections.subarray(at), markets))
    instance.emptyRecords()
  }

  simulation(instance: EngineExports, tags: string[]): Simulation {
    const account = view(instance, instance.stateAddress(), AccountField.length)
    const equity = this.#equity.taken()
    // The last sample is told after what was open has been closed, so that profits and equity agree to the end.
    if (equity.length > 0) equity[equity.length - 1] = instance.equity()
    return {
      trades: tradeColumns(this.#trades.taken()),
      equity: { openTimeMs: this.#equityTimes.taken(), equity },
      rejected: this.#rejected,
      ambiguousCandles: account[AccountField.ambiguousCandles],
      exposedSamples: account[AccountField.exposedSamples],
      tags,
    }
  }
}

function rows(instance: EngineExports, kind: number, fields: number): Float64Array {
  return view(instance, instance.records(kind), instance.recordCount(kind) * fields)
}

function rejectedOf(row: Float64Array, markets: readonly LoadedMarket[]): Rejected {
  return {
    timeMs: row[RejectedField.timeMs],
    market: markets[row[RejectedField.market]].market,
    reason: rejectedReasons[row[RejectedField.reason]],
  }
}

function tradeColumns(rows: Float64Array): TradeColumns {
  const count = rows.length / TradeField.length
  const column = (field: TradeField): Float64Array => everyField(rows, field, count)
  return {
    count,
    market: column(TradeField.market),
    side: column(TradeField.side),
    quantity: column(TradeField.quantity),
    entryTimeMs: column(TradeField.entryTimeMs),
    entryPrice: column(TradeField.entryPrice),
    exitTimeMs: column(TradeField.exitTimeMs),
    exitPrice: column(TradeField.exitPrice),
    exitReason: column(TradeField.exitReason),
    profit: column(TradeField.profit),
    feesPaid: column(TradeField.feesPaid),
    slippagePaid: column(TradeField.slippagePaid),
    initialRisk: column(TradeField.initialRisk),
    entryTag: column(TradeField.entryTag),
  }
}

function everyField(rows: Float64Array, field: TradeField, count: number): Float64Array {
  const column = new Float64Array(count)
  for (let n = 0, at: number = field; n < count; n++, at += TradeField.length) column[n] = rows[at]
  return column
}
