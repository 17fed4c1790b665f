import fc from "fast-check"
import { expect, test } from "vitest"
import type { Understood } from "#engine/idea"
import { heardIn } from "./heard.ts"

const say = "Buy the dip on bitcoin, moonwise"
const understood = (words: string, meaning: string): Understood => {
  const from = say.indexOf(words)
  return { from, to: from + words.length, words, meaning, part: "enter" }
}

test("a sentence is cut where it was understood and where it was not", () => {
  const from = say.indexOf("moonwise")
  const heard = heardIn(say, {
    understood: [understood("bitcoin", "BTC/USDT"), understood("Buy the dip", "RSI below 30")],
    notUnderstood: [{ from, to: from + 8, words: "moonwise" }],
  })
  expect(heard.map(({ kind, text }) => [kind, text])).toEqual([
    ["understood", "Buy the dip"],
    ["plain", " on "],
    ["understood", "bitcoin"],
    ["plain", ", "],
    ["missed", "moonwise"],
  ])
})

test("whatever the offsets are, the person's sentence is shown whole and in order", () => {
  const words = fc.record({ from: fc.integer({ min: -5, max: 40 }), to: fc.integer({ min: -5, max: 45 }) })
  const mark = words.map(({ from, to }) => ({ from, to, words: "", meaning: "", part: "enter" }) as const)
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(mark), fc.array(mark), (sentence, understood, notUnderstood) => {
      const heard = heardIn(sentence, { understood, notUnderstood })
      expect(heard.map(({ text }) => text).join("")).toBe(sentence)
    }),
  )
})
