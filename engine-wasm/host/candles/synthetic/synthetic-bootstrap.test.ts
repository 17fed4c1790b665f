import fc from "fast-check"
import { expect, test } from "vitest"
import { bootstrapCandles } from "./synthetic-bootstrap.ts"
import { candlesFromColumns, columnsBy, sliceCandles, type Candles } from "../candles.ts"
import { syntheticCandles } from "./synthetic-candles.ts"

const source = syntheticCandles({
  seed: 9,
  candles: 2000,
  timeframe: "1h",
  startMs: 0,
  startPrice: 20_000,
  kind: "mixed",
})
const asked = { source, seed: 1, candles: 3000, blockCandles: 48, startMs: Date.UTC(2024, 0, 1), startPrice: 100 }

const moves = ({ open, close }: Candles) => Array.from(close, (price, at) => price / open[at])

test("the same seed gives the same bits, another seed another past", () => {
  expect(bootstrapCandles(asked)).toEqual(bootstrapCandles(asked))
  expect(bootstrapCandles({ ...asked, seed: 2 }).close).not.toEqual(bootstrapCandles(asked).close)
})

test("whatever the request, the candles pass the gate on a grid without gaps", () => {
  const request = fc.record({
    seed: fc.nat(),
    candles: fc.integer({ min: 2, max: 500 }),
    blockCandles: fc.integer({ min: 1, max: 3000 }),
    startPrice: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  })
  fc.assert(
    fc.property(request, (each) => {
      const candles = bootstrapCandles({ ...asked, ...each })
      expect(candlesFromColumns(candles, { timeframe: "1h" })).toEqual({ ok: true, candles })
    }),
    { numRuns: 50 },
  )
})

test("every candle's move comes from the source, within a tick", () => {
  const known = moves(source).toSorted((a, b) => a - b)
  for (const move of moves(bootstrapCandles(asked)).slice(0, 300)) {
    expect(Math.min(...known.map((each) => Math.abs(each - move)))).toBeLessThan(5e-4)
  }
})

test("neighbours stay together within a block: one block as long as the source is the source, at another price", () => {
  const { close, volume } = bootstrapCandles({
    ...asked,
    candles: 2000,
    blockCandles: 2000,
    startPrice: source.open[0],
  })
  expect(volume).toEqual(source.volume)
  expect(Math.max(...close.map((price, at) => Math.abs(price / source.close[at] - 1)))).toBeLessThan(1e-3)
})

test("a move over a gap does not count as one candle's", () => {
  const doubled = (name: "open" | "high" | "low" | "close") =>
    Float64Array.of(...source[name].subarray(0, 100), ...source[name].subarray(100, 200).map((price) => 2 * price))
  const short = sliceCandles(source, { toMs: source.openTimeMs[200] })
  const torn: Candles = {
    ...short,
    ...columnsBy((name) => short[name].slice()),
    open: doubled("open"),
    high: doubled("high"),
    low: doubled("low"),
    close: doubled("close"),
  }
  for (let at = 100; at < 200; at++) torn.openTimeMs[at] += 1000 * torn.timeframeMs
  const drawn = bootstrapCandles({ ...asked, source: torn, candles: 5000, blockCandles: 10 })
  const jumps = Array.from(drawn.open.subarray(1), (price, at) => price / drawn.close[at])
  expect(Math.max(...jumps)).toBeLessThan(1.5)
})
