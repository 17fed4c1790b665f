import { expect, test } from "vitest"
import { madeForecasts } from "../../../testing/made-forecasts.ts"
import { forecastCard } from "./forecast-card.ts"

const tradeOf = (close: number[], said: number[], given = {}) =>
  forecastCard(madeForecasts(Float64Array.from(close), Float64Array.from(said), given)).trade!

test("it buys at the close it said yes at, sells a horizon later, and only then looks again", () => {
  const said = [0.9, 0.9, 0.9, 0.5, 0.6, 0.1, 0.9]
  const trade = tradeOf([100, 90, 110, 100, 50, 100, 60], said, { horizonCandles: 2, feePercent: 0 })
  // 100 to 110, 110 to 50, then 50 to 60.
  expect(trade).toEqual({
    trades: 3,
    returnPercent: expect.closeTo(100 * (1.1 * (50 / 110) * 1.2 - 1), 10),
    holdingPercent: expect.closeTo(-40, 10),
    feesPercent: 0,
    winRatePercent: expect.closeTo(200 / 3, 10),
  })
})

test("a fee is paid at both sides, of holding too, and a gain below the fees is no win", () => {
  const trade = tradeOf([100, 101, 101], [0.9, 0.1, 0.9], { feePercent: 1 })
  expect(trade).toEqual({
    trades: 1,
    returnPercent: expect.closeTo(100 * (1.01 * 0.99 ** 2 - 1), 10),
    holdingPercent: expect.closeTo(100 * (1.01 * 0.99 ** 2 - 1), 10),
    feesPercent: expect.closeTo(100 * (1 - 0.99 ** 2), 10),
    winRatePercent: 0,
  })
})

test("who never says yes never trades and pays nothing", () => {
  expect(tradeOf([100, 110, 120], [0.5, 0.4, 0.3])).toMatchObject({
    trades: 0,
    returnPercent: 0,
    feesPercent: 0,
    winRatePercent: null,
  })
})
