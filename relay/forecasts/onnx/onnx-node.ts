import { checkOperator } from "./onnx-operators.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"
import { readTensor } from "./onnx-tensor.ts"
import { many, never, once, readMessage, type Stretch, textOf, wires } from "./protobuf-message.ts"

/** One step of a model: what it does, of which values it makes which. */
export type OnnxNode = { op: string; domain: string; inputs: string[]; outputs: string[] }

/** More names than this on one step are of no model that is run here. */
const MOST_NAMES = 1_000
/** Texts as ONNX numbers its types: what a Cast would make. */
const TEXT_TYPE = 8

/** Reads one step; refuses operators that are not run, programs within it and tables of texts. */
export function readNode(stretch: Stretch): OnnxNode {
  const node: OnnxNode = { op: "", domain: "", inputs: [], outputs: [] }
  readMessage(stretch, "a step of the model", {
    1: many(wires.stretch, (field) => addName(node.inputs, textOf(field))),
    2: many(wires.stretch, (field) => addName(node.outputs, textOf(field))),
    4: once(wires.stretch, (field) => (node.op = textOf(field))),
    7: once(wires.stretch, (field) => (node.domain = textOf(field))),
    8: once(wires.stretch, (field) => textOf(field) !== "" && refuse("This model replaces operators by its own.")),
  })
  checkOperator(node.op, node.domain)
  readMessage(stretch, "a step of the model", {
    5: many(wires.stretch, (field) => readAttribute(field.stretch, node.op)),
  })
  return node
}

function addName(names: string[], name: string): void {
  if (names.length === MOST_NAMES) refuse(`A step of this model joins more than ${MOST_NAMES} values.`)
  names.push(name)
}

/** Looks through what stands beside a step. Graphs within are refused unread, however deep they go. */
function readAttribute(stretch: Stretch, op: string): void {
  let name = ""
  readMessage(stretch, `the operator ${nameOf(op)}`, {
    1: once(wires.stretch, (field) => (name = textOf(field))),
  })
  const what = `The operator ${nameOf(op)}`
  const inside = never(() => `${what} holds a program of its own in ${nameOf(name)}, and such models are not run.`)
  const where = ` in the operator ${nameOf(op)}`
  readMessage(stretch, `the operator ${nameOf(op)}`, {
    3: once(wires.whole, ({ number }) => op === "Cast" && name === "to" && number === TEXT_TYPE && refuse(texts(what))),
    4: once(wires.stretch, () => name === "value_string" && refuse(texts(what))),
    5: once(wires.stretch, (field) => readTensor(field.stretch, where)),
    6: inside,
    9: many(wires.stretch, () => /^(classlabels_strings|value_strings)$/.test(name) && refuse(texts(what))),
    10: many(wires.stretch, (field) => readTensor(field.stretch, where)),
    11: inside,
    14: inside,
    15: inside,
    21: never(() => `${what} takes ${nameOf(name)} from a function of the file, and such models are not run.`),
    22: never(() => `${what} holds a sparse table, which is not supported.`),
    23: never(() => `${what} holds a sparse table, which is not supported.`),
  })
}

function texts(what: string): string {
  return `${what} makes texts. Train the model on numbers, and its answers too: 0 and 1, not words.`
}
