import fc from "fast-check"
import { expect, test } from "vitest"
import type { Candle } from "./candle.ts"
import { MINUTE_MS } from "./candle-source.ts"
import { MinuteArchive } from "./minute-archive.ts"
import { startSimulatedExchange } from "../simulated-exchange.ts"

const amount = fc.bigInt({ min: 0n, max: BigInt(Number.MAX_SAFE_INTEGER) })
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
      const archive = new MinuteArchive()
      const candles: Candle[] = minutes.map((one) => ({ ...one, closeTimeMs: one.openTimeMs + MINUTE_MS - 1 }))
      for (const candle of candles) expect(archive.put(candle)).toBe(true)
      for (const candle of candles) expect(archive.get(candle.openTimeMs)).toEqual(candle)
      for (const candle of candles) archive.delete(candle.openTimeMs)
      for (const candle of candles) expect(archive.get(candle.openTimeMs)).toBeUndefined()
    }),
  )
})

test("an amount too large for an exact double is not taken", () => {
  const flat = {
    open: 1n,
    high: 1n,
    low: 1n,
    close: 1n,
    volume: 1n,
    quoteVolume: 2n ** 53n,
    takerVolume: 0n,
    takerQuoteVolume: 0n,
  }
  expect(
    new MinuteArchive().put({
      openTimeMs: 0,
      closeTimeMs: MINUTE_MS - 1,
      ...flat,
      trades: 1,
      firstTradeId: 1,
      lastTradeId: 1,
    }),
  ).toBe(false)
})

test("minutes of this morning are told the same in the evening", async () => {
  const exchange = await startSimulatedExchange({ seed: 3, speed: "stepped", historyDays: 1, tickMs: 15_000 })
  const { nowMs } = exchange.exchange.state.venue
  const morning = async () =>
    (await fetch(`${exchange.rest}/klines?symbol=BTCUSDT&interval=1m&startTime=${nowMs}&limit=30`)).json()
  exchange.advance(30 * MINUTE_MS)
  const fresh = await morning()
  exchange.advance(10 * 60 * MINUTE_MS)
  expect(await morning()).toEqual(fresh)
  await exchange.stop()
})
