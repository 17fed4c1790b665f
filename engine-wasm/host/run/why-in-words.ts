import { formulaInWords } from "../strategy/document/plain-words-formula.ts"
import { conditionsOf } from "../strategy/document/strategy-document.ts"
import { chosenParams } from "../strategy/document/strategy-document-params.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { Why, WhyCondition } from "./why.ts"

type Part = WhyCondition["part"]

/** A condition with its own words, and those of what it compares. */
export type ReportedCondition = Omit<WhyCondition, "operands"> & {
  words: string
  operands: { words: string; value: number | null }[]
}

/** The conditions of a candle in words, and how those of each part belong together. */
export function whyInWords(
  { strategy, params }: Pick<RunPlan, "strategy" | "params">,
  { conditions }: Pick<Why, "conditions">,
): { conditions: ReportedCondition[]; joins: Partial<Record<Part, "all" | "any">> } {
  const chosen = chosenParams(strategy, params)
  const words = (formula: string) => formulaInWords(formula, chosen.ok ? chosen.values : {})
  return {
    conditions: conditions.map((condition) => ({
      ...condition,
      words: words(condition.formula),
      operands: condition.operands.map(({ formula, value }) => ({ words: words(formula), value })),
    })),
    joins: joinsOf(strategy),
  }
}

function joinsOf(strategy: RunPlan["strategy"]): Partial<Record<Part, "all" | "any">> {
  const rules = (["long", "short"] as const).flatMap((side) =>
    (["enter", "exit"] as const).map((deed) => [`${side}.${deed}` as Part, strategy[side]?.[deed]] as const),
  )
  return Object.fromEntries(rules.flatMap(([part, rule]) => (rule ? [[part, conditionsOf(rule).join]] : [])))
}
