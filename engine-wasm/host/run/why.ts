import { BookField } from "../../assembly/account/record.ts"
import { exitReasons, type ExitReason, type RejectedReason } from "../result/backtest-result.ts"
import { unsoundWish } from "./code/unsound-wish.ts"
import { journalOf } from "./code/code-run.ts"
import { CodeStopped } from "./code/code-stopped.ts"
import { advanceInSlices } from "./advance-run.ts"
import { countBefore } from "../candles/candles.ts"
import { chosenParams } from "../strategy/document/strategy-document-params.ts"
import { conditionOperands } from "../strategy/formula/condition-operands.ts"
import { strategyFormulas } from "./strategy-series.ts"
import { type EntryTerms, waitingTerms } from "./entry-terms.ts"
import { prepareRun, type EngineRun, type RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { view, type EngineExports } from "./engine/engine.ts"
import type { Program } from "../strategy/compile/program.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import { timeframesMs } from "../candles/timeframe.ts"
import { SimulationRecorder } from "./engine/simulation-recorder.ts"

/** A condition at one candle. `value` is null while not ready, or when it needs a position (`asksForPosition`). */
export type WhyCondition = {
  part: Program["conditions"][number]["part"]
  formula: string
  value: number | null
  met: boolean
  asksForPosition: boolean
  /** The values it compares, by text with the params' values in it; null while not ready. */
  operands: { formula: string; value: number | null }[]
}

/** The position and its levels after the candle; prices in quote currency. */
export type WhyPosition = {
  side: "long" | "short"
  quantity: number
  entryPrice: number
  entryTimeMs: number
  candlesHeld: number
  bestPrice: number
  stop: number | null
  stopReason: ExitReason
  targets: number[]
}

/** Why it did, or did not, trade at the close of one strategy candle of one market. */
export type Why = {
  openTimeMs: number
  /**
   * How the strategy is written: `rules` have conditions and series; of `code` only its actions and its journal are
   * visible.
   */
  writtenAs: "rules" | "code"
  conditions: WhyCondition[]
  /**
   * What a strategy in code wrote at this candle with `this.log`, within the run's first 500 lines, and what it asked
   * for with a number that is none.
   */
  journal: string[]
  /** The named series at this candle; null while not ready. */
  series: { name: string; value: number | null }[]
  position: WhyPosition | null
  /** Placed at this close or before, filled by later candles. */
  waitingEntry: { side: "long" | "short"; limitPrice: number | null; terms?: EntryTerms } | null
  waitingExit: ExitReason | null
  /** Why an order at this candle was refused. */
  refusals: RejectedReason[]
}

export type WhyAnswer = { ok: true; why: Why } | { ok: false; problems: StrategyProblem[] }

const MOST_SAMPLES = 65_536

/**
 * Runs again up to the close of the candle that opens at `openTimeMs` and returns its state. Keeps nothing from the
 * first run. Cancelling rejects with the signal's reason. A strategy in code has no conditions to show, only
 * position, orders, refusals and its journal (`writtenAs`).
 */
export async function why(
  session: EngineSession,
  plan: RunPlan,
  { market = 0, openTimeMs, signal }: { market?: number; openTimeMs: number; signal?: AbortSignal },
): Promise<WhyAnswer> {
  const prepared = prepareRun(session, plan)
  if (!prepared.ok) return prepared
  const closesAtMs = openTimeMs + timeframesMs[plan.strategy.timeframe]
  const ran = await ranThrough(prepared.run, { openTimeMs, closesAtMs, signal })
  if (!ran.ok) return ran
  const { recorder } = ran
  const { instance } = prepared.run.session
  const at = instance.strategyCount(market) - 1
  if (at < 0 || view(instance, instance.strategyTimes(market), at + 1)[at] !== openTimeMs) return noSuchCandle
  const name = session.markets[market].market
  const isPeer = plan.account.fills !== "conservative"
  const refusals = recorder.rejected.filter(
    (refusal) =>
      refusal.market === name &&
      (isPeer ? refusal.timeMs === openTimeMs : refusal.timeMs > openTimeMs - 1 && refusal.timeMs <= closesAtMs),
  )
  const { conditions, wishes, ...standing } = standingAt(prepared.run, { market, at, openTimeMs })
  return {
    ok: true,
    why: {
      ...standing,
      journal: [...ran.journal, ...wishes],
      conditions: withOperands(session, plan, { market, openTimeMs, conditions }),
      refusals: refusals.map(({ reason }) => reason),
    },
  }
}

/**
 * How a run stands at its last candle, `at`, which opened at `openTimeMs`: all but what it has told meanwhile. `wishes`:
 * what code asked for with a number that is none.
 */
export type WhyStanding = Omit<Why, "conditions" | "journal" | "refusals"> & {
  conditions: BareCondition[]
  wishes: string[]
}

type Place = { market: number; at: number; openTimeMs: number }

export function standingAt(run: EngineRun, { market, at, openTimeMs }: Place): WhyStanding {
  const { plan, session } = run
  const { conditions, named } = conditionsAndSeries(run, market, at)
  const wish = session.engine.code === undefined ? undefined : unsoundWish(session.instance, market)
  return {
    wishes: wish === undefined ? [] : [wish],
    openTimeMs,
    writtenAs: plan.strategy.code ? "code" : "rules",
    conditions,
    series: named,
    ...bookOf(plan, session.instance, market),
  }
}

const noSuchCandle: WhyAnswer = {
  ok: false,
  problems: [{ path: "", because: "there is no closed candle of the strategy's timeframe at this time" }],
}

type Stretch = { openTimeMs: number; closesAtMs: number; signal: AbortSignal | undefined }

/** Continues to the candle's close; the journal has the lines written since it opened. */
async function ranThrough({ session }: EngineRun, { openTimeMs, closesAtMs, signal }: Stretch) {
  const recorder = new SimulationRecorder({ samples: MOST_SAMPLES })
  try {
    await advanceInSlices(session, recorder, { untilMs: openTimeMs, signal })
    const before = written(session).length
    await advanceInSlices(session, recorder, { untilMs: closesAtMs, signal })
    return { ok: true as const, recorder, journal: written(session).slice(before) }
  } catch (stopped) {
    return CodeStopped.asProblems(stopped)
  }
}

function written({ engine, instance }: EngineSession): string[] {
  return engine.code === undefined ? [] : journalOf(instance)
}

type BareCondition = Omit<WhyCondition, "operands">

function conditionsAndSeries(
  { session: { instance }, programs }: EngineRun,
  market: number,
  at: number,
): { conditions: BareCondition[]; named: Why["series"] } {
  const { conditions, named } = programs[market]
  const valueOf = (register: number): number | null =>
    orNull(view(instance, instance.registerAddress(market, register), at + 1)[at])
  return {
    conditions: conditions.map(({ part, formula, register }) =>
      conditionOf(part, formula, register === undefined ? undefined : valueOf(register)),
    ),
    named: named.map(({ name, register }) => ({ name, value: valueOf(register) })),
  }
}

function conditionOf(part: WhyCondition["part"], formula: string, value: number | null | undefined): BareCondition {
  return {
    part,
    formula,
    value: value ?? null,
    met: value !== null && value !== undefined && value !== 0,
    asksForPosition: value === undefined,
  }
}

type Asked = { market: number; openTimeMs: number; conditions: BareCondition[] }

/** Values of what the conditions compare, computed over the same candles; they replace the run in its session. */
export function withOperands(
  session: EngineSession,
  plan: RunPlan,
  { market, openTimeMs, conditions }: Asked,
): WhyCondition[] {
  const chosen = chosenParams(plan.strategy, plan.params)
  const textsOf = ({ formula }: BareCondition) => (chosen.ok ? conditionOperands(formula, chosen.values) : [])
  const valueOf = valuesAt(session, plan, { market, openTimeMs, formulas: [...new Set(conditions.flatMap(textsOf))] })
  return conditions.map((condition) => ({
    ...condition,
    operands: textsOf(condition).map((formula) => ({ formula, value: valueOf(formula) })),
  }))
}

type Wanted = { market: number; openTimeMs: number; formulas: string[] }

function valuesAt(session: EngineSession, plan: RunPlan, { market, openTimeMs, formulas }: Wanted) {
  const columns = formulas.length === 0 ? undefined : strategyFormulas(session, plan, { formulas, market })
  const at = columns ? countBefore(columns.openTimeMs, openTimeMs) : 0
  return (formula: string): number | null => orNull(columns?.series[formula]?.[at] ?? Number.NaN)
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function bookOf(
  plan: RunPlan,
  instance: EngineExports,
  market: number,
): Pick<Why, "position" | "waitingEntry" | "waitingExit"> {
  const value = (field: number): number => instance.bookValue(market, field)
  const entry = value(BookField.waitingEntry)
  const exit = value(BookField.waitingExit)
  const terms = waitingTerms(plan, value)
  return {
    position: value(BookField.side) === 0 ? null : positionOf(value),
    waitingEntry:
      entry === 0
        ? null
        : { side: sideOf(entry), limitPrice: orNull(value(BookField.limitPrice)), ...(terms && { terms }) },
    waitingExit: exit < 0 ? null : exitReasons[exit],
  }
}

function positionOf(value: (field: number) => number): WhyPosition {
  const next = value(BookField.nextTarget)
  const open = Math.max(value(BookField.targetCount) - next, 0)
  return {
    side: sideOf(value(BookField.side)),
    quantity: value(BookField.quantity),
    entryPrice: value(BookField.entryPrice),
    entryTimeMs: value(BookField.entryTimeMs),
    candlesHeld: value(BookField.candlesHeld),
    bestPrice: value(BookField.bestPrice),
    stop: orNull(value(BookField.stop)),
    stopReason: exitReasons[value(BookField.stopReason)],
    targets: Array.from({ length: open }, (_, n) => value(BookField.targets + next + n)),
  }
}

function sideOf(side: number): "long" | "short" {
  return side > 0 ? "long" : "short"
}
