import { expect, test } from "vitest"
import {
  classifierModel,
  linearModel,
  memoryBomb,
  sigmoidModel,
  timeBomb,
} from "../../relay/forecasts/testing/tiny-onnx.ts"
import { describeOnnxFile, onnxColumn } from "./onnx-file.ts"

const first = Float64Array.of(1, 2, NaN, -1)
const second = Float64Array.of(0.5, -1, 1, 2)
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
/** Here each run fetches the runtime's 14 MB unpacked and compiles them, beside other tests. */
const SLOWEST_MS = 120_000
const withinItsTime = { timeout: SLOWEST_MS }
const { signal } = new AbortController()
const given = { columns: [first, second], window: 1 }
/** A gigabyte for each row. */
const BEYOND_LIMIT = 100_000_000
const limits = { describeMs: 30_000, openMs: 30_000, batchMs: 2_000 }

async function column(bytes: Uint8Array<ArrayBuffer>) {
  const answer = await onnxColumn(new Blob([bytes]), given, { signal })
  if (!answer.ok) throw new Error(answer.because)
  return [...answer.values].map((value) => Math.round(value * 1e6) / 1e6)
}

const rounded = (...values: number[]) => values.map((value) => Math.round(value * 1e6) / 1e6)

test("a file runs in its worker and gives what a hand computes", withinItsTime, async () => {
  expect(await column(linearModel())).toEqual([2.5, 8.5, NaN, -6.5])
  expect(await column(sigmoidModel())).toEqual(rounded(sigmoid(0), sigmoid(4), NaN, sigmoid(-5)))
  expect((await column(classifierModel()))[0]).toBeCloseTo(sigmoid(-0.25), 5)
})

test("a file is described in its worker, and a bad one refused", async () => {
  expect(await describeOnnxFile(new Blob([linearModel()]))).toMatchObject({ ok: true, features: 2 })
  expect(await describeOnnxFile(new Blob(["not a model"]))).toMatchObject({ ok: false })
  expect(await describeOnnxFile(new Blob([new Uint8Array(17 * 1024 * 1024)]))).toMatchObject({ ok: false })
})

test("a model that wants gigabytes fails with a sentence", withinItsTime, async () => {
  const answer = await onnxColumn(new Blob([memoryBomb(BEYOND_LIMIT)]), given, { signal })
  expect(answer).toEqual({
    ok: false,
    because: "The model failed while it ran: it wants more memory than it may have.",
  })
})

test("a model that takes too long is ended with a sentence", withinItsTime, async () => {
  const answer = await onnxColumn(new Blob([timeBomb()]), given, { signal, limits })
  expect(answer).toMatchObject({ ok: false, because: expect.stringMatching(/longer than 2 seconds/) })
})

test("a run that is given up ends at once", async () => {
  const giveUp = new AbortController()
  const run = onnxColumn(new Blob([timeBomb()]), given, { signal: giveUp.signal })
  giveUp.abort(new Error("enough"))
  await expect(run).rejects.toThrow("enough")
})
