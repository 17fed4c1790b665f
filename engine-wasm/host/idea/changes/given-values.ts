import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { makeFixed } from "../../strategy/edit/adjustable.ts"
import { renamedInFormulas, writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import type { Formula } from "../../strategy/formula/formula.ts"
import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"
import { everyPartOf } from "../../strategy/formula/formula-walk.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import type { Operand } from "../reading/operand.ts"

/** The values a given strategy speaks of, so that "and sell above 80" means one of them. */
export function valuesOf(document: WrittenStrategy): Operand[] {
  const plain = Object.keys(document.params ?? {}).reduce(makeFixed, document)
  return writtenFormulas(plain).flatMap(({ text }) => {
    const parsed = parseFormula(text)
    return parsed.ok ? everyPartOf(parsed.formula).flatMap(operandOf) : []
  })
}

const notValues = new Set(["crossover", "crossunder", "cross", "rising", "falling", "barsSince", "valueWhen", "change"])

function operandOf(formula: Formula): Operand[] {
  if (formula.kind === "output" && formula.of.kind === "call")
    return operandOf(formula.of).map((operand) => ({ ...operand, output: formula.output }))
  if (formula.kind !== "call" || notValues.has(formula.name) || !functionCatalogue.has(formula.name)) return []
  const numbers = formula.arguments.flatMap((each) => (each.kind === "number" ? [each.value] : []))
  const source = formula.arguments[0]?.kind === "name" ? formula.arguments[0].name : undefined
  return [{ name: formula.name, numbers, hasLength: true, ...(source && { source }) }]
}

/** A formula of the document with its series written out: what it is about. */
export function writtenOut(document: WrittenStrategy, text: string): string {
  const series = Object.entries(document.series ?? {}).toReversed()
  const alone: WrittenStrategy = {
    ...document,
    series: {},
    short: null,
    long: { enter: { all: [text] }, exit: null },
    protect: {},
  }
  const whole = series.reduce((changed, [name, formula]) => renamedInFormulas(changed, name, `(${formula})`), alone)
  return writtenFormulas(whole)[0]?.text ?? text
}

/** Whether a formula of the document asks for a function, by itself or through a series. */
export function usesFunction(document: WrittenStrategy, text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\(`).test(writtenOut(document, text))
}
