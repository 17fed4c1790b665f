import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { makeFixed } from "../../strategy/edit/adjustable.ts"
import { conditionOf } from "../../strategy/edit/condition.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { operandOf } from "../../strategy/edit/operand.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import type { Formula } from "../../strategy/formula/formula.ts"
import { writtenOut } from "./given-values.ts"
import { withParamAt } from "./set-number.ts"

/** A number that a condition compares a value with: the 70 of "rsi(close, 14) > 70". */
export type RuleLevel = {
  place: RulePlace
  index: number
  /** The function, or the name of the candle, that is compared. */
  name: string
  output?: string
  value: number
  isUpper: boolean
}

export const rulePlaces: RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]

/** The levels of a document's rules, whether written as numbers or as sliders. */
export function levelsOf(document: WrittenStrategy, places = rulePlaces): RuleLevel[] {
  return places.flatMap((place) =>
    ruleAt(document, place).formulas.flatMap((text, index) => {
      const level = levelIn(document, text)
      return level ? [{ ...level, place, index }] : []
    }),
  )
}

type LevelIn = Omit<RuleLevel, "place" | "index">

function levelIn(document: WrittenStrategy, text: string): LevelIn | undefined {
  const plain = Object.keys(document.params ?? {}).reduce(makeFixed, document)
  const fixed = plainText(document, text)
  const parsed = parseFormula(writtenOut(plain, fixed))
  const condition = parsed.ok ? conditionOf(parsed.formula) : undefined
  if (!condition || condition.right?.kind !== "number") return undefined
  const { core, output } = operandOf(condition.left)
  if (core.kind !== "call" && core.kind !== "name") return undefined
  const isUpper = [">", ">=", "crossover"].includes(condition.comparison)
  if (!isUpper && !["<", "<=", "crossunder"].includes(condition.comparison)) return undefined
  return { name: core.name, ...(output && { output }), value: condition.right.value, isUpper }
}

/** A formula with numbers where it has names of sliders. */
function plainText(document: WrittenStrategy, text: string): string {
  const alone: WrittenStrategy = { ...document, series: {}, short: null, long: { enter: { all: [text] }, exit: null } }
  const fixed = Object.keys(document.params ?? {}).reduce(makeFixed, { ...alone, protect: {} })
  return ruleAt(fixed, "long.enter").formulas[0]
}

/** The document with another number at a level; a slider that only it has moves. */
export function withLevel(document: WrittenStrategy, { place, index }: RuleLevel, value: number): WrittenStrategy {
  const rule = ruleAt(document, place)
  const text = rule.formulas[index]
  const parsed = parseFormula(text)
  const right = parsed.ok ? conditionOf(parsed.formula)?.right : undefined
  if (!right) return document
  if (right.kind === "name" && document.params?.[right.name] && isOnlyIn(document, right.name, text))
    return withParamAt(document, right.name, value)
  const written = lettersOf(text, right)
  if (written === undefined) return document
  const changed = text.slice(0, right.at) + String(value) + text.slice(right.at + written)
  return withRule(document, place, { ...rule, formulas: rule.formulas.with(index, changed) })
}

function isOnlyIn(document: WrittenStrategy, name: string, text: string): boolean {
  const uses = writtenFormulas(document).filter((each) => new RegExp(`\\b${name}\\b`).test(each.text))
  return uses.length === 1 && uses[0].text === text
}

/** How many letters of the text a number, or the name of a slider, takes. */
function lettersOf(text: string, formula: Formula): number | undefined {
  if (formula.kind === "name") return formula.name.length
  return formula.kind === "number" ? /^[\d.]+/.exec(text.slice(formula.at))?.[0].length : undefined
}
