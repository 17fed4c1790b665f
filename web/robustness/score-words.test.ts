import { expect, test } from "vitest"
import { lengthWords } from "./length-words.ts"
import { leftWords, stageWords } from "./progress/stage-words.ts"
import { objectiveInSentence, objectiveName, scoreWords } from "./score-words.ts"

test("a known goal has a name, a formula is its own", () => {
  expect(objectiveName("returnOverDrawdown")).toBe("Return per worst dip")
  expect(objectiveName("sharpe - 0.1 * maxDrawdownPercent")).toBe("sharpe - 0.1 * maxDrawdownPercent")
  expect(objectiveInSentence("sharpe")).toBe("Sharpe ratio")
  expect(objectiveInSentence("return")).toBe("return")
})

test("a score is written as its goal asks for, and what cannot be judged is a dash", () => {
  expect(scoreWords("return", 24.06)).toBe("+24.1\u202f%")
  expect(scoreWords("sharpe", -1.234)).toBe("−1.23")
  expect(scoreWords("expectancy", 12_345.6)).toBe("12,346")
  expect(scoreWords("sharpe", null)).toBe("—")
  expect(scoreWords("sharpe", -Infinity)).toBe("—")
})

test("what is only estimated is not told to the second", () => {
  expect([0.4, 3.2, 43, 89, 100, 7_300].map(lengthWords)).toEqual([
    "a moment",
    "about 3 s",
    "about 45 s",
    "about 90 s",
    "about 2 min",
    "about 2 h 2 min",
  ])
})

test("each stage of a search says what it is at", () => {
  const at = { evaluated: 640, toEvaluate: 1_296 }
  expect(stageWords({ stage: "search", ...at })).toBe("Trying combinations: 640 of 1,296")
  const stages = ["search", "coinFlips", "overfitting", "walkForward", "heldOut", "robustness"] as const
  expect(new Set(stages.map((stage) => stageWords({ stage, ...at }))).size).toBe(stages.length)
  expect(leftWords(undefined, 640)).toBe("640 combinations tried")
  expect(leftWords(40, 640)).toBe("about 40 s left")
})
