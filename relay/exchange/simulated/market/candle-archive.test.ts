import fc from "fast-check"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { Candle } from "./candle.ts"
import { CandleArchive } from "./candle-archive.ts"
import { startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// Some are too large for an exact double.
const amount = fc.bigInt({ min: 0n, max: 2n ** 54n })
const count = fc.integer({ min: -1, max: 1_000_000_000 })
const minute = fc.record({
  openTimeMs: fc.integer({ min: 0, max: 30_000_000 }).map((number) => number * MINUTE_MS),
  open: amount,
  high: amount,
  low: amount,
  close: amount,
  volume: amount,
  quoteVolume: amount,
  takerVolume: amount,
  takerQuoteVolume: amount,
  trades: count,
  firstTradeId: count,
  lastTradeId: count,
})

test("what is kept comes back as it was, until it is taken out", () => {
  fc.assert(
    fc.property(fc.uniqueArray(minute, { selector: ({ openTimeMs }) => openTimeMs, maxLength: 20 }), (minutes) => {
      const archive = new CandleArchive(MINUTE_MS)
      const candles: Candle[] = minutes.map((one) => ({ ...one, closeTimeMs: one.openTimeMs + MINUTE_MS - 1 }))
      for (const candle of candles) archive.put(candle.openTimeMs, candle)
      for (const candle of candles) expect(archive.get(candle.openTimeMs)).toEqual(candle)
      for (const candle of candles) archive.delete(candle.openTimeMs)
      for (const candle of candles) expect(archive.get(candle.openTimeMs)).toBeUndefined()
    }),
  )
})

test("an empty minute is remembered too", () => {
  const archive = new CandleArchive(MINUTE_MS)
  expect(archive.has(0)).toBe(false)
  archive.put(0, undefined)
  expect([archive.has(0), archive.get(0), archive.has(MINUTE_MS)]).toEqual([true, undefined, false])
})

test("minutes of this morning are the same in the evening", async () => {
  const exchange = await startSimulatedExchange(
    { seed: 3, speed: "stepped", historyDays: 1, tickMs: 15_000 },
    realSurroundings(),
  )
  const { nowMs } = exchange.exchange.state.venue
  const morning = async () =>
    (await fetch(`${exchange.rest}/klines?symbol=BTCUSDT&interval=1m&startTime=${nowMs}&limit=30`)).json()
  exchange.advance(30 * MINUTE_MS)
  const fresh = await morning()
  exchange.advance(10 * 60 * MINUTE_MS)
  expect(await morning()).toEqual(fresh)
  await exchange.stop()
})
