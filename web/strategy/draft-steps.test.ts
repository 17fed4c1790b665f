import { expect, test } from "vitest"
import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { changed, type DraftSteps, firstStep, redone, undone } from "./draft-steps.ts"

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

test("a drag is one step, however long the pointer rests on its way; the next press is another", () => {
  const [first, second] = [{}, {}]
  const held = (steps: DraftSteps, length: number, atMs: number, press: object) =>
    changed(steps, { document: withLength(length), words: "x", press }, atMs)
  let steps = held(held(start, 15, 0, first), 16, 5_000, first)
  expect(undone(steps).now).toBe(start.now)
  steps = held(steps, 17, 10_000, second)
  expect(undone(steps).now.document).toEqual(withLength(16))
})

test("a number moved again after a pause is another step", () => {
  const steps = moved(moved(start, withLength(15), 0), withLength(16), 2_000)
  expect(undone(steps).now.document).toEqual(withLength(15))
})

test("how it is tested is taken back in the order in which it was changed, between the changes of the document", () => {
  let steps = moved(start, withLength(15), 0)
  steps = tested(steps, [{ cash: 100 }, { cash: 500 }], 100)
  steps = moved(steps, withLength(16), 200)
  expect(steps.now.settings).toBeUndefined()
  steps = undone(steps)
  expect(steps.now).toMatchObject({ document: withLength(15), settings: { before: { cash: 100 } } })
  steps = undone(steps)
  expect(steps.now).toEqual({ document: withLength(15), words: "x" })
  expect(redone(steps).now.settings).toEqual({ before: { cash: 100 }, after: { cash: 500 } })
})

test("an amount being typed is one step, and so is the slider of a template; choices are steps of their own", () => {
  const field = {}
  let steps = tested(start, [{ cash: undefined }, { cash: 5 }], 0, field)
  steps = tested(steps, [{ cash: 5 }, { cash: 50 }], 100, field)
  expect(steps.now.settings).toEqual({ before: { cash: undefined }, after: { cash: 50 } })
  steps = tested(steps, [{ params: {} }, { params: { length: 15 } }], 200)
  steps = tested(steps, [{ params: { length: 15 } }, { params: { length: 16 } }], 300)
  expect(steps.now.settings).toEqual({ before: { params: {} }, after: { params: { length: 16 } } })
  steps = tested(steps, [{ fills: "conservative" }, { fills: "freqtrade" }], 400)
  steps = tested(steps, [{ fills: "freqtrade" }, { fills: "backtesting.py" }], 500)
  steps = tested(steps, [{ params: { length: 16 } }, { params: { length: 16, strict: true } }], 600)
  steps = tested(steps, [{ params: { length: 16, strict: true } }, { params: { length: 16, strict: false } }], 700)
  expect(steps.past.slice(1).map(({ settings }) => settings?.after)).toEqual([
    { cash: 50 },
    { params: { length: 16 } },
    { fills: "freqtrade" },
    { fills: "backtesting.py" },
    { params: { length: 16, strict: true } },
  ])
})

function tested(
  steps: DraftSteps,
  [before, after]: [Partial<RunSetup>, Partial<RunSetup>],
  atMs: number,
  field?: unknown,
): DraftSteps {
  return changed(steps, { ...steps.now, words: "x", settings: { before, after }, field }, atMs)
}

function moved(steps: DraftSteps, document: WrittenStrategy, atMs: number, field?: unknown): DraftSteps {
  return changed(steps, { document, words: "x", field }, atMs)
}

function withLength(value: number): WrittenStrategy {
  return { ...entering([A, B, C]), params: { length: { value } } } as unknown as WrittenStrategy
}

function entering(all: string[]): WrittenStrategy {
  return { name: "t", params: { length: { value: 14 } }, long: { enter: { all } } } as unknown as WrittenStrategy
}
