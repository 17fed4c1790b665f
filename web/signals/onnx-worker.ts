import { expose } from "comlink"
import {
  describeOnnx,
  type OnnxAnswer,
  type OnnxDescription,
  type OnnxNo,
  type OnnxRows,
  type OnnxSession,
  openOnnx,
} from "#forecasts"
import wasmAddress from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url&no-inline"
import { limitMemory } from "./memory-limit.ts"

export type OnnxApi = {
  /** Reads a file; nothing of the runtime is fetched for that. */
  describe(file: Uint8Array<ArrayBuffer>): Promise<OnnxDescription | OnnxNo>
  /** Fetches the runtime, once. */
  load(): Promise<{ ok: true } | OnnxNo>
  /** Opens the file that was described last. */
  open(): Promise<{ ok: true } | OnnxNo>
  predict(rows: OnnxRows): Promise<OnnxAnswer>
}

/** More than any model of 16 MB needs, and little enough for a telephone. */
const MOST_MEMORY_BYTES = 512 * 1024 * 1024

expose({ describe, load, open, predict } satisfies OnnxApi)

type Described = { file: Uint8Array<ArrayBuffer>; model: OnnxDescription }

let described: Described | undefined
let runtime: typeof import("onnxruntime-web/wasm") | undefined
let session: OnnxSession | undefined

async function describe(file: Uint8Array<ArrayBuffer>): Promise<OnnxDescription | OnnxNo> {
  described = undefined
  const model = await describeOnnx(file)
  if (model.ok) described = { file, model }
  return model
}

async function load(): Promise<{ ok: true } | OnnxNo> {
  try {
    runtime ??= await fetchRuntime()
    return { ok: true }
  } catch {
    return {
      ok: false,
      because: "What runs ONNX models could not be fetched (some 4 MB, once). Look whether the network is there.",
    }
  }
}

async function fetchRuntime() {
  limitMemory(MOST_MEMORY_BYTES)
  const [code, wasm] = await Promise.all([import("onnxruntime-web/wasm"), fetch(wasmAddress)])
  if (!wasm.ok) throw new Error(wasm.statusText)
  // One thread: more of them are workers made of a blob, which the content policy refuses.
  Object.assign(code.env.wasm, { numThreads: 1, proxy: false, wasmBinary: await wasm.arrayBuffer() })
  return code
}

async function open(): Promise<{ ok: true } | OnnxNo> {
  if (!described || !runtime) throw new Error("nothing was described or loaded")
  const opened = await openOnnx(runtime, described.file, described.model)
  if (!opened.ok) return opened
  session = opened.session
  return { ok: true }
}

async function predict(rows: OnnxRows): Promise<OnnxAnswer> {
  if (!session) throw new Error("no model was opened")
  return session.predict(rows)
}
