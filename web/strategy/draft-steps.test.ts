import { expect, test } from "vitest"
import type { WrittenStrategy } from "#engine/strategy"
import { changed, type DraftSteps, firstStep, undone } from "./draft-steps.ts"

const [A, B, C] = ["close > 1", "close > 2", "close > 3"]
const start = firstStep(entering([A, B, C]))

test("a number on its way is one step, and a word typed into one field another", () => {
  const field = {}
  let steps = moved(moved(start, withLength(15), 0), withLength(16), 100)
  steps = moved(steps, { ...withLength(16), name: "a" }, 200, field)
  steps = moved(steps, { ...withLength(16), name: "ab" }, 300, field)
  expect(undone(steps).now.document).toEqual(withLength(16))
  expect(undone(undone(steps)).now).toBe(start.now)
})

test("different acts on one part are different steps, however fast they follow each other", () => {
  const acts = [
    entering([B, A, C]),
    entering([B, C]),
    entering(["close > 9", C]),
    entering(["close < 9", C]),
    entering([C]),
  ]
  let steps = start
  for (const [at, document] of acts.entries()) steps = moved(steps, document, at * 10)
  for (const document of acts.slice(0, -1).toReversed()) {
    steps = undone(steps)
    expect(steps.now.document).toEqual(document)
  }
})

test("a number moved again after a pause is another step", () => {
  const steps = moved(moved(start, withLength(15), 0), withLength(16), 2_000)
  expect(undone(steps).now.document).toEqual(withLength(15))
})

function moved(steps: DraftSteps, document: WrittenStrategy, atMs: number, field?: unknown): DraftSteps {
  return changed(steps, { document, words: "x", field }, atMs)
}

function withLength(value: number): WrittenStrategy {
  return { ...entering([A, B, C]), params: { length: { value } } } as unknown as WrittenStrategy
}

function entering(all: string[]): WrittenStrategy {
  return { name: "t", params: { length: { value: 14 } }, long: { enter: { all } } } as unknown as WrittenStrategy
}
