import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { metricsOf } from "./metrics.ts"
import { ROLLING_DAYS, rollingSharpe } from "./rolling-sharpe.ts"

const wobble = (days: number) => Array.from({ length: days }, (_, day) => 100 + day + 5 * Math.sin(day * 1.7))

test("of a run of just so many days it is the run's own Sharpe ratio", () => {
  const run = runOf({ equity: wobble(ROLLING_DAYS) })
  const { dayMs, sharpe } = rollingSharpe(run)
  expect(dayMs).toEqual([Date.UTC(2024, 0, ROLLING_DAYS)])
  expect(sharpe[0]).toBeCloseTo(metricsOf(run).sharpe!, 12)
})

test("a shorter run has none, and days on which nothing moved have no ratio", () => {
  expect(rollingSharpe(runOf({ equity: wobble(ROLLING_DAYS - 1) })).sharpe).toEqual([])
  expect(rollingSharpe(runOf({ equity: [] })).sharpe).toEqual([])
  expect(rollingSharpe(runOf({ equity: Array.from({ length: 95 }, () => 100) })).sharpe).toEqual(
    Array.from({ length: 6 }, () => null),
  )
})

test("each day tells its own last ninety days, whatever came before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 91, maxLength: 120 }),
      (equity) => {
        const { sharpe } = rollingSharpe(runOf({ equity }))
        const late = rollingSharpe(
          runOf({ cash: equity[equity.length - ROLLING_DAYS - 1], equity: equity.slice(-ROLLING_DAYS) }),
        )
        expect(sharpe).toHaveLength(equity.length - ROLLING_DAYS + 1)
        expect(late.sharpe[0]).toBe(sharpe.at(-1))
      },
    ),
  )
})
