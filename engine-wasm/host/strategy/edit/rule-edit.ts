import type { WrittenStrategy } from "../document/strategy-document.ts"
import type { DocumentPath } from "./document-path.ts"

/** Where a rule is: which side, and whether it opens or closes. */
export type RulePlace = "long.enter" | "long.exit" | "short.enter" | "short.exit"
/** The conditions of a rule and how they join; without conditions, there is no rule. */
export type EditedRule = { join: "all" | "any"; formulas: readonly string[] }

type Side = NonNullable<WrittenStrategy["long"]>

/** The rule at a place. One that is not there yet has no conditions. */
export function ruleAt(document: WrittenStrategy, place: RulePlace): EditedRule {
  const [side, part] = partsOf(place)
  const rule = document[side]?.[part]
  if (!rule) return { join: part === "enter" ? "all" : "any", formulas: [] }
  return "all" in rule ? { join: "all", formulas: rule.all } : { join: "any", formulas: rule.any }
}

/** The document with this rule at a place. A side goes when neither of its rules has a condition. */
export function withRule(document: WrittenStrategy, place: RulePlace, rule: EditedRule): WrittenStrategy {
  const [side, part] = partsOf(place)
  const other = part === "enter" ? ruleAt(document, `${side}.exit`) : ruleAt(document, `${side}.enter`)
  const [enter, exit] = part === "enter" ? [rule, other] : [other, rule]
  if (enter.formulas.length + exit.formulas.length === 0) return { ...document, [side]: null }
  const written: Side = { enter: writtenRule(enter), exit: exit.formulas.length > 0 ? writtenRule(exit) : null }
  return { ...document, [side]: written }
}

/** Where a rule's condition is in the document. */
export function conditionPath(document: WrittenStrategy, place: RulePlace, at: number): DocumentPath {
  return [...partsOf(place), ruleAt(document, place).join, at]
}

function partsOf(place: RulePlace): ["long" | "short", "enter" | "exit"] {
  return place.split(".") as ["long" | "short", "enter" | "exit"]
}

function writtenRule({ join, formulas }: EditedRule): Side["enter"] {
  return join === "all" ? { all: [...formulas] } : { any: [...formulas] }
}

/** A list with one of its items at another place. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from])
}
