import { irVersions, MOST_ENDS, MOST_NODES, opsetVersions } from "./onnx-limits.ts"
import { type OnnxNode, readNode } from "./onnx-node.ts"
import { fullDomain } from "./onnx-operators.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"
import { type OnnxTensor, readTensor } from "./onnx-tensor.ts"
import { type OnnxValue, readValue } from "./onnx-value.ts"
import { type FieldReader, many, never, once, readMessage, type Stretch, textOf, wires } from "./protobuf-message.ts"

/** What a model does, as far as it decides whether it may run. */
export type OnnxGraph = {
  nodes: OnnxNode[]
  initialisers: OnnxTensor[]
  inputs: OnnxValue[]
  outputs: OnnxValue[]
}

/** Reads the bytes of an ONNX file; refuses everything a model of candles has no need of. */
export function readOnnxFile(bytes: Uint8Array): OnnxGraph {
  const versions = { ir: 0, opsets: new Map<string, number>() }
  let graph: Stretch | undefined
  readMessage({ bytes, from: 0, until: bytes.length }, "the file", {
    1: once(wires.whole, ({ number }) => (versions.ir = number)),
    7: once(wires.stretch, ({ stretch }) => (graph = stretch)),
    8: many(wires.stretch, ({ stretch }) => readOpset(stretch, versions.opsets)),
    20: never(() => "This file holds instructions for training. Export the finished model alone."),
    25: never(
      () => "This file defines operators of its own, and such models are not run. Export it without functions.",
    ),
  })
  if (!graph) refuse("There is no model in this file: is it an ONNX file?")
  checkVersions(versions)
  return readGraph(graph)
}

function readOpset(stretch: Stretch, opsets: Map<string, number>): void {
  let [domain, version] = ["", 0]
  readMessage(stretch, "the versions of operators", {
    1: once(wires.stretch, (field) => (domain = textOf(field))),
    2: once(wires.whole, ({ number }) => (version = number)),
  })
  const full = fullDomain(domain)
  if (opsets.has(full)) refuse(`This file names two versions of ${nameOf(full)}.`)
  opsets.set(full, version)
}

function checkVersions({ ir, opsets }: { ir: number; opsets: Map<string, number> }): void {
  if (ir < irVersions.least || ir > irVersions.most)
    refuse(`This file is of ONNX version ${ir}; ${irVersions.least} to ${irVersions.most} can be read.`)
  if (opsets.size === 0) refuse("This file does not say which versions of the operators it wants.")
  for (const [domain, version] of opsets) checkOpset(domain, version)
}

function checkOpset(domain: string, version: number): void {
  const known = Object.hasOwn(opsetVersions, domain) ? opsetVersions[domain] : undefined
  if (!known)
    refuse(`This file wants operators of ${nameOf(domain)}. Only ONNX's own are run: export without extensions.`)
  if (version < known.least || version > known.most)
    refuse(
      `This file wants version ${version} of ${nameOf(domain)}; versions ${known.least} to ${known.most} are run. Export it with one of those.`,
    )
}

function readGraph(stretch: Stretch): OnnxGraph {
  const graph: OnnxGraph = { nodes: [], initialisers: [], inputs: [], outputs: [] }
  const sparse = never(() => "This model holds a sparse table, which is not supported.")
  readMessage(stretch, "the model", {
    1: bounded(MOST_NODES, "steps", (one) => graph.nodes.push(readNode(one))),
    5: bounded(MOST_ENDS, "tables of numbers", (one) => graph.initialisers.push(readTensor(one, ""))),
    11: bounded(MOST_ENDS, "inputs", (one) => graph.inputs.push(readValue(one))),
    12: bounded(MOST_ENDS, "outputs", (one) => graph.outputs.push(readValue(one))),
    13: bounded(MOST_NODES * 2, "named values", (one) => readValue(one)),
    15: sparse,
  })
  return graph
}

function bounded(most: number, what: string, read: (stretch: Stretch) => unknown): FieldReader {
  let count = 0
  return many(wires.stretch, ({ stretch }) => {
    if (++count > most) refuse(`This model has more than ${most.toLocaleString("en")} ${what}, the most that are run.`)
    read(stretch)
  })
}
