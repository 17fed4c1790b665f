import { emptyDraft, isTooLarge, MOST_REGISTERS, type CompileMarket } from "./compile-draft.ts"
import { beginCompilation, seriesAnswers, strategyAnswers, type Compilation } from "./compile-rules.ts"
import { finishedProgram, type Answers } from "./compile-program.ts"
import type { Program } from "./program.ts"
import { shownFormulas } from "./shown-formulas.ts"
import { chosenParams, resolvedStrategy, type ParamValues } from "../document/strategy-document-params.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import { candleTimeframesMs, timeframeOf, timeframesMs, type CandleTimeframe } from "../../candles/timeframe.ts"

export type { CompileMarket } from "./compile-draft.ts"
export type Compiled = { ok: true; program: Program } | { ok: false; problems: StrategyProblem[] }

/**
 * The program of a strategy document for one market, with these values of its params (the document's own where
 * missing). Refuses, with path and character, what cannot be computed without looking ahead.
 */
export function compileStrategy(strategy: StrategyDocument, { params, market }: CompilePlace): Compiled {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return chosen
  const problems = strategy.code ? [codeProblem] : clockProblems(strategy.timeframe, market)
  if (problems.length > 0) return { ok: false, problems }
  const compilation = beginCompilation(emptyDraft(market, timeframesMs[strategy.timeframe]), chosen.values, strategy)
  return finished(compilation, strategyAnswers(compilation, resolvedStrategy(strategy, chosen.values)))
}

const codeProblem = { path: "code", because: "this strategy is written in code; it is compiled as code, not as rules" }

/**
 * A program that only computes formulas, each under its own text in `named` (several when a function has several
 * outputs).
 */
export function seriesProgram(
  formulas: string[],
  timeframe: CandleTimeframe,
  market: CompileMarket,
  models?: StrategyDocument["models"],
): Compiled {
  const problems = clockProblems(timeframe, market)
  if (problems.length > 0) return { ok: false, problems }
  const compilation = beginCompilation(emptyDraft(market, candleTimeframesMs[timeframe]), {}, { series: {}, models })
  return finished(compilation, seriesAnswers(compilation, formulas))
}

/**
 * A program that only computes what a strategy uses: its named series, and the indicators inside its conditions, each
 * under its own text.
 */
export function strategySeriesProgram(strategy: StrategyDocument, place: CompilePlace): Compiled {
  return strategyFormulasProgram(strategy, shownFormulas(strategy), place)
}

type CompilePlace = { params?: ParamValues; market: CompileMarket }

/** The same for any formulas over a strategy's params and series. */
export function strategyFormulasProgram(
  strategy: StrategyDocument,
  formulas: string[],
  { params, market }: CompilePlace,
): Compiled {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return chosen
  const problems = clockProblems(strategy.timeframe, market)
  if (problems.length > 0) return { ok: false, problems }
  const draft = emptyDraft(market, timeframesMs[strategy.timeframe])
  const compilation = beginCompilation(draft, chosen.values, strategy)
  compilation.scope.seriesInReach = compilation.scope.series.length
  return finished(compilation, seriesAnswers(compilation, formulas))
}

/** Why candles cannot be joined into this timeframe; empty: they can. */
export function clockProblems(timeframe: CandleTimeframe, market: CompileMarket): StrategyProblem[] {
  if (candleTimeframesMs[timeframe] % market.timeframeMs === 0) return []
  const base = timeframeOf(market.timeframeMs) ?? `${market.timeframeMs} ms`
  return [
    {
      path: "timeframe",
      because: `the candles are ${base} and cannot be joined into ${timeframe}; choose finer candles or a longer timeframe`,
    },
  ]
}

function finished({ scope: { draft }, problems }: Compilation, answers: Answers): Compiled {
  if (isTooLarge(draft))
    return {
      ok: false,
      problems: [
        { path: "", because: `the strategy needs more than ${MOST_REGISTERS} columns of numbers; make it simpler` },
      ],
    }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, program: finishedProgram(draft, answers) }
}
