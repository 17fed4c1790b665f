import { expect, test } from "vitest"
import { planOf, seedCandles, seedSession } from "../../testing/seed-session.ts"
import { entryCounts } from "./entry-counts.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"

function counts(long: NonNullable<WrittenStrategy["long"]>, fromMs?: number) {
  return entryCounts(seedSession, { ...planOf({ long }), fromMs })
}

const rises = seedCandles.close.map((close, at) => Number(close > seedCandles.open[at]))
const riseCount = rises.reduce((sum, one) => sum + one, 0)

test("each condition is counted, and the entries it alone prevented", () => {
  expect(counts({ enter: { all: ["close > open", "close < 0"] } })).toEqual({
    candleCount: 3000,
    sides: [
      {
        side: "long",
        join: "all",
        askedCount: 0,
        conditions: [
          { formula: "close > open", metCount: riseCount, aloneMissingCount: 0 },
          { formula: "close < 0", metCount: 0, aloneMissingCount: riseCount },
        ],
      },
    ],
  })
})

test("with any of them, one is enough", () => {
  const counted = counts({ enter: { any: ["close > open", "close < 0"] } })!.sides[0]
  expect(counted.askedCount).toBe(riseCount)
  expect(counted.conditions.map(({ aloneMissingCount }) => aloneMissingCount)).toEqual([
    3000 - riseCount,
    3000 - riseCount,
  ])
})

test("only the candles of the run count", () => {
  const fromMs = seedCandles.openTimeMs[2900]
  expect(counts({ enter: { all: ["close > 0"] } }, fromMs)).toMatchObject({
    candleCount: 100,
    sides: [{ askedCount: 100 }],
  })
})

test("a value that is not ready meets no condition", () => {
  expect(counts({ enter: { all: ["sma(close, 100) > 0"] } })!.sides[0].askedCount).toBe(2901)
})
