import type { AccountSettings } from "../backtest-request.ts"
import { codeProblems, codeProgram, namesImage, tagsOf, tellNames, unusedSession } from "../code/code-run.ts"
import { CodeStopped } from "../code/code-stopped.ts"
import { clockProblems, compileStrategy } from "../../strategy/compile/compile.ts"
import { encodeMarketSettings, encodeSettings } from "./encode-settings.ts"
import { encodeProgram, entryTags } from "./encode-program.ts"
import type { EngineSession } from "./engine-session.ts"
import { put } from "./engine.ts"
import { fillModeProblems } from "../fill-mode-problems.ts"
import type { Program } from "../../strategy/compile/program.ts"
import { chosenParams, resolvedStrategy, type ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

/** What is to be run over a session's candles. */
export type RunPlan = {
  strategy: StrategyDocument
  params?: ParamValues
  account: AccountSettings
  /** Trading starts at the first strategy candle opening at or after this. */
  fromMs?: number
}

/** A run laid out in its session's engine, ready for its first candle. */
export type EngineRun = {
  session: EngineSession
  /** One for each market. */
  programs: Program[]
  /** Entry tags by number, as far as the run has come. */
  tags: () => string[]
  /** Settings, rules and programs as the engine reads them: what the run is, to the byte. */
  image: Uint8Array[]
}

export type PreparedRun = { ok: true; run: EngineRun } | { ok: false; problems: StrategyProblem[] }

/**
 * Compiles the strategy for every market and lays it out behind the candles; an earlier run's layout there is
 * released.
 */
export function prepareRun(session: EngineSession, plan: RunPlan): PreparedRun {
  const chosen = chosenParams(plan.strategy, plan.params)
  if (!chosen.ok) return chosen
  if (plan.strategy.code) return prepareCodeRun(session, plan, chosen.values)
  const problems = fillModeProblems(plan.strategy, plan.account)
  if (problems.length > 0) return { ok: false, problems }
  const programs: Program[] = []
  for (const market of session.markets) {
    const compiled = compileStrategy(plan.strategy, {
      params: chosen.values,
      market: { ...market.compile, strictCrossings: plan.account.fills === "backtesting.py" },
    })
    if (!compiled.ok) return compiled
    programs.push(compiled.program)
  }
  const image = imageOf(session, plan, chosen.values, programs)
  layOut(session, image)
  const { long, short } = entryTags(programs[0])
  const tags = [...long, ...short].map((tag) => tag.formula)
  return { ok: true, run: { session, programs, image, tags: () => tags } }
}

/** The same for a strategy in code: its own module, its params by name, and no program but its clock. */
function prepareCodeRun(loaded: EngineSession, plan: RunPlan, params: ParamValues): PreparedRun {
  const problems = [
    ...codeProblems(plan, loaded),
    ...loaded.markets.flatMap(({ compile }) => clockProblems(plan.strategy.timeframe, compile)),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const session = unusedSession(loaded)
  const programs = session.markets.map(() => codeProgram(plan.strategy))
  const image = imageOf(session, plan, params, programs)
  try {
    layOut(session, image, () => tellNames(session, params))
  } catch (stopped) {
    return CodeStopped.asProblems(stopped)
  }
  return {
    ok: true,
    run: { session, programs, image: [...image, namesImage(params)], tags: () => tagsOf(session.instance) },
  }
}

function imageOf(
  { markets }: EngineSession,
  { strategy, account, fromMs = -Infinity }: RunPlan,
  params: ParamValues,
  programs: Program[],
): Uint8Array[] {
  const settings = encodeSettings(resolvedStrategy(strategy, params), account, fromMs)
  const timeframeMs = timeframesMs[strategy.timeframe]
  const rules = Float64Array.from(
    markets.flatMap(({ candles, extras }) => encodeMarketSettings(account, candles, extras, timeframeMs)),
  )
  return [bytesOf(settings), bytesOf(rules), ...programs.map((program, n) => encodeProgram(program, markets[n].extras))]
}

function layOut(
  { instance, markets, mark }: EngineSession,
  [settings, rules, ...programs]: Uint8Array[],
  beforeStart?: () => void,
): void {
  instance.release(mark)
  instance.begin(markets.length, put(instance, settings), put(instance, rules))
  markets.forEach(({ columns, candles }, n) => {
    instance.setMarket(n, put(instance, programs[n]), columns, candles.openTimeMs.length, candles.timeframeMs)
  })
  beforeStart?.()
  instance.start()
}

function bytesOf(row: Float64Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.byteLength)
}
