import { type Formula, ruleAt, type RulePlace, type StrategyDocument } from "#engine/strategy"
import { comparisonsIn, formulasAt } from "./rule-comparisons.ts"

/** How two comparisons of a rule hang together: both must hold, or one is enough. */
export type Join = "all" | "any"

/** For each two things that the rules at a place compare: whether both must hold. */
export function joinsAt(document: StrategyDocument, place: RulePlace): Map<string, Join> {
  const { join } = ruleAt(document, place)
  const parts = formulasAt(document, place)
  const joins = new Map<string, Join>()
  for (const part of parts) joinsIn(part, true, joins)
  joinAll(parts, join, joins)
  return joins
}

/** `isMeant` is false under "not", where "and" means "or". */
function joinsIn(formula: Formula, isMeant: boolean, joins: Map<string, Join>): void {
  if (formula.kind === "unary") return joinsIn(formula.of, formula.operator === "not" ? !isMeant : isMeant, joins)
  if (formula.kind !== "binary" || (formula.operator !== "and" && formula.operator !== "or")) return
  const { left, right } = formula
  joinsIn(left, isMeant, joins)
  joinsIn(right, isMeant, joins)
  joinAll([left, right], (formula.operator === "and") === isMeant ? "all" : "any", joins)
}

/** Every comparison of one part with every one of the others. */
function joinAll(parts: readonly Formula[], join: Join, joins: Map<string, Join>): void {
  const compared = parts.map((part) =>
    comparisonsIn(part, true).map(({ of, than }) => `${of} to ${than ?? "a number"}`),
  )
  for (const [at, ones] of compared.entries())
    for (const others of compared.slice(at + 1))
      for (const one of ones)
        for (const other of others) if (one !== other) joins.set([one, other].sort().join(" | "), join)
}
