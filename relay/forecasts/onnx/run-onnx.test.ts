import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import * as runtime from "onnxruntime-web/wasm"
import { beforeAll, describe, expect, test } from "vitest"
import { describeOnnx } from "./describe-onnx.ts"
import { type OnnxRows, openOnnx } from "./onnx-session.ts"
import { runOnnx } from "./run-onnx.ts"
import {
  classifierModel,
  linearModel,
  lstmModel,
  lstmWeights,
  memoryBomb,
  sigmoidModel,
  windowModel,
} from "../testing/tiny-onnx.ts"

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const closeTo = (wanted: number) => (Number.isNaN(wanted) ? NaN : expect.closeTo(wanted, 6))
const first = Float64Array.of(1, 2, NaN, -1, 0.5, 3)
const second = Float64Array.of(0.5, -1, 1, 2, Infinity, 0)

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")
  runtime.env.wasm.numThreads = 1
  runtime.env.wasm.wasmBinary = (await readFile(wasm)).buffer as ArrayBuffer
})

async function opened(bytes: Uint8Array<ArrayBuffer>) {
  const model = await describeOnnx(bytes)
  if (!model.ok) throw new Error(model.because)
  const answer = await openOnnx(runtime, bytes, model)
  if (!answer.ok) throw new Error(answer.because)
  return answer.session
}

async function column(bytes: Uint8Array<ArrayBuffer>, columns: Float64Array[], window = 1) {
  const session = await opened(bytes)
  const answer = await runOnnx(session, { columns, window })
  await session.close()
  if (!answer.ok) throw new Error(answer.because)
  return [...answer.values]
}

describe("a model gives what a hand computes", () => {
  test("a linear model gives 3a − 2b + 0.5, and nothing where a feature is unknown", async () => {
    expect(await column(linearModel(), [first, second])).toEqual([2.5, 8.5, NaN, -6.5, NaN, 9.5].map(closeTo))
  })

  test("a sigmoid gives probabilities, the same when the file fixes how many rows go in", async () => {
    const wanted = [sigmoid(0), sigmoid(4), NaN, sigmoid(-5), NaN, sigmoid(3)].map(closeTo)
    expect(await column(sigmoidModel(), [first, second])).toEqual(wanted)
    expect(await column(sigmoidModel(3), [first, second])).toEqual(wanted)
  })

  test("of a classifier as scikit-learn writes it, the column is the chance of class 1", async () => {
    const chance = (a: number, b: number) => sigmoid(a - 2 * b - 0.25)
    const [good, bad] = [chance(1, 0.5), chance(-1, 2)]
    const values = await column(classifierModel(), [first, second])
    expect(values[0]).toBeCloseTo(good, 6)
    expect(values[3]).toBeCloseTo(bad, 6)
  })

  test("a window begins when it is full, and begins anew after a gap", async () => {
    const rising = Float64Array.of(1, 2, 3, NaN, 5, 6, 10)
    const wanted = [NaN, NaN, 2, NaN, NaN, NaN, 7].map(closeTo)
    expect(await column(windowModel(3), [rising, rising], 3)).toEqual(wanted)
    expect(await column(windowModel("candles"), [rising, rising], 3)).toEqual(wanted)
  })

  test("an LSTM reads its window from the oldest candle to the newest", async () => {
    const closes = Float64Array.of(0.5, -1, 2, 0.25)
    const wanted = [NaN, NaN, lstmByHand([0.5, -1, 2]), lstmByHand([-1, 2, 0.25])].map(closeTo)
    expect(await column(lstmModel(3), [closes], 3)).toEqual(wanted)
  })
})

describe("a run can be followed, ended and refused", () => {
  test("rows go in by batches, with their share told after each", async () => {
    const shares: number[] = []
    const long = Float64Array.from({ length: 2_500 }, (_, at) => at / 100)
    const session = await opened(linearModel())
    const answer = await runOnnx(
      session,
      { columns: [long, long], window: 1 },
      { onProgress: (share) => shares.push(share) },
    )
    expect(shares).toEqual([1_024 / 2_500, 2_048 / 2_500, 1])
    expect(answer.ok && answer.values[2_499]).toBeCloseTo(24.99 + 0.5, 5)
    await session.close()
  })

  test("a run that is given up stops before its next batch", async () => {
    const session = await opened(linearModel())
    let batches = 0
    const counted = { ...session, predict: (rows: OnnxRows) => (batches++, session.predict(rows)) }
    const giveUp = new AbortController()
    const long = new Float64Array(5_000)
    const run = runOnnx(
      counted,
      { columns: [long, long], window: 1 },
      { signal: giveUp.signal, onProgress: () => giveUp.abort() },
    )
    await expect(run).rejects.toThrow("aborted")
    expect(batches).toBe(1)
    await session.close()
  })

  test("features and windows that do not fit are refused before anything runs", async () => {
    const session = await opened(windowModel(3))
    const because = async (columns: Float64Array[], window: number) => {
      const answer = await runOnnx(session, { columns, window })
      return answer.ok ? undefined : answer.because
    }
    expect(await because([first], 3)).toBe("This model takes 2 features and 1 are given.")
    expect(await because([first, second], 5)).toBe("This model looks back 3 candles and 5 are given.")
    expect(await because([first, second], 0)).toMatch("between 1 and 2,048 candles")
    await session.close()
  })

  test("a model that wants a table beyond all memory fails with a sentence, and others go on", async () => {
    const session = await opened(memoryBomb(2 ** 30))
    const answer = await runOnnx(session, { columns: [first, second], window: 1 })
    expect(answer).toEqual({ ok: false, because: expect.stringMatching(/^The model failed while it ran: .*too large/) })
    await session.close()
    expect(await column(linearModel(), [first, second])).toHaveLength(6)
  })
})

/** The last output of an LSTM of one unit: input, output and forget gates, then the cell. */
function lstmByHand(inputs: number[]): number {
  let [state, cell] = [0, 0]
  for (const x of inputs) {
    const gates = lstmWeights.kernel.map((w, at) => w * x + lstmWeights.recurrent[at] * state + lstmWeights.bias[at])
    const [input, output, forget] = gates.slice(0, 3).map(sigmoid)
    cell = forget * cell + input * Math.tanh(gates[3])
    state = output * Math.tanh(cell)
  }
  return state
}
