import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { partsOf } from "../formula/formula-walk.ts"
import { functionTitle } from "../functions/function-titles.ts"
import { conditionOf } from "./condition.ts"
import { operandOf } from "./operand.ts"

/** What one knows of a number before it becomes a slider: what it is called, and which values make sense. */
export type NumberMeaning = {
  label: string
  value: number
  isWhole: boolean
  min: number
  max: number
  /** Whether all of `min` to `max` makes sense, as for a level of an RSI; otherwise they are only what is possible. */
  isScale?: boolean
}

/** A number in a formula's text. `at` is the character (from 0) it begins at. */
export type NumberSpot = NumberMeaning & { at: number }

/** Every number of a formula that may become a param, in reading order; none where it cannot be read. */
export function numberSpots(text: string): NumberSpot[] {
  const parsed = parseFormula(text)
  return parsed.ok ? spotsIn(parsed.formula, { label: "Number", min: -ANY, max: ANY, isWhole: false }) : []
}

/** Beyond any price or volume. */
const ANY = 1e12

type Meaning = Omit<NumberMeaning, "value">

function spotsIn(formula: Formula, meaning: Meaning): NumberSpot[] {
  if (formula.kind === "number") return [{ ...meaning, value: formula.value, at: formula.at }]
  if (formula.kind === "call") return spotsOfCall(formula)
  // How long ago a value was is part of what it is, and must be known beforehand.
  if (formula.kind === "history") return spotsIn(formula.of, meaning)
  if (formula.kind === "binary") return spotsOfSides(formula)
  return partsOf(formula).flatMap((part) => spotsIn(part, positive(meaning)))
}

function spotsOfCall(formula: Extract<Formula, { kind: "call" }>): NumberSpot[] {
  const condition = conditionOf(formula)
  const known = functionCatalogue.get(formula.name)?.arguments ?? []
  return formula.arguments.flatMap((given, n) => {
    const argument = known[n]
    if (argument?.kind !== "integer" && argument?.kind !== "number")
      return spotsIn(given, condition && n === 1 ? limitOf(condition.left) : otherNumber)
    const label = `${functionTitle(formula.name)} ${spaced(argument.name)}`
    return spotsIn(given, { label, min: argument.min, max: argument.max, isWhole: argument.kind === "integer" })
  })
}

function spotsOfSides({ operator, left, right }: Extract<Formula, { kind: "binary" }>): NumberSpot[] {
  const compares = ["<", "<=", ">", ">=", "==", "!="].includes(operator)
  if (!compares) return [...spotsIn(left, otherNumber), ...spotsIn(right, otherNumber)]
  return [...spotsIn(left, limitOf(right)), ...spotsIn(right, limitOf(left))]
}

const otherNumber: Meaning = { label: "Number", min: -ANY, max: ANY, isWhole: false }

/** What a number is that a value is compared with: bounded where the value is. */
function limitOf(formula: Formula): Meaning {
  const { core } = operandOf(formula)
  if (core.kind === "call") {
    const scale = answersWithin[core.name]
    const [min, max] = scale ?? [-ANY, ANY]
    return { label: `${functionTitle(core.name)} limit`, min, max, isWhole: false, isScale: scale !== undefined }
  }
  return core.kind === "name" ? { ...otherNumber, label: `Limit of ${core.name}` } : otherNumber
}

/** A minus stands before the number: what remains has no sign. */
function positive(meaning: Meaning): Meaning {
  return { ...meaning, min: Math.max(0, meaning.min), max: Math.max(Math.abs(meaning.min), Math.abs(meaning.max)) }
}

/** Functions whose answers have bounds of their own. */
export const answersWithin: Record<string, [number, number]> = {
  ...Object.fromEntries(
    ["rsi", "stoch", "stochf", "stochRsi", "mfi", "ultosc", "aroon", "adx", "adxr", "dx", "plusDi", "minusDi"].map(
      (name) => [name, [0, 100]],
    ),
  ),
  choppiness: [0, 100],
  percentRank: [0, 100],
  cmo: [-100, 100],
  aroonosc: [-100, 100],
  tsi: [-100, 100],
  willr: [-100, 0],
  bop: [-1, 1],
  cmf: [-1, 1],
  correl: [-1, 1],
}

function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
