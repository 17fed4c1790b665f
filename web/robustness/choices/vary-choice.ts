import { formatCount, formatShort } from "../../ui/number-format.ts"
import type { ShownParam } from "../../run/template-of.ts"

/** What is tried of a number: every step from one value to another; off: it stays as it is. */
export type VaryChoice = { isOn: boolean; from: number; to: number; step: number }
/** The choices of a strategy's params by their names; a switch is tried both on and off. */
export type VaryChoices = Record<string, VaryChoice>

type NumberParam = Exclude<ShownParam, { type: "bool" }>

/** So many combinations the usual choice comes to at most, as long as a few values of each param are enough for that. */
const USUAL_COMBINATIONS = 2_000
const FEWEST_VALUES = 4
const MOST_USUAL_VALUES = 15
/** More values of one param are more than anybody can tell apart. */
const MOST_VALUES = 1_000

/** Every param of a strategy, each in steps as wide as the number of params asks for. */
export function usualVary(params: readonly ShownParam[]): VaryChoices {
  const numbers = params.filter(({ type }) => type !== "bool").length
  const left = USUAL_COMBINATIONS / 2 ** (params.length - numbers)
  const each = Math.floor(Math.max(1, left) ** (1 / Math.max(1, numbers)))
  const count = Math.min(MOST_USUAL_VALUES, Math.max(FEWEST_VALUES, each))
  return Object.fromEntries(params.map((param) => [param.name, usualChoice(param, count)]))
}

function usualChoice(param: ShownParam, count: number): VaryChoice {
  return param.type === "bool" ? { isOn: true, from: 0, to: 1, step: 1 } : { isOn: true, ...evenSteps(param, count) }
}

/** As many values as wanted between a param's bounds; its own value is one of them. */
function evenSteps({ value, min, max, step }: NumberParam, count: number): Omit<VaryChoice, "isOn"> {
  const steps = Math.max(1, Math.ceil((max - min) / step / (count - 1) - ROUNDING))
  const wide = rounded(steps * step)
  return {
    from: rounded(value - whole((value - min) / wide) * wide),
    to: rounded(value + whole((max - value) / wide) * wide),
    step: wide,
  }
}

/** The values to try of a param, in order; only its own where it is not varied. */
export function valuesOf(param: ShownParam, { isOn, from, to, step }: VaryChoice): (number | boolean)[] {
  if (!isOn) return [param.value]
  if (param.type === "bool") return [false, true]
  return Array.from({ length: whole((to - from) / step) + 1 }, (_, n) => rounded(from + n * step))
}

/** What is wrong with a choice, in words; undefined: it can be tried. */
export function varyProblem(param: ShownParam, choice: VaryChoice): string | undefined {
  if (!choice.isOn || param.type === "bool") return undefined
  const { from, to, step } = choice
  if (to < from) return `“To” is below “from”: no value lies between them.`
  if (step <= 0) return "The step must be above 0."
  if (param.type === "int" && ![from, to, step].every(Number.isInteger)) return "This takes whole numbers only."
  const count = whole((to - from) / step) + 1
  return count > MOST_VALUES
    ? `That is ${formatCount(count, "value")}; at most ${formatShort(MOST_VALUES)}. Take a larger step.`
    : undefined
}

const FIRST_WORDS = 3

/** "11 values: 5, 10, 15 … 55" */
export function valuesWords(param: ShownParam, choice: VaryChoice): string {
  if (!choice.isOn) return `Stays at ${valueWords(param.value)}.`
  const values = valuesOf(param, choice)
  const words = values.map(valueWords)
  const listed =
    words.length <= FIRST_WORDS + 2 ? words.join(", ") : `${words.slice(0, FIRST_WORDS).join(", ")} … ${words.at(-1)}`
  return `${formatCount(values.length, "value")}: ${listed}`
}

/** "20", "0.5", "on". */
export function valueWords(value: number | boolean): string {
  return typeof value === "number" ? formatShort(value) : value ? "on" : "off"
}

/** The values to try of each param that is varied. */
export function variedValues(
  params: readonly ShownParam[],
  choices: VaryChoices,
): Record<string, (number | boolean)[]> {
  const varied = params.filter(({ name }) => choices[name]?.isOn)
  return Object.fromEntries(varied.map((param) => [param.name, valuesOf(param, choices[param.name])]))
}

/** 0.1 + 0.2 is no third value. */
const ROUNDING = 1e-9

function whole(steps: number): number {
  return Math.floor(steps + ROUNDING)
}

function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
