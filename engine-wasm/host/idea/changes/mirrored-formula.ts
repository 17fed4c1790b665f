import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { type BinaryOperator, type Formula, formulaText } from "../../strategy/formula/formula.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import { withParts } from "../../strategy/formula/formula-walk.ts"
import { isDirectionless, middleOf, otherName, otherOutput } from "../reading/mirror.ts"

const flipped: Partial<Record<BinaryOperator, BinaryOperator>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" }
const otherCall: Record<string, string> = {
  ...otherName,
  crossover: "crossunder",
  crossunder: "crossover",
  rising: "falling",
  falling: "rising",
  highestBars: "lowestBars",
  lowestBars: "highestBars",
}
const events = new Set(["crossover", "crossunder", "cross", "rising", "falling"])

/** Writes formulas of a document as they are for the other side: above is below, RSI 30 is RSI 70. */
export class FormulaMirror {
  readonly #params: NonNullable<WrittenStrategy["params"]>
  readonly #series: NonNullable<WrittenStrategy["series"]>

  constructor({ params = {}, series = {} }: WrittenStrategy) {
    this.#params = params
    this.#series = series
  }

  /** The formula for the other side; as it is, where it cannot be read. */
  text(formula: string): string {
    const parsed = parseFormula(formula)
    return parsed.ok ? formulaText(this.#mirrored(parsed.formula)) : formula
  }

  #mirrored(formula: Formula): Formula {
    if (formula.kind === "binary") return this.#binary(formula)
    if (formula.kind === "call") return this.#call(formula)
    if (formula.kind === "name")
      return { ...formula, name: this.#isOwn(formula.name) ? formula.name : (otherName[formula.name] ?? formula.name) }
    const inside = withParts(formula, (part) => this.#mirrored(part))
    return inside.kind === "output" ? { ...inside, output: otherOutput[inside.output] ?? inside.output } : inside
  }

  #isOwn(name: string): boolean {
    return Object.hasOwn(this.#params, name) || Object.hasOwn(this.#series, name)
  }

  #binary(formula: Extract<Formula, { kind: "binary" }>): Formula {
    const { operator, left, right } = formula
    const root = this.#rootOf(left)
    if (flipped[operator])
      return isDirectionless(root) ? formula : { ...formula, operator: flipped[operator], ...this.#sides(left, right) }
    // The 3 of "sma(close, 24) * (1 - 3 / 100)" is as far on the other side.
    if ((operator === "+" || operator === "-") && isDistance(left, right))
      return { ...formula, operator: operator === "+" ? "-" : "+", left: this.#mirrored(left) }
    return withParts(formula, (part) => this.#mirrored(part))
  }

  /** The values of a comparison: a limit is reflected at the middle of its oscillator's scale. */
  #sides(left: Formula, right: Formula): { left: Formula; right: Formula } {
    const limit = this.#numberOf(right)
    const middle = middleOf(this.#rootOf(left))
    const isReflected = limit !== undefined && middle !== undefined
    return {
      left: this.#mirrored(left),
      right: isReflected ? numberFormula(2 * middle - limit) : this.#mirrored(right),
    }
  }

  #call(formula: Extract<Formula, { kind: "call" }>): Formula {
    const { name, arguments: given } = formula
    if (!events.has(name))
      return { ...withParts(formula, (part) => this.#mirrored(part)), name: otherCall[name] ?? name } as Formula
    if (isDirectionless(this.#rootOf(given[0]))) return formula
    const { left, right } = this.#sides(given[0], given[1])
    return {
      ...formula,
      name: otherCall[name] ?? name,
      arguments: name.startsWith("cross") ? [left, right] : [left, given[1]],
    }
  }

  /** The function, or value of the candle, that a formula is about. */
  #rootOf(formula: Formula): string {
    if (formula.kind === "output" && formula.output === "width") return "stddev"
    if (formula.kind === "name") {
      const parsed = Object.hasOwn(this.#series, formula.name) ? parseFormula(this.#series[formula.name]) : undefined
      return parsed?.ok ? this.#rootOf(parsed.formula) : formula.name
    }
    if (formula.kind === "call") return formula.name
    if (formula.kind === "binary") return this.#rootOf(formula.left)
    return "of" in formula ? this.#rootOf(formula.of) : ""
  }

  #numberOf(formula: Formula): number | undefined {
    if (formula.kind === "number") return formula.value
    if (formula.kind === "unary" && formula.operator === "-") {
      const value = this.#numberOf(formula.of)
      return value === undefined ? undefined : -value
    }
    const param = formula.kind === "name" ? this.#params[formula.name] : undefined
    return param && param.type !== "bool" ? param.value : undefined
  }
}

/** "1 - 3 / 100", "close + 2 * atr(14)": a way from a price. */
function isDistance(left: Formula, right: Formula): boolean {
  return left.kind === "number" ? left.value === 1 : right.kind === "binary" && /\batr\(/.test(formulaText(right))
}

function numberFormula(value: number): Formula {
  const number: Formula = { kind: "number", value: Math.abs(value), at: 0 }
  return value < 0 ? { kind: "unary", operator: "-", of: number, at: 0 } : number
}
