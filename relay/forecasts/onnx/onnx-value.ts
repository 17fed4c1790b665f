import { MOST_DIMENSIONS } from "./onnx-limits.ts"
import { checkType, elementsOf } from "./onnx-tensor.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"
import { many, never, once, readMessage, type Stretch, textOf, wires } from "./protobuf-message.ts"

/** The length of one side of a table: a number, or a name or nothing where it may be any. */
export type OnnxDimension = number | string | undefined

/** What goes in, comes out or is on its way; without `dims` its shape is not said. */
export type OnnxValue = { name: string; type: number; dims?: OnnxDimension[] }

/** Reads what is said of one value; refuses shapes that are too large, and everything that is not a table of numbers. */
export function readValue(stretch: Stretch): OnnxValue {
  const value: OnnxValue = { name: "", type: 0 }
  let type: Stretch | undefined
  readMessage(stretch, "an input or output", {
    1: once(wires.stretch, (field) => (value.name = textOf(field))),
    2: once(wires.stretch, (field) => (type = field.stretch)),
  })
  if (type) readType(type, value)
  return value
}

function readType(stretch: Stretch, value: OnnxValue): void {
  const what = `The value ${nameOf(value.name)}`
  const other = never(
    () => `${what} is a list and not a table of numbers. From scikit-learn, export the model with zipmap=False.`,
  )
  readMessage(stretch, `the value ${nameOf(value.name)}`, {
    1: once(wires.stretch, (field) => readTensorType(field.stretch, value)),
    4: other,
    5: other,
    7: other,
    8: other,
    9: other,
  })
  if (value.type !== 0) checkType(value.type, what)
}

function readTensorType(stretch: Stretch, value: OnnxValue): void {
  readMessage(stretch, `the value ${nameOf(value.name)}`, {
    1: once(wires.whole, ({ number }) => (value.type = number)),
    2: once(wires.stretch, (field) => (value.dims = readShape(field.stretch, value))),
  })
}

function readShape(stretch: Stretch, { name }: OnnxValue): OnnxDimension[] {
  const dims: OnnxDimension[] = []
  const what = `The value ${nameOf(name)}`
  readMessage(stretch, `the shape of ${nameOf(name)}`, {
    1: many(wires.stretch, (field) => dims.length <= MOST_DIMENSIONS && dims.push(readDimension(field.stretch, name))),
  })
  elementsOf(
    dims.map((length) => (typeof length === "number" ? length : 1)),
    what,
  )
  return dims
}

function readDimension(stretch: Stretch, name: string): OnnxDimension {
  let length: OnnxDimension
  const say = (said: OnnxDimension) => {
    if (length !== undefined) refuse(`The shape of ${nameOf(name)} says two lengths for one side.`)
    length = said
  }
  readMessage(stretch, `the shape of ${nameOf(name)}`, {
    1: once(wires.whole, ({ number }) => say(number)),
    2: once(wires.stretch, (field) => say(textOf(field))),
  })
  return length
}
