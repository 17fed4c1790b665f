import type { CandleTimeframe } from "../../candles/timeframe.ts"

export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!="
export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | ComparisonOperator | "and" | "or"

/**
 * A formula as a tree. `at` is the character (from 0) a message about the node points to: its name, its operator or
 * its bracket.
 */
export type Formula =
  | { kind: "number"; value: number; at: number }
  | { kind: "text"; text: string; at: number }
  | { kind: "name"; name: string; at: number }
  | { kind: "output"; of: Formula; output: string; at: number }
  | { kind: "call"; name: string; arguments: Formula[]; at: number }
  | { kind: "history"; of: Formula; candlesAgo: Formula; at: number }
  | { kind: "timeframe"; of: Formula; timeframe: CandleTimeframe; at: number }
  | { kind: "unary"; operator: "-" | "not"; of: Formula; at: number }
  | { kind: "binary"; operator: BinaryOperator; left: Formula; right: Formula; at: number }
  | { kind: "choice"; condition: Formula; yes: Formula; no: Formula; at: number }

/** The position's fields in formulas, in the order of a position program's first cells. */
export const positionFields = ["profitPercent", "candles", "entryPrice"] as const

/**
 * How strongly each operator binds; higher binds tighter. Of equal strength, the left one goes first; comparisons
 * cannot be chained. Weaker than all of these is `a ? b : c`; tighter than all are the postfix ones: `f(x)`,
 * `.output`, `[n]`, `@ 1d`.
 */
export const bindingStrength = {
  or: 1,
  and: 2,
  not: 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "==": 4,
  "!=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  negative: 7,
  behind: 8,
} as const

/** The formula as text again, with only the parentheses it needs; parsing the text gives the same tree. */
export function formulaText(formula: Formula): string {
  return textAt(formula, 0)
}

function textAt(formula: Formula, strength: number): string {
  const text = textOf(formula)
  return strengthOf(formula) < strength ? `(${text})` : text
}

function strengthOf(formula: Formula): number {
  if (formula.kind === "choice") return 0
  if (formula.kind === "binary") return bindingStrength[formula.operator]
  if (formula.kind === "unary") return formula.operator === "not" ? bindingStrength.not : bindingStrength.negative
  return bindingStrength.behind
}

function textOf(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return String(formula.value)
    case "text":
      return `"${formula.text}"`
    case "name":
      return formula.name
    case "output":
      return `${outputOwner(formula.of)}.${formula.output}`
    case "call":
      return `${formula.name}(${formula.arguments.map(formulaText).join(", ")})`
    case "history":
      return `${textAt(formula.of, bindingStrength.behind)}[${formulaText(formula.candlesAgo)}]`
    case "timeframe":
      return `${textAt(formula.of, bindingStrength.behind)} @ ${formula.timeframe}`
    case "unary":
      return formula.operator === "not"
        ? `not ${textAt(formula.of, bindingStrength.not)}`
        : `-${textAt(formula.of, bindingStrength.negative)}`
    case "choice":
      return `${textAt(formula.condition, 1)} ? ${formulaText(formula.yes)} : ${formulaText(formula.no)}`
    case "binary":
      return binaryText(formula)
  }
}

/** A number keeps its distance from the dot. */
function outputOwner(of: Formula): string {
  return of.kind === "number" ? `(${textOf(of)})` : textAt(of, bindingStrength.behind)
}

function binaryText({ operator, left, right }: Extract<Formula, { kind: "binary" }>): string {
  const strength = bindingStrength[operator]
  const chained = strength === bindingStrength["<"] ? strength + 1 : strength
  return `${textAt(left, chained)} ${operator} ${textAt(right, strength + 1)}`
}
