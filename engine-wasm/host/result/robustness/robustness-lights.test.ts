import { describe, expect, test } from "vitest"
import {
  askedLight,
  otherMarketsLight,
  partsLight,
  regimesLight,
  robustnessVerdict,
  startDatesLight,
  type RobustnessLight,
} from "./robustness-lights.ts"

test("what a run says nothing about is doubtful", () => {
  expect(askedLight({ id: "luck", level: "unknown", because: "It never traded." }).level).toBe("doubtful")
  expect(askedLight({ id: "luck", level: "bad", because: "Luck." }).level).toBe("bad")
})

describe("part after part", () => {
  const parts = (won: number, returnPercent = 5, tradeCount = 30) =>
    partsLight({ won, parts: 6, returnPercent, tradeCount, isChosenAnew: true })

  test("two thirds are good, half doubtful, fewer or a loss bad, none and no trades no answer", () => {
    expect([parts(4), parts(3), parts(2), parts(5, -1), parts(0, 0, 0)].map(({ level }) => level)).toEqual([
      "good",
      "doubtful",
      "bad",
      "bad",
      "doubtful",
    ])
    expect(partsLight(undefined).level).toBe("doubtful")
    expect(parts(4).because).toBe(
      "With its values chosen anew on each part and traded on the next, 4 of 6 parts made money, +5.0\u202f% in all.",
    )
  })
})

test("nine starts in ten are good, six doubtful, fewer bad", () => {
  const starts = (madeMoneyPercent: number) =>
    startDatesLight({ count: 12, madeMoneyPercent, perYear: { worst: -2, best: 9 } })
  expect([starts(91), starts(75), starts(59)].map(({ level }) => level)).toEqual(["good", "doubtful", "bad"])
  expect(starts(75).because).toBe(
    "Begun at 12 moments in the first third, it made money in 75\u202f% of them, from \u22122.0\u202f% to +9.0\u202f% a year.",
  )
})

test("money in every mood is good, in some doubtful, in none bad; a mood without trades does not count", () => {
  const moods = (...returns: number[]) =>
    regimesLight(returns.map((returnPercent, n) => ({ name: `mood ${n}`, days: 40, returnPercent, tradeCount: 9 })))
  expect([moods(1, 2), moods(1, -2), moods(-1, -2), moods(1)].map(({ level }) => level)).toEqual([
    "good",
    "doubtful",
    "bad",
    "doubtful",
  ])
  expect(moods(1, -2).because).toContain("mood 0 +1.0\u202f% (40 days), mood 1 \u22122.0\u202f% (40 days)")
})

test("two of three other markets are good, half doubtful, fewer bad; those without a trade do not count", () => {
  const markets = (...returns: number[]) =>
    otherMarketsLight(returns.map((returnPercent) => ({ market: "A/B", returnPercent, tradeCount: 9 })))
  expect([markets(1, 2, -1), markets(1, -1), markets(1, -1, -2), markets()].map(({ level }) => level)).toEqual([
    "good",
    "doubtful",
    "bad",
    "doubtful",
  ])
})

describe("the verdict", () => {
  type Levels = Partial<Record<RobustnessLight["id"], RobustnessLight["level"]>>
  const lights = (levels: Levels): RobustnessLight[] => {
    const all: Levels = { luck: "good", fees: "good", unseen: "good", regimes: "good", ...levels }
    return (Object.keys(all) as RobustnessLight["id"][]).map((id) => ({ id, level: all[id]!, because: "So it is." }))
  }

  test("is good where all that decides is, bad where one of it is bad, and else doubtful", () => {
    const level = (levels: Levels) => robustnessVerdict(lights(levels)).level
    expect([
      level({}),
      level({ regimes: "doubtful" }),
      level({ luck: "doubtful" }),
      level({ regimes: "bad" }),
      level({ luck: "bad" }),
      level({ fees: "bad" }),
    ]).toEqual(["good", "good", "doubtful", "doubtful", "bad", "bad"])
    expect(robustnessVerdict(lights({ luck: "doubtful" })).headline).toBe(
      "This may not hold: 3 of 4 questions answered with yes. Watch it on paper first.",
    )
  })
})
