import { strategyFormulasProgram, strategySeriesProgram } from "../strategy/compile/compile.ts"
import type { Formula } from "../strategy/formula/formula.ts"
import { parseFormula } from "../strategy/formula/formula-parser.ts"
import { isPriceFormula } from "../strategy/formula/price-formula.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { seriesOfProgram } from "./series.ts"

/** A series of a strategy, to be drawn: one value for each strategy candle, NaN while it is not ready. */
export type StrategySeries = {
  /** As the strategy names it ("bands.upper"), or the indicator's own text. */
  name: string
  /** Series drawn together share one group. */
  group: string
  /** Whether its line is drawn among the prices. */
  isPrice: boolean
  values: Float64Array
}

export type StrategySeriesAnswer =
  | { ok: true; openTimeMs: Float64Array; series: StrategySeries[] }
  | { ok: false; problems: StrategyProblem[] }

/**
 * The series a strategy of rules uses, with these values of its params: its named ones, and the indicators inside its
 * conditions. A strategy in code shows its own only while it runs (`backtestIn` with `seriesOf`).
 */
export function strategySeriesIn(
  session: EngineSession,
  { strategy, params }: Pick<RunPlan, "strategy" | "params">,
  market = 0,
): StrategySeriesAnswer {
  if (strategy.code) return { ok: true, openTimeMs: new Float64Array(0), series: [] }
  const compiled = strategySeriesProgram(strategy, { params, market: session.markets[market].compile })
  if (!compiled.ok) return compiled
  const { openTimeMs, series } = seriesOfProgram(session, compiled.program, market)
  const named = namedFormulas(strategy.series)
  return {
    ok: true,
    openTimeMs: openTimeMs.slice(),
    series: Object.entries(series).map(([name, values]) => ({
      name,
      group: groupOf(name),
      isPrice: isPriceName(name, named),
      values: values.slice(),
    })),
  }
}

/**
 * Values of formulas over a strategy's params and series on one of the session's markets, by their texts, in the
 * engine's memory: read them before the session runs again. Undefined where one of them cannot be computed.
 */
export function strategyFormulas(
  session: EngineSession,
  { strategy, params }: Pick<RunPlan, "strategy" | "params">,
  { formulas, market = 0 }: { formulas: string[]; market?: number },
): { openTimeMs: Float64Array; series: Record<string, Float64Array> } | undefined {
  const compiled = strategyFormulasProgram(strategy, formulas, { params, market: session.markets[market].compile })
  return compiled.ok ? seriesOfProgram(session, compiled.program, market) : undefined
}

function namedFormulas(series: Record<string, string>): Map<string, Formula> {
  return new Map(
    Object.entries(series).flatMap(([name, text]) => {
      const parsed = parseFormula(text)
      return parsed.ok ? [[name, parsed.formula] as const] : []
    }),
  )
}

function isPriceName(name: string, named: ReadonlyMap<string, Formula>): boolean {
  const parsed = parseFormula(name)
  return parsed.ok && isPriceFormula(parsed.formula, named)
}

/** "macd(close).signal" is drawn with "macd(close).line". */
function groupOf(name: string): string {
  const parsed = parseFormula(name)
  return parsed.ok && parsed.formula.kind === "output" ? name.slice(0, name.lastIndexOf(".")) : name
}
