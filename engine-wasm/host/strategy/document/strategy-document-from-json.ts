import { plainMessage } from "../../candles/shape-words.ts"
import { valueFromJson, valueFromObject } from "./json-place.ts"
import { problemsOf, type StrategyProblem } from "./strategy-document-problems.ts"
import { referenceProblems } from "./strategy-document-references.ts"
import { strategySchema, type StrategyDocument } from "./strategy-document.ts"

export type StrategyOrProblems = { ok: true; strategy: StrategyDocument } | { ok: false; problems: StrategyProblem[] }

/**
 * The strategy in a JSON text or a parsed value, with every default filled in; or all its problems, each with its
 * path and what to do. `extra`: the candle file's further columns; without it, any unknown name in a formula counts
 * as one, and `compileStrategy` refuses it once the candles are known.
 */
export function strategyFromJson(
  input: unknown,
  { extra = "any" }: { extra?: string[] | "any" } = {},
): StrategyOrProblems {
  const read = typeof input === "string" ? valueFromJson(input) : valueFromObject(input)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const checked = strategySchema.safeParse(read.value, { error: plainMessage })
  if (!checked.success) return refused(problemsOf(checked.error))
  const problems = referenceProblems(checked.data, extra)
  return problems.length > 0 ? refused(problems) : { ok: true, strategy: checked.data }
}

/** Nobody reads more than these. */
const MOST_PROBLEMS = 100

function refused(problems: StrategyProblem[]): StrategyOrProblems {
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) }
}
