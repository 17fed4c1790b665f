import {
  elementType,
  floats,
  int,
  intAttribute,
  joined,
  longs,
  node,
  onnxFile,
  opset,
  part,
  tensor,
  text,
  textAttribute,
  value,
  type WrittenModel,
} from "./onnx-writer.ts"
import { linearModel } from "./tiny-onnx.ts"

/** A file that must be refused, and words of the sentence that does. */
export type HostileFile = { name: string; bytes: Uint8Array<ArrayBuffer>; because: RegExp }

const weights = tensor({ name: "w", dims: [2, 1], raw: floats(1, -2) })
const matMul = node({ op: "MatMul", inputs: ["x", "w"], outputs: ["y"] })
const usual: WrittenModel = {
  nodes: [matMul],
  initialisers: [weights],
  inputs: [value("x", ["batch", 2])],
  outputs: [value("y", ["batch", 1])],
}
const relu = (from: string, to: string) => node({ op: "Relu", inputs: [from], outputs: [to] })
const withWeights = (initialiser: Uint8Array) => onnxFile({ ...usual, initialisers: [initialiser] })
const withNode = (step: Uint8Array) => onnxFile({ ...usual, nodes: [step] })
const withInput = (input: Uint8Array) => onnxFile({ ...usual, inputs: [input] })

/** Every kind of file that we could think of to hurt the runtime, the page or the person with. */
export const hostileFiles: HostileFile[] = [
  ...notEvenFiles(),
  ...tables(),
  ...steps(),
  ...shapes(),
  ...versions(),
  ...orders(),
  ...ends(),
]

function notEvenFiles(): HostileFile[] {
  const whole = linearModel()
  const twice = joined([whole, whole])
  return [
    { name: "an empty file", bytes: new Uint8Array(), because: /empty/ },
    { name: "17 MiB", bytes: new Uint8Array(17 * 1024 * 1024), because: /17 MB.*16 MB at most/ },
    {
      name: "a page of the web",
      bytes: bytesOf("<!doctype html><p>Not found"),
      because: /ONNX/,
    },
    { name: "a zip archive", bytes: new Uint8Array([80, 75, 3, 4, 20, 0, 8, 0, 8, 0]), because: /ONNX/ },
    { name: "only zeros", bytes: new Uint8Array(1_000), because: /does not read as an ONNX file.*the file/ },
    { name: "cut off", bytes: whole.slice(0, whole.length - 30), because: /ends in the middle of the file/ },
    { name: "a number without an end", bytes: new Uint8Array(30).fill(0xff), because: /something is wrong/ },
    { name: "groups within groups", bytes: new Uint8Array(100_000).fill(0x0b), because: /something is wrong/ },
    { name: "a length of 2^62", bytes: joined([new Uint8Array([0x3a]), longVarint()]), because: /middle of the file/ },
    { name: "two graphs in one file", bytes: twice, because: /two things about the file/ },
    { name: "no graph", bytes: joined([int(1, 8)]), because: /no model in this file/ },
  ]
}

function tables(): HostileFile[] {
  const outside = [part(13, joined([text(1, "location"), text(2, "../../etc/passwd")])), int(14, 1)]
  const many = [4_000_000, 4_000_000]
  return [
    {
      name: "data in another file",
      bytes: withWeights(tensor({ name: "w", dims: [2, 1], extra: outside })),
      because: /"w" is kept in another file/,
    },
    {
      name: "data in another file, only by its place",
      bytes: withWeights(tensor({ name: "w", dims: [2, 1], raw: floats(1, 2), extra: [int(14, 1)] })),
      because: /"w" is kept in another file/,
    },
    {
      name: "a table larger than all memory",
      bytes: withWeights(tensor({ name: "w", dims: many })),
      because: /"w" has room for 4000000 × 4000000 numbers/,
    },
    {
      name: "an empty table that is endless on one side",
      bytes: withWeights(tensor({ name: "w", dims: [0, 2 ** 40] })),
      because: /"w" has room for/,
    },
    {
      name: "a table with a negative side",
      bytes: withWeights(tensor({ name: "w", dims: [-2, 1], raw: floats(1, 2) })),
      because: /"w" has a side of -2/,
    },
    {
      name: "a table of a thousand dimensions",
      bytes: withWeights(tensor({ name: "w", dims: Array<number>(1_000).fill(1), raw: floats(1) })),
      because: /"w" has 7 dimensions/,
    },
    {
      name: "fewer numbers than the shape says",
      bytes: withWeights(tensor({ name: "w", dims: [2, 1], raw: floats(1) })),
      because: /"w" should hold 2 numbers/,
    },
    {
      name: "numbers twice, in two forms",
      bytes: withWeights(tensor({ name: "w", dims: [2, 1], raw: floats(1, 2), extra: [part(4, floats(1, 2))] })),
      because: /"w" should hold 2 numbers/,
    },
    {
      name: "texts instead of numbers",
      bytes: withWeights(tensor({ name: "w", dims: [1], type: elementType.text, extra: [text(6, "buy")] })),
      because: /"w" holds texts/,
    },
    {
      name: "16-bit numbers",
      bytes: withWeights(tensor({ name: "w", dims: [2, 1], type: elementType.half, raw: new Uint8Array(4) })),
      because: /"w" holds numbers of type 10/,
    },
    {
      name: "a name that would move the cursor",
      bytes: withWeights(tensor({ name: `\u001b[2J${"w".repeat(500)}`, dims: [3], raw: floats(1) })),
      because: /"\\u\{1b\}\[2Jw+…"/,
    },
  ]
}

function steps(): HostileFile[] {
  const graphIn = (inner: Uint8Array) => joined([text(1, "then_branch"), part(6, inner), int(20, 5)])
  const nested = Array.from({ length: 500 }).reduce<Uint8Array>(
    (inner) => part(1, node({ op: "Identity", inputs: [], outputs: [], attributes: [graphIn(inner)] })),
    new Uint8Array(),
  )
  const outside = tensor({ dims: [2, 1], extra: [part(13, text(1, "location"))] })
  const constant = joined([text(1, "value"), part(5, outside), int(20, 4)])
  const manySteps = Array.from({ length: 10_000 }, (_, at) => relu(at === 0 ? "x" : `v${at}`, `v${at + 1}`))
  return [
    {
      name: "an operator of somebody's own",
      bytes: withNode(node({ op: "Shell", domain: "com.evil", inputs: ["x"], outputs: ["y"] })),
      because: /"Shell" belongs to "com\.evil"/,
    },
    {
      name: "an If with a program in it",
      bytes: withNode(node({ op: "If", inputs: ["x"], outputs: ["y"], attributes: [graphIn(new Uint8Array())] })),
      because: /"If" holds a program/,
    },
    { name: "a Loop", bytes: withNode(node({ op: "Loop", inputs: ["x"], outputs: ["y"] })), because: /"Loop" holds a/ },
    {
      name: "programs 500 deep in a harmless operator",
      bytes: withNode(node({ op: "Relu", inputs: ["x"], outputs: ["y"], attributes: [graphIn(nested)] })),
      because: /"Relu" holds a program of its own in "then_branch"/,
    },
    {
      name: "an operator that draws by chance",
      bytes: withNode(node({ op: "RandomNormal", inputs: [], outputs: ["y"] })),
      because: /"RandomNormal" is not among/,
    },
    {
      name: "data in another file, inside a step",
      bytes: withNode(node({ op: "Constant", inputs: [], outputs: ["y"], attributes: [constant] })),
      because: /in the operator "Constant" is kept in another file/,
    },
    {
      name: "a Cast to texts",
      bytes: withNode(node({ op: "Cast", inputs: ["x"], outputs: ["y"], attributes: [intAttribute("to", 8)] })),
      because: /"Cast" makes texts/,
    },
    {
      name: "a constant text",
      bytes: withNode(
        node({ op: "Constant", inputs: [], outputs: ["y"], attributes: [textAttribute("value_string", "a")] }),
      ),
      because: /"Constant" makes texts/,
    },
    { name: "10,000 steps", bytes: onnxFile({ ...usual, nodes: manySteps }), because: /more than 5,000 steps/ },
    {
      name: "functions of its own",
      bytes: onnxFile({ ...usual, extra: [part(25, text(1, "f"))] }),
      because: /operators of its own/,
    },
    {
      name: "instructions for training",
      bytes: onnxFile({ ...usual, extra: [part(20, new Uint8Array())] }),
      because: /instructions for training/,
    },
    {
      name: "a sparse table",
      bytes: onnxFile({ ...usual, graphExtra: [part(15, new Uint8Array())] }),
      because: /sparse/,
    },
  ]
}

function shapes(): HostileFile[] {
  const sequence = (depth: number): Uint8Array =>
    depth === 0 ? part(1, int(1, 1)) : part(4, part(1, sequence(depth - 1)))
  const listed = joined([text(1, "y"), part(2, sequence(200))])
  return [
    { name: "a huge input", bytes: withInput(value("x", ["batch", 2 ** 40])), because: /"x" has room for/ },
    { name: "an input with a negative side", bytes: withInput(value("x", [-1, 2])), because: /"x" has a side of -1/ },
    {
      name: "lists 200 deep as an answer",
      bytes: onnxFile({ ...usual, outputs: [listed] }),
      because: /"y" is a list.*zipmap=False/,
    },
    {
      name: "a huge value on its way",
      bytes: onnxFile({ ...usual, graphExtra: [part(13, value("m", [5_000_000]))] }),
      because: /"m" has room for 5000000/,
    },
    { name: "a thousand features", bytes: withInput(value("x", ["batch", 1_000])), because: /1000 features/ },
    { name: "a window of a million", bytes: withInput(value("x", [1, 1e6, 2])), because: /back 1000000 candles/ },
  ]
}

function versions(): HostileFile[] {
  return [
    { name: "a version of long ago", bytes: onnxFile({ ...usual, irVersion: 1 }), because: /ONNX version 1;/ },
    { name: "a version to come", bytes: onnxFile({ ...usual, irVersion: 99 }), because: /ONNX version 99;/ },
    { name: "operators to come", bytes: onnxFile({ ...usual, opset: 99 }), because: /version 99 of "ai\.onnx"/ },
    {
      name: "operators of a stranger",
      bytes: onnxFile({ ...usual, opsets: [opset("", 17), opset("__proto__", 1)] }),
      because: /operators of "__proto__"/,
    },
    { name: "no versions", bytes: onnxFile({ ...usual, opsets: [] }), because: /does not say which versions/ },
  ]
}

function orders(): HostileFile[] {
  const circle = [relu("b", "a"), relu("a", "b"), matMul]
  return [
    { name: "steps in a circle", bytes: onnxFile({ ...usual, nodes: circle }), because: /"Relu" uses "b" before/ },
    {
      name: "a step that wants what is not there",
      bytes: withNode(relu("z", "y")),
      because: /uses "z", which is neither/,
    },
    {
      name: "a value made twice",
      bytes: onnxFile({ ...usual, nodes: [matMul, matMul] }),
      because: /"y" is made twice/,
    },
    { name: "an output nobody makes", bytes: withNode(relu("x", "v")), because: /output "y" is made by no step/ },
  ]
}

function ends(): HostileFile[] {
  const two = [value("x", ["batch", 2]), value("x2", ["batch", 2])]
  const whole = tensor({ name: "w", dims: [2, 1], type: elementType.int64, raw: longs(1, 2) })
  return [
    { name: "two inputs", bytes: onnxFile({ ...usual, inputs: two }), because: /takes 2 inputs/ },
    {
      name: "no input",
      bytes: onnxFile({ ...usual, inputs: [value("w", [2, 1])], nodes: [relu("w", "y")] }),
      because: /0 inputs/,
    },
    {
      name: "an input of whole numbers",
      bytes: onnxFile({ ...usual, initialisers: [whole], inputs: [value("x", ["batch", 2], elementType.int64)] }),
      because: /"x" takes 64-bit whole numbers/,
    },
    { name: "an input of one dimension", bytes: withInput(value("x", [2])), because: /"x" has 1 dimensions/ },
    { name: "features without a number", bytes: withInput(value("x", ["batch", "f"])), because: /how many features/ },
    {
      name: "seven classes",
      bytes: onnxFile({ ...usual, outputs: [value("y", ["batch", 7])] }),
      because: /"y" gives 7 numbers a row/,
    },
  ]
}

function longVarint(): Uint8Array {
  return new Uint8Array([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40])
}

function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(content))
}
