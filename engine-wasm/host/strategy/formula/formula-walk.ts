import type { Formula } from "./formula.ts"

/** The direct parts of a formula, in reading order. */
export function partsOf(formula: Formula): Formula[] {
  switch (formula.kind) {
    case "number":
    case "text":
    case "name":
      return []
    case "call":
      return formula.arguments
    case "output":
    case "timeframe":
    case "unary":
      return [formula.of]
    case "history":
      return [formula.of, formula.candlesAgo]
    case "binary":
      return [formula.left, formula.right]
    case "choice":
      return [formula.condition, formula.yes, formula.no]
  }
}

/** The formula itself and everything inside it, each before its parts. */
export function everyPartOf(formula: Formula): Formula[] {
  const found: Formula[] = []
  for (const waiting = [formula]; waiting.length > 0;) {
    const next = waiting.pop()!
    found.push(next)
    waiting.push(...partsOf(next).toReversed())
  }
  return found
}

/** The formula with each of its direct parts changed. */
export function withParts(formula: Formula, change: (part: Formula) => Formula): Formula {
  switch (formula.kind) {
    case "call":
      return { ...formula, arguments: formula.arguments.map(change) }
    case "output":
    case "timeframe":
    case "unary":
      return { ...formula, of: change(formula.of) }
    case "history":
      return { ...formula, of: change(formula.of) }
    case "binary":
      return { ...formula, left: change(formula.left), right: change(formula.right) }
    case "choice":
      return { ...formula, condition: change(formula.condition), yes: change(formula.yes), no: change(formula.no) }
    default:
      return formula
  }
}
