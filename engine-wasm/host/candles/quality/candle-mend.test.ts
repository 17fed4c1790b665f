import fc from "fast-check"
import { expect, test } from "vitest"
import { cutWicks, dropLast, fillFlat, leaveDefects, mendsInWords, mendsThatHold, undoMend } from "./candle-mend.ts"
import { candleDefects } from "./candle-quality.ts"
import { candlesFromColumns, type Candles } from "../candles.ts"
import { syntheticCandles } from "../synthetic/synthetic-candles.ts"

const AT_MS = Date.UTC(2024, 5, 1)

/** A made-up market with its own extra column, with gaps and spikes on request. */
function damaged({ seed = 1, gone = [] as number[], wild = [] as number[] } = {}): Candles {
  const whole = syntheticCandles({
    seed,
    candles: 300,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 100,
    kind: "mixed",
  })
  for (const at of wild) whole.high[at] *= 8
  const kept = (column: Float64Array) => column.filter((_, index) => !gone.includes(index))
  const { openTimeMs, open, high, low, close, volume } = whole
  return {
    ...whole,
    openTimeMs: kept(openTimeMs),
    open: kept(open),
    high: kept(high),
    low: kept(low),
    close: kept(close),
    volume: kept(volume),
    extra: { signal: kept(open.map((_, at) => (at % 3 ? at : Number.NaN))) },
  }
}

const kinds = (candles: Candles, filledMs?: Set<number>) => candleDefects(candles, { filledMs }).map(({ kind }) => kind)
const gapsOf = (candles: Candles) => candleDefects(candles).filter(({ kind }) => kind === "gap")
const spikesOf = (candles: Candles) =>
  candleDefects(candles)
    .filter(({ kind }) => kind === "spike")
    .map(({ fromMs }) => fromMs)

test("a gap is filled with the last close and no volume, and the mend says which candles are not real", () => {
  const before = damaged({ gone: [10, 11, 50] })
  const { candles, mend } = fillFlat(before, gapsOf(before), AT_MS)
  expect(candles.openTimeMs).toHaveLength(300)
  expect([
    candles.open[11],
    candles.high[11],
    candles.low[11],
    candles.close[11],
    candles.volume[11],
    candles.extra.signal[11],
  ]).toEqual([...Array(4).fill(before.close[9]), 0, Number.NaN])
  expect(mend).toMatchObject({
    kind: "filled-flat",
    count: 3,
    fromMs: candles.openTimeMs[10],
    toMs: candles.openTimeMs[50],
    timesMs: Float64Array.of(...[10, 11, 50].map((at) => candles.openTimeMs[at])),
  })
})

test("a wick is cut to the reach of its neighbours", () => {
  const before = damaged({ wild: [40] })
  const { candles } = cutWicks(before, spikesOf(before), AT_MS)
  expect(candles.high[40]).toBe(Math.max(before.high[39], before.high[41]))
  expect(before.high[40]).toBeGreaterThan(7 * candles.high[40])
})

test("whatever the damage: mended candles pass the gate, no defect is left, and undoing in any order restores the original bits", () => {
  const damage = fc.record({
    seed: fc.nat(),
    gone: fc.uniqueArray(fc.integer({ min: 1, max: 298 }), { maxLength: 40 }),
    wild: fc.uniqueArray(
      fc.integer({ min: 1, max: 298 }).map((at) => 3 * Math.floor(at / 3)),
      { maxLength: 10 },
    ),
    fillFirst: fc.boolean(),
    undoFillFirst: fc.boolean(),
  })
  fc.assert(
    fc.property(damage, ({ fillFirst, undoFillFirst, ...asked }) => {
      const before = damaged(asked)
      const fill = (candles: Candles) => fillFlat(candles, gapsOf(candles), AT_MS)
      const cut = (candles: Candles) => cutWicks(candles, spikesOf(candles), AT_MS)
      const [first, second] = fillFirst ? [fill, cut] : [cut, fill]
      const once = first(before)
      const twice = second(once.candles)
      const [filling, cutting] = fillFirst ? [once.mend, twice.mend] : [twice.mend, once.mend]
      expect(candlesFromColumns(twice.candles, { timeframe: "1h" }).ok).toBe(true)
      // A wick beside a gap is cut to what was beyond the gap, so it may still stand out once that is filled.
      const left = kinds(twice.candles, new Set(filling?.timesMs)).filter(
        (kind) => kind === "gap" || (fillFirst && kind === "spike"),
      )
      expect(left).toEqual([])
      const order = undoFillFirst ? [filling, cutting] : [cutting, filling]
      expect(order.reduce((candles, mend) => (mend ? undoMend(candles, mend) : candles), twice.candles)).toEqual(before)
    }),
    { numRuns: 40 },
  )
})

test("a dropped last candle comes back as it was", () => {
  const before = damaged()
  const { candles, mend } = dropLast(before, AT_MS)
  expect(candles.close).toHaveLength(299)
  expect(undoMend(candles, mend!)).toEqual(before)
})

test("candles fetched over filled ones are real: the mend drops them, and undoing it does not remove them", () => {
  const before = damaged({ gone: [10, 11] })
  const { candles, mend } = fillFlat(before, gapsOf(before), AT_MS)
  candles.volume[10] = 500 // as if fetched again
  const [holds] = mendsThatHold(candles, [mend!])
  expect([holds.count, holds.fromMs]).toEqual([1, candles.openTimeMs[11]])
  expect(undoMend(candles, mend!).openTimeMs).toHaveLength(299)
  candles.volume[11] = 7
  expect(mendsThatHold(candles, [mend!])).toEqual([])
})

test("a cut wick and a dropped candle that were fetched again are neither, and undoing keeps the fetched candles", () => {
  const before = damaged({ wild: [40, 80] })
  const { candles, mend } = cutWicks(before, spikesOf(before), AT_MS)
  candles.volume[40] = 5
  expect(mendsThatHold(candles, [mend!])).toMatchObject([{ count: 1, fromMs: candles.openTimeMs[80] }])
  const undone = undoMend(candles, mend!)
  expect([undone.high[40], undone.volume[40], undone.high[80]]).toEqual([candles.high[40], 5, before.high[80]])
  const dropped = dropLast(before, AT_MS).mend!
  expect(mendsThatHold(before, [dropped])).toEqual([])
  expect(undoMend(before, dropped)).toBe(before)
})

test("a result can say what was mended within its period", () => {
  const before = damaged({ gone: [10, 11, 50], wild: [100] })
  const filled = fillFlat(before, gapsOf(before), AT_MS)
  const cut = cutWicks(filled.candles, spikesOf(filled.candles), AT_MS)
  const mends = [filled.mend!, cut.mend!, dropLast(cut.candles, AT_MS).mend!, leaveDefects(gapsOf(before), AT_MS)]
  expect(mendsInWords(mends)).toBe("3 filled flat, 1 wick cut, unfinished last candle dropped")
  expect(mendsInWords(mends, { toMs: cut.candles.openTimeMs[50] })).toBe("2 filled flat")
  expect(mendsInWords([])).toBe("")
})
