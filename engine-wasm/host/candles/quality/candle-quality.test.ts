import { existsSync, readdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import fc from "fast-check"
import { expect, test } from "vitest"
import { readCandleFile } from "../file/candle-file.ts"
import { candleDefects, type CandleDefect, gapsIn } from "./candle-quality.ts"
import type { Candles } from "../candles.ts"
import { syntheticCandles, type SyntheticRequest } from "../synthetic/synthetic-candles.ts"
import { HOUR_MS } from "../timeframe.ts"

const START_MS = Date.UTC(2024, 0, 1)

function market(asked: Partial<SyntheticRequest> = {}): Candles {
  return syntheticCandles({
    seed: 1,
    candles: 500,
    timeframe: "1h",
    startMs: START_MS,
    startPrice: 100,
    kind: "mixed",
    ...asked,
  })
}

/** Candles with some left out. */
function without(candles: Candles, isGone: (index: number) => boolean): Candles {
  const kept = (column: Float64Array) => column.filter((_, index) => !isGone(index))
  return {
    ...candles,
    openTimeMs: kept(candles.openTimeMs),
    open: kept(candles.open),
    high: kept(candles.high),
    low: kept(candles.low),
    close: kept(candles.close),
    volume: kept(candles.volume),
  }
}

const found = (defects: CandleDefect[]) =>
  defects.map(({ kind, fromMs, count }) => [kind, (fromMs - START_MS) / HOUR_MS, count])

const anyMarket = fc.record({
  seed: fc.nat(),
  timeframe: fc.constantFrom("1m", "15m", "1h", "1d" as const),
  kind: fc.constantFrom("mixed", "bull", "bear", "range" as const),
  startPrice: fc.constantFrom(0.02, 100, 3000),
})

test("a healthy market has no defects, whatever its mood", () => {
  fc.assert(
    fc.property(anyMarket, (asked) => {
      expect(candleDefects(market({ ...asked, candles: 1000 }))).toEqual([])
    }),
  )
})

test("every removed stretch is found where it was, with its length", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 498 }), { minLength: 1, maxLength: 30 }), (gone) => {
      const missing = new Set(gone)
      const found = candleDefects(without(market(), (index) => missing.has(index)))
      const hours = found.flatMap(({ kind, fromMs, count }) =>
        kind === "gap" ? Array.from({ length: count }, (_, at) => (fromMs - START_MS) / HOUR_MS + at) : [],
      )
      expect(hours).toEqual(gone.toSorted((a, b) => a - b))
      expect(gapsIn(without(market(), (index) => missing.has(index)))).toEqual({
        gaps: found.filter(({ kind }) => kind === "gap").length,
        missing: gone.length,
      })
    }),
  )
})

test("a price ten times its surroundings for one candle is found, upwards and downwards, in any market", () => {
  fc.assert(
    fc.property(anyMarket, fc.integer({ min: 0, max: 498 }), fc.boolean(), (asked, at, up) => {
      const candles = market(asked)
      if (up) candles.high[at] = candles.high[at] * 10
      else candles.low[at] = candles.low[at] / 10
      expect(candleDefects(candles)).toMatchObject([
        { kind: "spike", fromMs: candles.openTimeMs[at], count: 1, severity: "serious" },
      ])
    }),
  )
})

test("a wick of a fifth is a spike in a calm market", () => {
  const candles = market({ kind: "range" })
  candles.low[200] *= 0.8
  expect(candleDefects(candles)).toMatchObject([
    { kind: "spike", severity: "careful", words: expect.stringMatching(/^The low \(.*\) is (19|20|21|22) % below/) },
  ])
})

test("a close that is a bad print is one spike, not two seams", () => {
  const candles = market()
  candles.close[100] *= 50
  candles.high[100] = candles.close[100]
  expect(found(candleDefects(candles))).toEqual([["spike", 100, 1]])
})

test("prices that jump and stay there are a seam", () => {
  const candles = market()
  for (let at = 300; at < 500; at++)
    for (const column of [candles.open, candles.high, candles.low, candles.close]) column[at] *= 20
  expect(found(candleDefects(candles))).toEqual([["jump", 300, 1]])
})

test("silence is reported by its length, and not where it was filled on purpose", () => {
  const candles = market()
  candles.volume.fill(0, 100, 120)
  candles.volume[200] = 0
  candles.volume[210] = 0
  expect(found(candleDefects(candles))).toEqual([
    ["no-trades", 100, 20],
    ["no-trades", 200, 2],
  ])
  expect(found(candleDefects(candles, { filledMs: new Set(candles.openTimeMs.subarray(100, 120)) }))).toEqual([
    ["no-trades", 200, 2],
  ])
})

test("a source without volume is reported once", () => {
  const candles = market()
  candles.volume.fill(0)
  expect(found(candleDefects(candles))).toEqual([["no-trades", 0, 500]])
})

test("a frozen feed that claims volume is found", () => {
  const candles = market()
  for (const column of [candles.open, candles.high, candles.low, candles.close])
    column.fill(candles.close[99], 100, 130)
  candles.open[130] = candles.close[99]
  const frozen = candleDefects(candles).filter(({ kind }) => kind === "frozen")
  expect(found(frozen)).toEqual([["frozen", 100, 30]])
})

test("the minority of the candles is off the grid", () => {
  const candles = without(market(), (index) => index === 9)
  candles.openTimeMs.subarray(0, 9).forEach((time, at) => (candles.openTimeMs[at] = time - HOUR_MS / 2))
  expect(found(candleDefects(candles).filter(({ kind }) => kind === "off-grid"))).toEqual([["off-grid", -0.5, 9]])
})

test("a last candle that was fetched before it closed is unfinished", () => {
  const candles = market()
  const closeMs = START_MS + 500 * HOUR_MS
  expect(found(candleDefects(candles, { closedByMs: closeMs - 1 }))).toEqual([["unfinished", 499, 1]])
  expect(candleDefects(candles, { closedByMs: closeMs })).toEqual([])
})

test("two hundred thousand good candles have no defect", () => {
  const candles = market({ candles: 200_000, timeframe: "1m" })
  expect(candleDefects(candles)).toEqual([])
})

const realCandles = new URL("../../../../../shared/data/", import.meta.url)

test("real markets: known bad prints are found, and fewer than two candles in ten thousand are called a spike", async (context) => {
  context.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  let [candleCount, spikeCount] = [0, 0]
  const found = new Map<string, CandleDefect[]>()
  for (const name of readdirSync(realCandles).filter((file) =>
    /-1d\.csv|-4h\.csv|BTCUSDT-(1h|1m)|EURUSD|coinbase/.test(file),
  )) {
    const read = await readCandleFile(new Blob([await readFile(new URL(name, realCandles))]).stream())
    if (!read.ok) throw new Error(`${name}: ${read.because}`)
    const defects = candleDefects(read.candles)
    found.set(name, defects)
    candleCount += read.candles.close.length
    spikeCount += defects.filter(({ kind }) => kind === "spike").length
  }
  const days = (file: string, kind: CandleDefect["kind"]) =>
    found
      .get(file)!
      .filter((defect) => defect.kind === kind)
      .map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 10))
  expect(days("bitfinex-BTCUSD-1d.csv", "spike")).toContain("2013-04-16")
  expect(days("coinbase-BTCUSD-1d.csv", "spike")).toContain("2017-04-15")
  expect(days("binance-ETHUSDT-1d.csv", "spike")).toEqual(["2017-08-22"])
  expect(days("bitfinex-LTCUSD-1d.csv", "spike")).toContain("2013-06-26")
  expect(found.get("stock-GOOG-1d.csv")).toMatchObject([{ kind: "closed", count: 969 }])
  expect(found.get("fx-EURUSD-1h.csv")).toMatchObject([{ kind: "closed", count: 2063 }])
  expect(days("binance-BTCUSDT-1h.csv.gz", "gap")).toHaveLength(28)
  expect(spikeCount / candleCount).toBeLessThan(2e-4)
})
