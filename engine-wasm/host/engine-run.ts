import type { AccountSettings } from "./backtest-request.ts"
import { compileStrategy } from "./compile.ts"
import { encodeMarketSettings, encodeSettings } from "./encode-settings.ts"
import { encodeProgram, entryTags } from "./encode-program.ts"
import type { EngineSession } from "./engine-session.ts"
import { put } from "./engine.ts"
import { fillModeProblems } from "./fill-mode-problems.ts"
import type { Program } from "./program.ts"
import { chosenParams, resolvedStrategy, type ParamValues } from "./strategy-document-params.ts"
import type { StrategyProblem } from "./strategy-document-problems.ts"
import type { StrategyDocument } from "./strategy-document.ts"
import { timeframesMs } from "./timeframe.ts"

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
  /** Entry tags by number. */
  tags: string[]
  /** Settings, rules and programs as the engine reads them: what the run is, to the byte. */
  image: Uint8Array[]
}

/** Compiles the strategy for every market and lays it out behind the candles; an earlier run's layout there is released. */
export function prepareRun(session: EngineSession, plan: RunPlan): { ok: true; run: EngineRun } | { ok: false; problems: StrategyProblem[] } {
  const chosen = chosenParams(plan.strategy, plan.params)
  if (!chosen.ok) return chosen
  const problems = fillModeProblems(plan.strategy, plan.account)
  if (problems.length > 0) return { ok: false, problems }
  const programs: Program[] = []
  for (const market of session.markets) {
    const compiled = compileStrategy(plan.strategy, { params: chosen.values, market: market.compile })
    if (!compiled.ok) return compiled
    programs.push(compiled.program)
  }
  const image = imageOf(session, plan, chosen.values, programs)
  layOut(session, image)
  const { long, short } = entryTags(programs[0])
  return { ok: true, run: { session, programs, image, tags: [...long, ...short].map((tag) => tag.formula) } }
}

function imageOf({ markets }: EngineSession, { strategy, account, fromMs = -Infinity }: RunPlan, params: ParamValues, programs: Program[]): Uint8Array[] {
  const settings = encodeSettings(resolvedStrategy(strategy, params), account, fromMs)
  const timeframeMs = timeframesMs[strategy.timeframe]
  const rules = Float64Array.from(markets.flatMap(({ candles, extras }) => encodeMarketSettings(account, candles, extras, timeframeMs)))
  return [bytesOf(settings), bytesOf(rules), ...programs.map((program, n) => encodeProgram(program, markets[n].extras))]
}

function layOut({ instance, markets, mark }: EngineSession, [settings, rules, ...programs]: Uint8Array[]): void {
  instance.release(mark)
  instance.begin(markets.length, put(instance, settings), put(instance, rules))
  markets.forEach(({ columns, candles }, n) => {
    instance.setMarket(n, put(instance, programs[n]), columns, candles.openTimeMs.length, candles.timeframeMs)
  })
  instance.start()
}

function bytesOf(row: Float64Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.byteLength)
}
