import type { OnnxGraph } from "./onnx-file.ts"
import { MOST_FEATURES, MOST_WINDOW } from "./onnx-limits.ts"
import { givesProbability } from "./onnx-operators.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"
import { isFloat, typeInWords } from "./onnx-tensor.ts"
import type { OnnxDimension, OnnxValue } from "./onnx-value.ts"

/** How rows go in: so many numbers for each of so many candles; where `rank` is 2, of one candle only. */
export type OnnxInput = {
  name: string
  rank: 2 | 3
  features: number
  window: number | "any"
  /** Where the file fixes how many rows it takes at once. */
  rows?: number
}

/** What is read of the answer: one number for each row, a probability where the last step makes one. */
export type OnnxOutput = { name: string; gives: "probability" | "number" }

/** The one input that takes features; refuses a model that takes others. */
export function inputOf({ inputs, initialisers }: OnnxGraph): OnnxInput {
  const weights = new Set(initialisers.map(({ name }) => name))
  const asked = inputs.filter(({ name }) => !weights.has(name))
  if (asked.length !== 1)
    refuse(`This model takes ${asked.length} inputs; it must take one table of features, a row for each candle.`)
  const [{ name, type, dims }] = asked
  const what = `The input ${nameOf(name)}`
  if (!isFloat(type)) refuse(`${what} takes ${typeInWords(type)}; it must take 32-bit numbers.`)
  if (!dims || dims.length < 2 || dims.length > 3)
    refuse(`${what} has ${dims?.length ?? "no"} dimensions; it must be rows × features or rows × candles × features.`)
  const window = dims.length === 3 ? windowOf(dims[1], what) : 1
  return { name, rank: dims.length as 2 | 3, features: featuresOf(dims.at(-1), what), window, ...rowsOf(dims[0], what) }
}

function featuresOf(length: OnnxDimension, what: string): number {
  if (typeof length !== "number")
    refuse(`${what} does not say how many features a row has. Export the model with a fixed number of them.`)
  if (length < 1 || length > MOST_FEATURES)
    refuse(`${what} takes ${length} features; between 1 and ${MOST_FEATURES} are possible.`)
  return length
}

function windowOf(length: OnnxDimension, what: string): number | "any" {
  if (typeof length !== "number") return "any"
  if (length < 1 || length > MOST_WINDOW)
    refuse(`${what} looks back ${length} candles; between 1 and ${MOST_WINDOW.toLocaleString("en")} are possible.`)
  return length
}

function rowsOf(length: OnnxDimension, what: string): { rows?: number } {
  if (typeof length !== "number") return {}
  if (length < 1) refuse(`${what} takes no rows at all. Export the model for any number of rows.`)
  return { rows: length }
}

/** The one output that answers: of a classifier its probabilities, else the only one with numbers. */
export function outputOf({ outputs, nodes }: OnnxGraph): OnnxOutput {
  const numbers = outputs.filter(({ type }) => type === 0 || isFloat(type))
  const makerOf = ({ name }: OnnxValue) => nodes.find((node) => node.outputs.includes(name))?.op ?? ""
  const named = numbers.filter((output) => /prob/i.test(output.name) || givesProbability(makerOf(output)))
  const chosen = named.length === 1 ? named[0] : numbers[0]
  if (!chosen) refuse(`This model answers with ${answers(outputs)}; it must answer with 32-bit numbers.`)
  if (numbers.length > 1 && named.length !== 1)
    refuse(
      `This model has ${numbers.length} answers in numbers, and nothing says which one counts. Export one of them.`,
    )
  const columns = columnsOf(chosen)
  if (columns !== undefined && (columns < 1 || columns > 2))
    refuse(`The output ${nameOf(chosen.name)} gives ${columns} numbers a row; one is needed, or two for two classes.`)
  return { name: chosen.name, gives: named.length === 1 || columns === 2 ? "probability" : "number" }
}

/** How many numbers a row has where the shape says so. */
function columnsOf({ dims }: OnnxValue): number | undefined {
  const beyondRows = dims?.slice(1)
  if (!beyondRows?.every((length) => typeof length === "number")) return undefined
  return beyondRows.reduce<number>((product, length) => product * (length as number), 1)
}

function answers(outputs: OnnxValue[]): string {
  return outputs.length === 0 ? "nothing" : outputs.map(({ type }) => typeInWords(type)).join(" and ")
}
