import { expect, test } from "vitest"
import { candlesOf, lengthProblem, nameOf, sourceOf, type SyntheticChoice } from "./synthetic-choice.ts"

const crash: SyntheticChoice = { like: { kind: "crash" }, timeframe: "1h", days: 365, seed: 7, startPrice: 100 }

test("a made-up market's name and source say what it is, by words it can be made from again", () => {
  expect([nameOf(crash), sourceOf(crash)]).toEqual(["CRASH7/USD", "Made up: crash, seed 7, from 100"])
  const redrawn = { ...crash, like: { marketId: "btc-usdt-1h", marketName: "BTC/USDT", blockCandles: 48 } }
  expect([nameOf(redrawn), sourceOf(redrawn)]).toEqual([
    "BTC/USDT redrawn 7",
    "Made up: BTC/USDT redrawn in blocks of 48, seed 7, from 100",
  ])
})

test("too many and too few candles are refused before they are made", () => {
  expect([candlesOf(crash), lengthProblem(crash)]).toEqual([8760, undefined])
  expect(lengthProblem({ ...crash, timeframe: "1m", days: 1826 })).toContain("more than a million")
  expect(lengthProblem({ ...crash, timeframe: "1d", days: 30 })).toContain("fewer than 50")
})
