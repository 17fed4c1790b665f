import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf, type TradeStory } from "../../testing/run-record-story.ts"
import { candlesFromRows, type Candles, sliceCandles } from "../candles/candles.ts"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"
import { DAY_MS } from "../candles/timeframe.ts"
import { randomEntries } from "./random-entries.ts"

const startMs = Date.UTC(2024, 0, 1)

function daily(...closes: number[]): Candles {
  const rows = closes.map((close, day) => [startMs + day * DAY_MS, close, close, close, close, 1].map(String))
  const read = candlesFromRows(rows)
  if (!read.ok) throw new Error(read.because)
  return read.candles
}

const triesOf = (trades: TradeStory[], markets: Candles[], tries = 400) =>
  randomEntries({ trades: runOf({ trades }).trades, markets, tries, seed: 7 })

test("in a market that only goes one way, moving a trade changes nothing: it ranks in the middle", () => {
  // Every day gains exactly a half: wherever the day in the market lies, it brings 50 on 100.
  const market = daily(100, 150, 225, 337.5, 506.25, 759.375)
  const tries = triesOf([{ profit: 50, entryPrice: 100, entryDay: 2, exitDay: 3 }], [market])!
  expect(tries.betterThanPercent).toBe(50)
  expect(tries.medianProfit).toBe(50)
  expect(tries.pValue).toBe(1)
})

test("a trade that caught the one good day of many ranks above most of the tries", () => {
  const market = daily(...Array.from({ length: 50 }, () => 100), 200, ...Array.from({ length: 49 }, () => 200))
  const tries = triesOf([{ profit: 100, entryPrice: 100, entryDay: 49, exitDay: 50 }], [market], 2000)!
  expect(tries.betterThanPercent).toBeGreaterThan(98)
  expect(tries.pValue).toBeLessThan(0.03)
  expect(tries.medianProfit).toBe(0)
})

test("trading costs apply at every moment", () => {
  const market = daily(100, 100, 100, 100)
  const tries = triesOf([{ profit: -3, entryPrice: 100, entryDay: 0, exitDay: 1, fees: 2, slippage: 1 }], [market])!
  expect(tries.medianProfit).toBe(-3)
  expect(tries.betterThanPercent).toBe(50)
})

test("a short gains where the market falls, and each market is drawn from its own past", () => {
  const [up, down] = [daily(100, 110, 121, 133.1), daily(100, 50, 25, 12.5)]
  const trades: TradeStory[] = [
    { profit: 10, market: 0, entryPrice: 100, entryDay: 0, exitDay: 1 },
    { profit: 50, market: 1, side: "short", entryPrice: 100, entryDay: 0, exitDay: 1 },
  ]
  const tries = triesOf(trades, [up, down])!
  expect(tries.medianProfit).toBeCloseTo(60, 9)
})

test("a trade longer than the market, one of no length and a run without trades work", () => {
  expect(triesOf([], [daily(1, 2)])).toBeUndefined()
  expect(triesOf([{ profit: 1 }], [sliceCandles(daily(1, 2), { toMs: startMs + 1 })])).toBeUndefined()
  const market = daily(100, 110, 120)
  for (const [entryDay, exitDay] of [
    [0, 90],
    [1, 1],
  ])
    expect(
      triesOf([{ profit: 1, entryPrice: 100, entryDay, exitDay }], [market])!.betterThanPercent,
    ).toBeGreaterThanOrEqual(0)
})

test("a trade as long as its market can be moved nowhere, and the figures say so", () => {
  const market = daily(100, 110, 121, 133.1)
  expect(triesOf([{ profit: 1, entryPrice: 100, entryDay: 0, exitDay: 3 }], [market])!.tradeLengthPercent).toBe(100)
  expect(triesOf([{ profit: 1, entryPrice: 100, entryDay: 0, exitDay: 1 }], [market])!.tradeLengthPercent).toBeCloseTo(
    33.3,
    1,
  )
})

test("on a random walk, trades begun anywhere are lucky in about one run of twenty", () => {
  let lucky = 0
  const runs = 200
  for (let seed = 1; seed <= runs; seed++) {
    const candles = syntheticCandles({ seed, candles: 400, timeframe: "1d", startMs, startPrice: 100, kind: "range" })
    // Every tenth day for three days, whatever the price does: there is no skill to find.
    const trades = Array.from({ length: 35 }, (_, n): TradeStory => {
      const [entryDay, exitDay] = [10 * n + 3, 10 * n + 6]
      const [entryPrice, exitPrice] = [candles.close[entryDay], candles.close[exitDay]]
      return { profit: (100 * exitPrice) / entryPrice - 100, quantity: 100 / entryPrice, entryPrice, entryDay, exitDay }
    })
    const tries = randomEntries({ trades: runOf({ trades }).trades, markets: [candles], tries: 200, seed })!
    if (tries.betterThanPercent >= 95) lucky++
  }
  expect(lucky / runs).toBeLessThan(0.1)
})

test("the rank is a share, the p-value never zero, and the same seed gives the same result", () => {
  const story = fc.record({
    profit: fc.double({ min: -50, max: 50, noNaN: true }),
    side: fc.constantFrom("long" as const, "short" as const),
    entryDay: fc.integer({ min: 0, max: 90 }),
    exitDay: fc.integer({ min: 0, max: 99 }),
  })
  const candles = syntheticCandles({ seed: 3, candles: 100, timeframe: "1d", startMs, startPrice: 100, kind: "mixed" })
  fc.assert(
    fc.property(fc.array(story, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 1e6 }), (trades, seed) => {
      const once = () => randomEntries({ trades: runOf({ trades }).trades, markets: [candles], tries: 50, seed })!
      const tries = once()
      expect(tries.betterThanPercent).toBeGreaterThanOrEqual(0)
      expect(tries.betterThanPercent).toBeLessThanOrEqual(100)
      expect(tries.pValue).toBeGreaterThan(0)
      expect(tries.pValue).toBeLessThanOrEqual(1)
      expect(once()).toEqual(tries)
    }),
  )
})
