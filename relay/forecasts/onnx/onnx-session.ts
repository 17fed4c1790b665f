import { plainText } from "#engine/candles"
import type { OnnxDescription, OnnxNo } from "./describe-onnx.ts"
import { nameOf } from "./onnx-refusal.ts"

/** What is used of onnxruntime-web; it is passed in, so nothing here fetches it. */
export type OnnxRuntime = {
  InferenceSession: { create(file: Uint8Array, options: object): Promise<RuntimeSession> }
  Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown
}

type RuntimeSession = {
  run(
    feeds: Record<string, never>,
    fetches: readonly string[],
    options: { logSeverityLevel: 4 },
  ): Promise<Record<string, { data: unknown }>>
  release(): Promise<void>
}

/** Features of some rows, row by row, each from its oldest candle to its newest. */
export type OnnxRows = { numbers: Float32Array<ArrayBuffer>; rows: number; window: number }

/** One number for each row, or why there is none. */
export type OnnxAnswer = { ok: true; values: Float64Array<ArrayBuffer> } | OnnxNo

/** A model that is ready to answer. */
export type OnnxSession = {
  model: OnnxDescription
  predict(rows: OnnxRows): Promise<OnnxAnswer>
  close(): Promise<void>
}

/** How much of the runtime's own words about a failure is shown. */
const RUNTIME_LETTERS = 200
/** The runtime's own numbering: only what ends a model is worth its lines. */
const FATAL_ONLY = 4

/** Opens a described file in the runtime; answers with a sentence where the runtime refuses it. */
export async function openOnnx(
  runtime: OnnxRuntime,
  file: Uint8Array,
  model: OnnxDescription,
): Promise<{ ok: true; session: OnnxSession } | OnnxNo> {
  try {
    const own = await runtime.InferenceSession.create(file, {
      executionProviders: ["wasm"],
      executionMode: "sequential",
      logSeverityLevel: FATAL_ONLY,
    })
    const session: OnnxSession = {
      model,
      predict: (rows) => predict(runtime, own, model, rows),
      close: () => own.release(),
    }
    return { ok: true, session }
  } catch (error) {
    return { ok: false, because: `The model cannot be opened: ${runtimeWords(error)}` }
  }
}

async function predict(
  runtime: OnnxRuntime,
  own: RuntimeSession,
  { input, output }: OnnxDescription,
  { numbers, rows, window }: OnnxRows,
): Promise<OnnxAnswer> {
  const dims = input.rank === 2 ? [rows, input.features] : [rows, window, input.features]
  try {
    const feeds = { [input.name]: new runtime.Tensor("float32", numbers, dims) as never }
    const answer = await own.run(feeds, [output.name], { logSeverityLevel: FATAL_ONLY })
    return valuesOf(answer[output.name]?.data, rows, output.name)
  } catch (error) {
    return { ok: false, because: `The model failed while it ran: ${runtimeWords(error)}` }
  }
}

/** One number a row; of two the second, which is the chance of class 1. */
function valuesOf(data: unknown, rows: number, name: string): OnnxAnswer {
  if (!(data instanceof Float32Array))
    return { ok: false, because: `The output ${nameOf(name)} is not in 32-bit numbers.` }
  const columns = data.length / rows
  if (columns !== 1 && columns !== 2) {
    const because = `The output ${nameOf(name)} gave ${data.length} numbers for ${rows} rows; one a row is needed, or two for two classes.`
    return { ok: false, because }
  }
  const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + columns - 1])
  return { ok: true, values: values.map((value) => (Number.isFinite(value) ? value : NaN)) }
}

/** What the runtime says last is what went wrong; before it come its own codes and places. */
function runtimeWords(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  if (/bad_alloc|out of memory|integer overflow/i.test(words)) return "it wants more memory than it may have."
  const last = words.replace(/^[^]*(ERROR_MESSAGE|Status Message): /, "").replace(/^\S*\/\S+:\d+ [^]*?\) /, "")
  return plainText(last.trim(), RUNTIME_LETTERS)
}
