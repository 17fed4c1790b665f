import {
  type Formula,
  formulaText,
  functionCatalogue,
  parseFormula,
  ruleAt,
  type RulePlace,
  type StrategyDocument,
} from "#engine/strategy"

/** Two values that a rule compares, and which way: `above` where the first is to be the higher one. */
export type Comparison = {
  of: string
  than: string | undefined
  /** The number it is compared with, where it is one. */
  level?: number
  isAbove: boolean
}

/** What the rules at a place compare, with named series written out. The params are numbers already. */
export function comparisonsAt(document: StrategyDocument, place: RulePlace): Comparison[] {
  return formulasAt(document, place).flatMap((formula) => comparisonsIn(formula, true))
}

/** The conditions at a place as they are read, with named series and usual numbers written out. */
export function formulasAt(document: StrategyDocument, place: RulePlace): Formula[] {
  const series = new Map<string, Formula>()
  for (const [name, text] of Object.entries(document.series)) {
    const parsed = parseFormula(text)
    if (parsed.ok) series.set(name, whole(parsed.formula, series))
  }
  return ruleAt(document, place).formulas.flatMap((text) => {
    const parsed = parseFormula(text)
    return parsed.ok ? [whole(parsed.formula, series)] : []
  })
}

/** With named series, and the numbers a call leaves to their usual values, in their places. */
function whole(formula: Formula, series: ReadonlyMap<string, Formula>): Formula {
  const inner = (part: Formula) => whole(part, series)
  switch (formula.kind) {
    case "name":
      return series.get(formula.name) ?? formula
    case "call":
      return { ...formula, arguments: [...formula.arguments.map(inner), ...leftOut(formula)] }
    case "output":
    case "timeframe":
    case "unary":
    case "history":
      return { ...formula, of: inner(formula.of) }
    case "binary":
      return { ...formula, left: inner(formula.left), right: inner(formula.right) }
    case "choice":
      return { ...formula, condition: inner(formula.condition), yes: inner(formula.yes), no: inner(formula.no) }
    default:
      return formula
  }
}

function leftOut({ name, arguments: given }: Extract<Formula, { kind: "call" }>): Formula[] {
  const rest = functionCatalogue.get(name)?.arguments.slice(given.length) ?? []
  return rest.flatMap(({ default: usual }): Formula[] =>
    typeof usual === "number" ? [{ kind: "number", value: usual, at: 0 }] : [],
  )
}

/** `isMeant` is false under "not", where every comparison means its opposite. */
export function comparisonsIn(formula: Formula, isMeant: boolean): Comparison[] {
  switch (formula.kind) {
    case "unary":
      return comparisonsIn(formula.of, formula.operator === "not" ? !isMeant : isMeant)
    case "timeframe":
    case "history":
      return comparisonsIn(formula.of, isMeant)
    case "choice":
      return [formula.yes, formula.no].flatMap((part) => comparisonsIn(part, isMeant))
    case "call":
      return compared(formula.arguments[0], formula.arguments[1], calledAbove.get(formula.name), isMeant)
    case "binary":
      if (formula.operator === "and" || formula.operator === "or")
        return [formula.left, formula.right].flatMap((part) => comparisonsIn(part, isMeant))
      return compared(formula.left, formula.right, writtenAbove.get(formula.operator), isMeant)
    default:
      return []
  }
}

const writtenAbove = new Map([
  [">", true],
  [">=", true],
  ["<", false],
  ["<=", false],
] as [string, boolean][])
const calledAbove = new Map([
  ["crossover", true],
  ["rising", true],
  ["crossunder", false],
  ["falling", false],
])

function compared(a: Formula, b: Formula, isAbove: boolean | undefined, isMeant: boolean): Comparison[] {
  if (isAbove === undefined || a === undefined || b === undefined) return []
  const [one, other] = [formulaText(a), formulaText(b)]
  const isFirst = isAbove === isMeant
  const [first, level] = [numberOf(a), numberOf(b)]
  if (level !== undefined) return first === undefined ? [{ of: one, than: undefined, level, isAbove: isFirst }] : []
  if (first !== undefined) return [{ of: other, than: undefined, level: first, isAbove: !isFirst }]
  // The same two always stand the same way round.
  return one < other ? [{ of: one, than: other, isAbove: isFirst }] : [{ of: other, than: one, isAbove: !isFirst }]
}

function numberOf(formula: Formula): number | undefined {
  if (formula.kind === "number") return formula.value
  const inner = formula.kind === "unary" ? numberOf(formula.of) : undefined
  return inner === undefined ? undefined : -inner
}
