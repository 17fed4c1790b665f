/** What a dimension of a shape says: its length, a name for any length, or nothing. */
export type Dimension = number | string | undefined
export type WrittenTensor = { name?: string; dims: number[]; type?: number; raw?: Uint8Array; extra?: Uint8Array[] }
export type WrittenNode = {
  op: string
  inputs: string[]
  outputs: string[]
  attributes?: Uint8Array[]
  domain?: string
}
export type WrittenModel = {
  nodes: Uint8Array[]
  initialisers?: Uint8Array[]
  inputs: Uint8Array[]
  outputs: Uint8Array[]
  irVersion?: number
  opset?: number
  opsets?: Uint8Array[]
  extra?: Uint8Array[]
  graphExtra?: Uint8Array[]
}

/** Numbers of element types as ONNX counts them. */
export const elementType = { float: 1, int32: 6, int64: 7, text: 8, bool: 9, half: 10, double: 11 }

/** A whole ONNX file: one graph and the versions it wants. */
export function onnxFile(model: WrittenModel): Uint8Array<ArrayBuffer> {
  const graph = joined([
    ...model.nodes.map((node) => part(1, node)),
    text(2, "graph"),
    ...(model.initialisers ?? []).map((tensor) => part(5, tensor)),
    ...model.inputs.map((value) => part(11, value)),
    ...model.outputs.map((value) => part(12, value)),
    ...(model.graphExtra ?? []),
  ])
  const opsets = model.opsets ?? [opset("", model.opset ?? 17)]
  return joined([
    int(1, model.irVersion ?? 8),
    text(2, "our own tests"),
    part(7, graph),
    ...opsets.map((one) => part(8, one)),
    ...(model.extra ?? []),
  ])
}

/** A set of operators and its version. */
export function opset(domain: string, version: number): Uint8Array {
  return joined([text(1, domain), int(2, version)])
}

/** One step of the graph. */
export function node({ op, inputs, outputs, attributes = [], domain }: WrittenNode): Uint8Array {
  return joined([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...attributes.map((one) => part(5, one)),
    ...(domain === undefined ? [] : [text(7, domain)]),
  ])
}

/** A whole number beside a step. */
export function intAttribute(name: string, value: number): Uint8Array {
  return joined([text(1, name), int(3, value), int(20, 2)])
}

/** Whole numbers beside a step. */
export function intsAttribute(name: string, values: number[]): Uint8Array {
  return joined([text(1, name), ...values.map((value) => int(8, value)), int(20, 7)])
}

/** Numbers beside a step. */
export function floatsAttribute(name: string, values: number[]): Uint8Array {
  return joined([text(1, name), ...values.map((value) => float(7, value)), int(20, 6)])
}

/** A word beside a step. */
export function textAttribute(name: string, value: string): Uint8Array {
  return joined([text(1, name), text(4, value), int(20, 3)])
}

/** Numbers of a fixed shape. */
export function tensor({ name = "", dims, type = elementType.float, raw, extra = [] }: WrittenTensor): Uint8Array {
  return joined([
    ...dims.map((length) => int(1, length)),
    int(2, type),
    text(8, name),
    ...(raw ? [part(9, raw)] : []),
    ...extra,
  ])
}

/** The bytes of 32-bit numbers, as a tensor holds them. */
export function floats(...values: number[]): Uint8Array {
  return new Uint8Array(new Float32Array(values).buffer)
}

/** The bytes of 64-bit whole numbers. */
export function longs(...values: number[]): Uint8Array {
  return new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer)
}

/** What goes in or comes out: a name, a shape and a type. */
export function value(name: string, dims: Dimension[], type = elementType.float): Uint8Array {
  const shape = joined(dims.map((length) => part(1, dimension(length))))
  return joined([text(1, name), part(2, part(1, joined([int(1, type), part(2, shape)])))])
}

function dimension(length: Dimension): Uint8Array {
  if (length === undefined) return new Uint8Array()
  return typeof length === "number" ? int(1, length) : text(2, length)
}

/** A field with a whole number, negative ones in ten bytes. */
export function int(field: number, whole: number): Uint8Array {
  return joined([tag(field, 0), varint(BigInt.asUintN(64, BigInt(whole)))])
}

/** A field with a 32-bit number. */
export function float(field: number, number: number): Uint8Array {
  return joined([tag(field, 5), floats(number)])
}

/** A field with a text. */
export function text(field: number, content: string): Uint8Array {
  return part(field, new TextEncoder().encode(content))
}

/** A field with bytes, or with a message of its own. */
export function part(field: number, content: Uint8Array): Uint8Array {
  return joined([tag(field, 2), varint(BigInt(content.length)), content])
}

/** Several fields, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of parts) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}

function tag(field: number, wire: number): Uint8Array {
  return varint(BigInt(field * 8 + wire))
}

function varint(whole: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = whole
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return new Uint8Array([...bytes, Number(rest)])
}
