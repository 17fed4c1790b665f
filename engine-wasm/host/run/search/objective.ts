import { metricDefinitions } from "../../result/metric-definitions.ts"
import { formulaOverNumbers, type FormulaOverNumbers } from "../../strategy/compile/formula-over-numbers.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"

/** What a search may look for by name; anything else is a formula over the figures. */
export const namedObjectives = {
  sharpe: "sharpe",
  sortino: "sortino",
  calmar: "calmar",
  return: "totalReturnPercent",
  returnOverDrawdown: "totalReturnPercent / maxDrawdownPercent",
  expectancy: "expectancy",
} as const

export type ObjectiveName = keyof typeof namedObjectives

/** What a search looks for: a number for each combination, the larger the better. */
export type Objective = {
  /** As it was chosen: a name or a formula. */
  text: string
  /** How good a row of figures is that begins at `at`; NaN where it cannot be judged. */
  scoreOf: FormulaOverNumbers
}

export type ReadObjective = { ok: true; objective: Objective } | { ok: false; problems: StrategyProblem[] }
export type ReadObjectives = { ok: true; objectives: Objective[] } | { ok: false; problems: StrategyProblem[] }

/** More objectives than this and nearly every combination would be the best at something. */
export const MOST_OBJECTIVES = 4

/**
 * An objective by its name, or by a formula over the figures of a row, such as `sharpe - 0.1 * maxDrawdownPercent`.
 * A figure on its own is best as its definition says: `maxDrawdownPercent` looks for the smallest.
 */
export function readObjective(text: string, figures: readonly string[] = sweepFigures): ReadObjective {
  const formula = Object.hasOwn(namedObjectives, text) ? namedObjectives[text as ObjectiveName] : text
  const read = formulaOverNumbers(formula, { names: figures, what: "figure" })
  if (!read.ok)
    return { ok: false, problems: [{ path: "objective", because: read.because, character: read.character }] }
  const sign = isBetterLower(formula.trim()) ? -1 : 1
  return { ok: true, objective: { text, scoreOf: (row, at) => finite(sign * read.valueOf(row, at)) } }
}

/** Several objectives at once, each read as `readObjective` does; the first also leads the search. */
export function readObjectives(texts: readonly string[], figures: readonly string[] = sweepFigures): ReadObjectives {
  if (texts.length < 1 || texts.length > MOST_OBJECTIVES)
    return {
      ok: false,
      problems: [{ path: "objective", because: `name 1 to ${MOST_OBJECTIVES} objectives, not ${texts.length}` }],
    }
  const read = texts.map((text) => readObjective(text, figures))
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems))
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, objectives: read.flatMap((one) => (one.ok ? [one.objective] : [])) }
}

/** The score by each objective, of the row of figures that begins at `at`: a point for the Pareto front. */
export function scoresOf(objectives: readonly Objective[], row: ArrayLike<number>, at: number): number[] {
  return objectives.map(({ scoreOf }) => scoreOf(row, at))
}

/** What to say when an objective could judge no combination at all. */
export function nothingJudged({ text }: Objective): string {
  return (
    `\`${text}\` has no value for any combination: a figure in it has no meaning here, such as the Sharpe ratio ` +
    "of a strategy that never traded, or it divides by zero. Nothing was lost; choose another objective, or values " +
    "with which the strategy trades"
  )
}

function isBetterLower(figure: string): boolean {
  return metricDefinitions.find(({ key }) => key === figure)?.better === "lower"
}

function finite(score: number): number {
  return Number.isFinite(score) ? score : Number.NaN
}
