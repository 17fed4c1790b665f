import { expect, test } from "vitest"
import { readIdea } from "./read-idea.ts"

test("a pasted TradingView strategy becomes its rules", () => {
  const reply = readIdea(`//@version=5
strategy("Dip")
if ta.rsi(close, 14) < 30
    strategy.entry("L", strategy.long)
if ta.rsi(close, 14) > 70
    strategy.close("L")`)
  expect(reply).toMatchObject({
    kind: "strategy",
    document: { long: { enter: { all: ["rsi(close, 14) < 30"] }, exit: { all: ["rsi(close, 14) > 70"] } } },
    flags: ["noStop"],
  })
})

test("a sentence without an idea gets one question, and its words are named as not understood", () => {
  expect(readIdea(" make me rich ")).toMatchObject({
    kind: "question",
    topic: "idea",
    questions: 1,
    notUnderstood: [{ from: 1, to: 13, words: "make me rich" }],
  })
})
