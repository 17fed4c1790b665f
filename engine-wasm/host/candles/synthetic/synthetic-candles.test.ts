import { createHash } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { candleBytes } from "../candle-bytes.ts"
import { candlesFromColumns, type Candles } from "../candles.ts"
import { syntheticCandles, syntheticKinds, type SyntheticRequest } from "./synthetic-candles.ts"

const year: SyntheticRequest = {
  seed: 3,
  candles: 8760,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function returnsOf({ close }: Candles): number[] {
  return Array.from(close.subarray(1), (price, index) => Math.log(price / close[index]))
}

function kurtosis(values: number[]): number {
  const middle = mean(values)
  const moment = (power: number) => mean(values.map((value) => (value - middle) ** power))
  return moment(4) / moment(2) ** 2
}

function correlation(a: number[], b: number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const covariance = mean(a.map((value, index) => (value - meanA) * (b[index] - meanB)))
  const deviation = (values: number[], middle: number) => Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
  return covariance / deviation(a, meanA) / deviation(b, meanB)
}

test("the same seed gives the same bits, known ones, and another seed another market", () => {
  const hash = createHash("sha256")
    .update(candleBytes(syntheticCandles(year)))
    .digest("hex")
  expect(hash).toBe("40eace7f47a951fd26801d2818fe790472e2c278c7648e9ec83de7f4908cf2da")
  expect([...syntheticCandles({ ...year, seed: 4 }).close]).not.toEqual([...syntheticCandles(year).close])
})

test("returns have fat tails and no memory, their size has memory, and volume follows it", () => {
  for (let seed = 0; seed < 8; seed++) {
    const candles = syntheticCandles({ ...year, seed })
    const returns = returnsOf(candles)
    const sizes = returns.map(Math.abs)
    expect(kurtosis(returns)).toBeGreaterThan(5)
    expect(Math.abs(correlation(returns.slice(1), returns.slice(0, -1)))).toBeLessThan(0.06)
    expect(correlation(sizes.slice(1), sizes.slice(0, -1))).toBeGreaterThan(0.1)
    expect(correlation(sizes, [...candles.volume.subarray(1)])).toBeGreaterThan(0.3)
  }
})

test("London and New York hours are busier than the Asian morning, weekdays busier than weekends", () => {
  const { openTimeMs, high, low } = syntheticCandles({ ...year, candles: 40_000 })
  const ranges = Array.from(high, (price, index) => (price - low[index]) / low[index])
  const rangeWhen = (when: (time: Date) => boolean) =>
    mean(ranges.filter((_, index) => when(new Date(openTimeMs[index]))))
  expect(rangeWhen((time) => time.getUTCHours() === 14)).toBeGreaterThan(
    1.4 * rangeWhen((time) => time.getUTCHours() === 4),
  )
  expect(rangeWhen((time) => time.getUTCDay() === 3)).toBeGreaterThan(1.1 * rangeWhen((time) => time.getUTCDay() === 0))
})

test("a bull market rises, a bear market falls, a range stays", () => {
  const end = (kind: SyntheticRequest["kind"]) =>
    mean([1, 2, 3, 4, 5].map((seed) => syntheticCandles({ ...year, seed, kind, candles: 24 * 180 }).close.at(-1)!))
  expect(end("bull")).toBeGreaterThan(130)
  expect(end("bear")).toBeLessThan(75)
  expect(end("range")).toBeGreaterThan(75)
  expect(end("range")).toBeLessThan(130)
})

test("a crash takes more than a third within days, from a market that went well before, whatever the timeframe and the seed", () => {
  for (const timeframe of ["1m", "1h", "1d"] as const) {
    for (let seed = 0; seed < 20; seed++) {
      const { close } = syntheticCandles({ ...year, seed, timeframe, candles: 2000, kind: "crash" })
      const deepest = close.subarray(700, 1500).reduce((least, price) => Math.min(least, price))
      const before = close.subarray(600, 800).reduce((most, price) => Math.max(most, price))
      expect(deepest / before).toBeLessThan(0.66)
    }
  }
})

test("a volatile market moves more than twice as much as one in a range, without direction", () => {
  const spread = (kind: SyntheticRequest["kind"]) => mean(returnsOf(syntheticCandles({ ...year, kind })).map(Math.abs))
  expect(spread("volatile")).toBeGreaterThan(2 * spread("range"))
})

test("fifty years of days neither vanish nor blow up", () => {
  const { high, low } = syntheticCandles({ ...year, timeframe: "1d", candles: 20_000, startMs: 0 })
  expect(low.reduce((least, price) => Math.min(least, price))).toBeGreaterThan(0.1)
  expect(high.reduce((most, price) => Math.max(most, price))).toBeLessThan(100_000)
})

test("a cheap coin's wild weeks never take its price below zero", () => {
  const { close, volume } = syntheticCandles({
    ...year,
    seed: 24,
    candles: 213,
    timeframe: "1w",
    startPrice: 1e-7,
    kind: "bear",
  })
  expect(close.every((price) => price > 0)).toBe(true)
  expect(volume.every((traded) => traded >= 0)).toBe(true)
})

test("whatever the request, the candles pass the gate and are on their tick grid", () => {
  const request = fc.record({
    seed: fc.nat(),
    candles: fc.integer({ min: 2, max: 400 }),
    timeframe: fc.constantFrom("1m", "1h", "1d", "1w" as const),
    startMs: fc.integer({ min: -1e12, max: 1e12 }),
    startPrice: fc.double({ min: 1e-7, max: 1e6, noNaN: true }),
    kind: fc.constantFrom(...syntheticKinds),
  })
  fc.assert(
    fc.property(request, (asked) => {
      const candles = syntheticCandles(asked)
      expect(candlesFromColumns(candles)).toEqual({ ok: true, candles })
      expect(candles.priceDecimals).toBeLessThan(13)
    }),
    { numRuns: 60 },
  )
})
