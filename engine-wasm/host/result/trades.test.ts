import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { tradesOf } from "./trades.ts"

test("a trade whose fee left nothing has a profit of 0 %, not NaN", () => {
  const { trades, markets } = runOf({
    trades: [
      { quantity: 0, profit: 0 },
      { quantity: 2, entryPrice: 50, profit: 5 },
    ],
  })
  expect(tradesOf(trades, markets, []).map(({ profitPercent }) => profitPercent)).toEqual([0, 5])
})
