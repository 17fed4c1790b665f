import { MOST_DIMENSIONS, MOST_ELEMENTS } from "./onnx-limits.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"
import {
  counted,
  type FieldReader,
  never,
  once,
  packedWholes,
  readMessage,
  type Stretch,
  textOf,
  wires,
} from "./protobuf-message.ts"

/** A table of numbers in a file; its bytes stay where they are. */
export type OnnxTensor = { name: string; type: number; dims: number[] }

type Counts = { raw?: number; floats: number; wholes: number; longs: number; doubles: number }
type Kept = { words: string; bytes: number; list: "floats" | "wholes" | "longs" | "doubles" }

const FLOAT = 1
const TEXT = 8

/** The numbers that a model of candles needs, by ONNX's numbering: how many bytes, and in which list they may stand. */
const kept: Record<number, Kept> = {
  1: { words: "32-bit numbers", bytes: 4, list: "floats" },
  2: { words: "8-bit whole numbers", bytes: 1, list: "wholes" },
  3: { words: "8-bit whole numbers", bytes: 1, list: "wholes" },
  6: { words: "32-bit whole numbers", bytes: 4, list: "wholes" },
  7: { words: "64-bit whole numbers", bytes: 8, list: "longs" },
  9: { words: "yes or no", bytes: 1, list: "wholes" },
  11: { words: "64-bit numbers", bytes: 8, list: "doubles" },
}

/** Whether a type is the one that features are given in. */
export function isFloat(type: number): boolean {
  return type === FLOAT
}

/** A type of ONNX in words. */
export function typeInWords(type: number): string {
  return type === TEXT ? "texts" : (kept[type]?.words ?? `numbers of type ${type}`)
}

/** Refuses tables of texts and of numbers that are not used here. `what` names the table. */
export function checkType(type: number, what: string): void {
  if (type === TEXT) refuse(`${what} holds texts. Train the model on numbers, and its answers too: 0 and 1, not words.`)
  if (!kept[type])
    refuse(`${what} holds numbers of type ${type}, which is not supported. Export the model in 32-bit numbers.`)
}

/** How many numbers a shape holds; refuses shapes that are too large or make no sense. `what` names the table. */
export function elementsOf(dims: readonly number[], what: string): number {
  if (dims.length > MOST_DIMENSIONS)
    refuse(`${what} has ${dims.length} dimensions; a model may have tables of ${MOST_DIMENSIONS} at most.`)
  const negative = dims.find((length) => length < 0)
  if (negative !== undefined) refuse(`${what} has a side of ${negative}, and no table has less than nothing.`)
  const elements = dims.reduce((product, length) => product * length, 1)
  const longest = Math.max(1, ...dims)
  if (Math.max(elements, longest) > MOST_ELEMENTS)
    refuse(`${what} has room for ${dims.join(" × ")} numbers; the most is ${MOST_ELEMENTS.toLocaleString("en")}.`)
  return elements
}

/** Reads a table of numbers and refuses it unless all of them are in this file and as many as its shape says. */
export function readTensor(stretch: Stretch, where: string): OnnxTensor {
  const tensor: OnnxTensor = { name: "", type: 0, dims: [] }
  const counts: Counts = { floats: 0, wholes: 0, longs: 0, doubles: 0 }
  const what = () => `The table of numbers ${nameOf(tensor.name)}${where}`
  const named: Record<number, FieldReader> = { 8: once(wires.stretch, (field) => (tensor.name = textOf(field))) }
  readMessage(stretch, "a table of numbers", named)
  readMessage(stretch, `the table of numbers ${nameOf(tensor.name)}`, {
    1: dimensions(tensor.dims),
    2: once(wires.whole, ({ number }) => (tensor.type = number)),
    3: never(() => `${what()} comes in pieces, which is not supported. Export the model in one file.`),
    13: never(() => outside(what())),
    14: once(wires.whole, ({ number }) => number !== 0 && refuse(outside(what()))),
    6: never(() => `${what()} holds texts. Train the model on numbers, and its answers too: 0 and 1, not words.`),
    4: counted(wires.fourBytes, (count) => (counts.floats += count)),
    5: counted(wires.whole, (count) => (counts.wholes += count)),
    7: counted(wires.whole, (count) => (counts.longs += count)),
    9: once(wires.stretch, ({ stretch: { from, until } }) => (counts.raw = until - from)),
    10: counted(wires.eightBytes, (count) => (counts.doubles += count)),
    11: never(() => `${what()} holds numbers without a sign, which is not supported. Export it in 32-bit numbers.`),
  })
  checkType(tensor.type, what())
  checkCount(tensor, counts, what())
  return tensor
}

function dimensions(dims: number[]): FieldReader {
  const add = (numbers: number[]) => {
    // A shape is checked as a whole afterwards; the one dimension too many is enough for that.
    for (const number of numbers) if (dims.length <= MOST_DIMENSIONS) dims.push(number)
  }
  return {
    wires: [wires.whole, wires.stretch],
    once: false,
    read: ({ wire, number, stretch }) => add(wire === wires.whole ? [number] : packedWholes(stretch, "a shape")),
  }
}

function checkCount({ type, dims }: OnnxTensor, counts: Counts, what: string): void {
  const elements = elementsOf(dims, what)
  const { bytes, list } = kept[type]
  const inLists = counts.floats + counts.wholes + counts.longs + counts.doubles
  const found = (counts.raw ?? 0) / bytes + inLists
  const astray = inLists !== counts[list] || (counts.raw !== undefined && inLists > 0)
  if (astray || found !== elements)
    refuse(`${what} should hold ${elements.toLocaleString("en")} numbers and does not: its data do not fit its shape.`)
}

function outside(what: string): string {
  return `${what} is kept in another file, which is not looked for. Export the model with all its data in one file.`
}
