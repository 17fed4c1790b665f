import { assert, asyncProperty, integer, nat, oneof, tuple, uint8Array } from "fast-check"
import { describe, expect, test } from "vitest"
import { describeOnnx, type OnnxDescription, type OnnxNo } from "./describe-onnx.ts"
import { hostileFiles } from "../testing/hostile-onnx.ts"
import { classifierModel, linearModel, lstmModel, sigmoidModel, windowModel } from "../testing/tiny-onnx.ts"

/** A sentence for a beginner fits on a few lines, whatever names the file holds. */
const LONGEST_SENTENCE = 400

describe("what a good file says of itself", () => {
  test("a linear model names its features, its operators and its hash", async () => {
    expect(await describeOnnx(linearModel())).toMatchObject({
      ok: true,
      features: 2,
      window: 1,
      input: { name: "x", rank: 2 },
      output: { name: "y", gives: "number" },
      operators: ["Gemm"],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test("what ends in a sigmoid gives a probability, and rows that the file fixes are known", async () => {
    expect(await describeOnnx(sigmoidModel(4))).toMatchObject({ output: { gives: "probability" }, input: { rows: 4 } })
  })

  test("of a classifier the probabilities are read and not the label", async () => {
    expect(await describeOnnx(classifierModel())).toMatchObject({
      output: { name: "probabilities", gives: "probability" },
    })
  })

  test("a window is the file's own, or any where it has no length", async () => {
    expect(await describeOnnx(windowModel(8))).toMatchObject({ ok: true, window: 8, features: 2 })
    expect(await describeOnnx(windowModel("candles"))).toMatchObject({ ok: true, window: "any" })
    expect(await describeOnnx(lstmModel(3))).toMatchObject({ ok: true, operators: ["LSTM", "Squeeze", "Transpose"] })
  })
})

describe("a hostile file is refused with a sentence", () => {
  test.each(hostileFiles)("$name", async ({ bytes, because }) => {
    const answer = await describeOnnx(bytes)
    expect(answer).toEqual({ ok: false, because: expect.stringMatching(because) })
    const sentence = sentenceOf(answer)
    expect(sentence.length).toBeLessThan(LONGEST_SENTENCE)
    // oxlint-disable-next-line no-control-regex -- a name in a file must not move a cursor
    expect(sentence).toMatch(/^[A-Z][^\u0000-\u001f]*[.?]$/)
  })

  test("any bytes, and good files with a byte changed or cut anywhere, are described or refused, and nothing is thrown", async () => {
    const good = [linearModel(), classifierModel(), lstmModel(3), windowModel("candles")]
    const changed = tuple(nat(good.length - 1), nat(), integer({ min: 1, max: 255 })).map(([which, place, change]) => {
      const bytes = good[which].slice()
      bytes[place % bytes.length] ^= change
      return bytes
    })
    const cut = tuple(nat(good.length - 1), nat()).map(([which, at]) => good[which].slice(0, at % good[which].length))
    const anything = uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes))
    await assert(
      asyncProperty(oneof(changed, cut, anything), async (bytes) => {
        expect(sentenceOf(await describeOnnx(bytes)).length).toBeLessThan(LONGEST_SENTENCE)
      }),
      { numRuns: 1_000 },
    )
    expect.hasAssertions()
  })
})

function sentenceOf(answer: OnnxDescription | OnnxNo): string {
  return answer.ok ? "" : answer.because
}
