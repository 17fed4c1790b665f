import { sha256Hex } from "#engine/candles"
import { inputOf, outputOf, type OnnxInput, type OnnxOutput } from "./onnx-ends.ts"
import { readOnnxFile } from "./onnx-file.ts"
import { MOST_FILE_BYTES } from "./onnx-limits.ts"
import { checkOrder } from "./onnx-order.ts"
import { OnnxRefusal, refuse } from "./onnx-refusal.ts"

/** A model in an ONNX file that may run: what goes in, what comes out, what it is made of, and its bytes' hash. */
export type OnnxDescription = {
  ok: true
  input: OnnxInput
  output: OnnxOutput
  /** How many formulas it wants, in the order it was trained with. */
  features: number
  /** How many candles it looks back; "any" where the person chooses. */
  window: number | "any"
  /** The operators it uses, each once. */
  operators: string[]
  nodes: number
  bytes: number
  sha256: string
}

/** Why a file is not run, in a sentence for the person who chose it. */
export type OnnxNo = { ok: false; because: string }

/**
 * Reads what an ONNX file holds, before any other program sees a byte of it. Whatever is unfit comes back as a
 * sentence; nothing is thrown, whatever the bytes.
 */
export async function describeOnnx(bytes: Uint8Array<ArrayBuffer>): Promise<OnnxDescription | OnnxNo> {
  try {
    const described = describe(bytes)
    return { ...described, bytes: bytes.length, sha256: await sha256Hex(bytes) }
  } catch (error) {
    if (error instanceof OnnxRefusal) return { ok: false, because: error.message }
    throw error
  }
}

/** Why a file of this size is not even opened; undefined when it may be. */
export function onnxSizeProblem(bytes: number): string | undefined {
  const megabytes = (size: number) => `${Math.ceil(size / 1024 / 1024)} MB`
  if (bytes === 0) return "This file is empty. Export or download it again."
  if (bytes <= MOST_FILE_BYTES) return undefined
  return `This file has ${megabytes(bytes)}; a model may have ${megabytes(MOST_FILE_BYTES)} at most. Train a smaller one.`
}

function describe(bytes: Uint8Array): Omit<OnnxDescription, "bytes" | "sha256"> {
  const problem = onnxSizeProblem(bytes.length)
  if (problem !== undefined) refuse(problem)
  const graph = readOnnxFile(bytes)
  checkOrder(graph)
  const [input, output] = [inputOf(graph), outputOf(graph)]
  const operators = [...new Set(graph.nodes.map(({ op }) => op))].toSorted()
  return {
    ok: true,
    input,
    output,
    features: input.features,
    window: input.window,
    operators,
    nodes: graph.nodes.length,
  }
}
