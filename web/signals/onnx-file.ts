import { type Remote, transfer } from "comlink"
import {
  type OnnxAnswer,
  type OnnxColumns,
  type OnnxDescription,
  type OnnxNo,
  type OnnxSession,
  onnxSizeProblem,
  runOnnx,
} from "#forecasts"
import { BackgroundWorker, WorkerMissing } from "../worker/background-worker.ts"
import address from "./onnx-worker.ts?worker&url"
import type { OnnxApi } from "./onnx-worker.ts"

/** How long each step may take before the worker is ended. */
export type OnnxLimits = { describeMs: number; openMs: number; batchMs: number }

/** A telephone needs some seconds for what takes a computer one. Fetching the runtime may take as long as it takes. */
const usualLimits: OnnxLimits = { describeMs: 30_000, openMs: 60_000, batchMs: 20_000 }

/** What is heard of a run, and how it is given up: the worker then ends at once. */
export type OnnxFileRun = { signal: AbortSignal; onProgress?(share: number): void; limits?: OnnxLimits }

/** What a chosen file says of itself, or why it is refused; nothing of the runtime is fetched. */
export async function describeOnnxFile(file: Blob, limits = usualLimits): Promise<OnnxDescription | OnnxNo> {
  const worker = new BackgroundWorker<OnnxApi>(address)
  try {
    return await describeIn(worker, file, limits)
  } finally {
    worker.stop()
  }
}

/**
 * The model's answer for every candle of these columns, computed in a worker of its own that ends afterwards. Throws
 * only the reason of `signal`. The first call fetches the runtime (about 4 MB packed).
 */
export async function onnxColumn(file: Blob, given: OnnxColumns, run: OnnxFileRun): Promise<OnnxAnswer> {
  run.signal.throwIfAborted()
  const worker = new BackgroundWorker<OnnxApi>(address)
  const giveUp = () => worker.stop()
  run.signal.addEventListener("abort", giveUp, { once: true })
  try {
    const opened = await openIn(worker, file, run.limits ?? usualLimits)
    const answer = opened.ok ? await runOnnx(opened.session, given, run) : opened
    run.signal.throwIfAborted()
    return answer
  } finally {
    run.signal.removeEventListener("abort", giveUp)
    worker.stop()
  }
}

type Worker = BackgroundWorker<OnnxApi>
type Opened = { ok: true; session: OnnxSession } | OnnxNo

async function openIn(worker: Worker, file: Blob, limits: OnnxLimits): Promise<Opened> {
  const model = await describeIn(worker, file, limits)
  if (!model.ok) return model
  const loaded = await within(worker, undefined, (remote) => remote.load())
  if (!loaded.ok) return loaded
  const opened = await within(worker, limits.openMs, (remote) => remote.open())
  return opened.ok ? { ok: true, session: sessionIn(worker, model, limits) } : opened
}

async function describeIn(worker: Worker, file: Blob, limits: OnnxLimits): Promise<OnnxDescription | OnnxNo> {
  const problem = onnxSizeProblem(file.size)
  if (problem !== undefined) return { ok: false, because: problem }
  const bytes = await bytesOf(file)
  if (!bytes) return { ok: false, because: "This file can no longer be read. Choose it again." }
  return within(worker, limits.describeMs, (remote) => remote.describe(transfer(bytes, [bytes.buffer])))
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}

function sessionIn(worker: Worker, model: OnnxDescription, limits: OnnxLimits): OnnxSession {
  return {
    model,
    predict: (rows) =>
      within(worker, limits.batchMs, (remote) => remote.predict(transfer(rows, [rows.numbers.buffer]))),
    close: async () => worker.stop(),
  }
}

/** Asks the worker, and ends it when it does not answer in time, or breaks. */
async function within<Answer extends { ok: boolean }>(
  worker: Worker,
  mostMs: number | undefined,
  ask: (remote: Remote<OnnxApi>) => Promise<Answer | OnnxNo>,
): Promise<Answer | OnnxNo> {
  let late = false
  const end = () => {
    late = true
    worker.stop()
  }
  const timer = mostMs === undefined ? undefined : setTimeout(end, mostMs)
  try {
    return await worker.call(ask)
  } catch (error) {
    worker.stop()
    return { ok: false, because: late ? tooSlow(mostMs!) : failureInWords(error) }
  } finally {
    clearTimeout(timer)
  }
}

function tooSlow(mostMs: number): string {
  return `This model took longer than ${Math.ceil(mostMs / 1_000)} seconds for one step and was ended. Train a smaller one.`
}

function failureInWords(error: unknown): string {
  return error instanceof WorkerMissing
    ? error.message
    : "This model broke what runs it. Train a smaller one, or export it anew."
}
