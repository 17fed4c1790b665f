import type { AccountSettings } from "../backtest-request.ts"
import { codeProblems, codeProgram, namesImage, tagsOf, passNames, unusedSession } from "../code/code-run.ts"
import { CodeStopped } from "../code/code-stopped.ts"
import { ShownNumbers } from "../code/shown-numbers.ts"
import { clockProblems, compileStrategy } from "../../strategy/compile/compile.ts"
import { FillModeCode, Setting } from "../../../assembly/account/setting.ts"
import { encodeLiveMarket, encodeMarketSettings, encodeSettings } from "./encode-settings.ts"
import { encodeProgram, entryTags } from "./encode-program.ts"
import type { EngineSession } from "./engine-session.ts"
import { bytesOf, put } from "./engine.ts"
import { fillModeProblems } from "../fill-mode-problems.ts"
import type { Program } from "../../strategy/compile/program.ts"
import { chosenParams, resolvedStrategy, type ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { noPriceGrid, type PriceGrid } from "../../strategy/compile/grid.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

/** What to run over a session's candles. */
export type RunPlan = {
  strategy: StrategyDocument
  params?: ParamValues
  account: AccountSettings
  /** Trading starts at the first strategy candle opening at or after this. */
  fromMs?: number
  /** An exchange fills; the run only decides (live/live-run.ts). */
  live?: boolean
  /** Of a strategy in code: keep what it shows on this market (`EngineRun.shown`). */
  shown?: number
}

/** A run laid out in its session's engine, ready for its first candle. */
export type EngineRun = {
  session: EngineSession
  plan: RunPlan
  /** One for each market. */
  programs: Program[]
  /** On which each market's prices are counted. */
  grids: PriceGrid[]
  /** Entry tags by number, as far as the run has come. */
  tags: () => string[]
  /** What its code shows, where the plan asks for it. */
  shown?: ShownNumbers
  /** Settings, rules and programs in the engine's format: what the run is, to the byte. */
  image: Uint8Array[]
}

export type PreparedRun = { ok: true; run: EngineRun } | { ok: false; problems: StrategyProblem[] }

/**
 * Compiles the strategy for every market and lays it out behind the candles; an earlier run's layout there is
 * released.
 */
export function prepareRun(
  session: EngineSession,
  plan: RunPlan,
  grids: PriceGrid[] = session.markets.map(({ compile }) => compile),
): PreparedRun {
  const chosen = chosenParams(plan.strategy, plan.params)
  if (!chosen.ok) return chosen
  if (plan.strategy.code) return prepareCodeRun(session, plan, chosen.values)
  const problems = fillModeProblems(plan.strategy, plan.account)
  if (problems.length > 0) return { ok: false, problems }
  const compiled = compileMarkets(session, { ...plan, params: chosen.values }, grids)
  if (!compiled.ok) return compiled
  const { programs } = compiled
  const image = imageOf(session, plan, chosen.values, programs)
  layOut(session, image)
  const { long, short } = entryTags(programs[0])
  const tags = [...long, ...short].map((tag) => tag.formula)
  return { ok: true, run: { session, plan, programs, grids, image, tags: () => tags } }
}

type CompiledMarkets = { ok: true; programs: Program[] } | { ok: false; problems: StrategyProblem[] }

/** One program for each market, on these grids. */
function compileMarkets({ markets }: EngineSession, plan: RunPlan, grids: readonly PriceGrid[]): CompiledMarkets {
  const programs: Program[] = []
  for (const [n, { compile }] of markets.entries()) {
    const strictCrossings = plan.account.fills === "backtesting.py"
    const market = { ...compile, ...grids[n], strictCrossings }
    const compiled = compileStrategy(plan.strategy, { params: plan.params, market })
    if (!compiled.ok) return compiled
    programs.push(compiled.program)
  }
  return { ok: true, programs }
}

/** Lays the same run out anew, on the grids of a snapshot. */
export function layOutOn(run: EngineRun, grids: PriceGrid[]): void {
  const again = prepareRun(run.session, run.plan, grids)
  if (!again.ok) throw new Error("a strategy that compiles does so on every grid of prices")
  Object.assign(run, again.run)
}

/** What the run is, to the byte, whatever its prices are counted in: its image on a grid that all runs share. */
export function identityOf({ session, plan, image }: EngineRun): Uint8Array[] {
  if (plan.strategy.code) return image
  const chosen = chosenParams(plan.strategy, plan.params)
  const compiled = chosen.ok
    ? compileMarkets(session, { ...plan, params: chosen.values }, commonGrids(session))
    : chosen
  return chosen.ok && compiled.ok ? imageOf(session, plan, chosen.values, compiled.programs) : image
}

// None: nothing in the program says then how prices are counted.
function commonGrids({ markets }: EngineSession): PriceGrid[] {
  return markets.map(() => noPriceGrid)
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
  let shown: ShownNumbers | undefined
  try {
    layOut(session, image, () => {
      passNames(session, params)
      if (plan.shown !== undefined) shown = new ShownNumbers(session.instance, plan.shown)
    })
  } catch (stopped) {
    return CodeStopped.asProblems(stopped)
  }
  return {
    ok: true,
    run: {
      session,
      plan,
      programs,
      grids: session.markets.map(({ compile }) => compile),
      image: [...image, namesImage(params)],
      tags: () => tagsOf(session.instance),
      shown,
    },
  }
}

function imageOf(
  { markets }: EngineSession,
  { strategy, account, fromMs = -Infinity, live = false }: RunPlan,
  params: ParamValues,
  programs: Program[],
): Uint8Array[] {
  const settings = encodeSettings(resolvedStrategy(strategy, params), account, fromMs)
  if (live) settings[Setting.fills] = FillModeCode.live
  const timeframeMs = timeframesMs[strategy.timeframe]
  const rules = Float64Array.from(
    markets.flatMap(({ candles, extras, priceTick = account.priceTick }) =>
      live
        ? encodeLiveMarket({ ...account, priceTick }, candles, extras)
        : encodeMarketSettings({ ...account, priceTick }, candles, extras, timeframeMs),
    ),
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
