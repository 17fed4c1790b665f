import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { DAY_MS } from "../candles/timeframe.ts"
import { splitResult } from "./split-result.ts"

const startMs = Date.UTC(2024, 0, 1)

test("each part has its own return, and both together are the whole", () => {
  const run = runOf({
    equity: [100, 110, 120, 120, 90, 60],
    trades: [
      { profit: 20, entryDay: 0, exitDay: 2 },
      { profit: -60, entryDay: 3, exitDay: 5 },
    ],
  })
  const { seen, unseen } = splitResult(run, startMs + 3 * DAY_MS)!
  expect(seen).toEqual({ returnPercent: expect.closeTo(20, 9), days: 3, tradeCount: 1 })
  expect(unseen).toEqual({ returnPercent: expect.closeTo(-50, 9), days: 3, tradeCount: 1 })
  expect((1 + seen.returnPercent / 100) * (1 + unseen.returnPercent / 100)).toBeCloseTo(0.6, 12)
})

test("a cut before the first or after the last sample leaves nothing to compare", () => {
  const run = runOf({ equity: [100, 110] })
  expect(splitResult(run, startMs)).toBeUndefined()
  expect(splitResult(run, startMs + 2 * DAY_MS)).toBeUndefined()
  expect(splitResult(runOf({}), startMs)).toBeUndefined()
})
