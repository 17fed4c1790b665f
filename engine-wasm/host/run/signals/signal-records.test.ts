import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { dueMsOf, outcomeOfCall, type SignalCall } from "./signal-call.ts"
import { signalRecords } from "./signal-records.ts"

// Calls of forecasts, rules and models as they are kept, and what their outcomes say of each source.

const AHEAD = 4

function call(parts: Partial<SignalCall> = {}): SignalCall {
  return {
    id: "1",
    source: "rules",
    market: "ETH/USDT",
    timeframe: "1h",
    candleClosedMs: 0,
    aheadCandles: AHEAD,
    action: "BUY",
    probability: 0.6,
    close: 100,
    reasoning: [],
    outcome: null,
    ...parts,
  }
}

/** So many calls one behind the other, of which the first so many came true. */
function past(count: number, cameTrue: number, parts: Partial<SignalCall> = {}): SignalCall[] {
  return Array.from({ length: count }, (_, n) => {
    const one = call({ id: String(n), candleClosedMs: n * AHEAD * HOUR_MS, ...parts })
    const isUp = n < cameTrue === (one.action === "BUY")
    return { ...one, outcome: outcomeOfCall(one, isUp ? 101 : 99) }
  })
}

test("a call is due at the close so many candles later, and measured by that close alone", () => {
  expect(dueMsOf(call({ candleClosedMs: HOUR_MS, timeframe: "4h" }))).toBe(17 * HOUR_MS)
  expect(outcomeOfCall(call(), 101)).toEqual({ close: 101, cameTrue: true })
  expect(outcomeOfCall(call(), 100)).toEqual({ close: 100, cameTrue: false })
  expect(outcomeOfCall(call({ action: "SELL" }), 101).cameTrue).toBe(false)
  expect(outcomeOfCall(call({ action: "HOLD", atr: 3 }), 105).cameTrue).toBe(true)
  expect(outcomeOfCall(call({ action: "HOLD", atr: 3 }), 107).cameTrue).toBe(false)
})

test("each source has its own record: hits with their range, Brier score, calibration and words", () => {
  const [rules, model] = signalRecords([
    ...past(40, 26, { probability: 0.65 }),
    ...past(10, 2, { source: "model:small", market: "BTC/USDT", probability: 0.9 }),
    call({ candleClosedMs: 40 * AHEAD * HOUR_MS }),
  ])
  expect(rules).toMatchObject({ source: "rules", count: 40, cameTrue: 26, hitPercent: 65, waiting: 1 })
  expect(rules.bins).toEqual([{ fromPercent: 60, toPercent: 70, meanPercent: 65, count: 40, cameTrue: 26 }])
  expect(rules.brier).toBeCloseTo(0.65 * 0.35 ** 2 + 0.35 * 0.65 ** 2, 10)
  expect(rules.between!.lowPercent).toBeCloseTo(49.5, 1)
  expect(rules.words).toMatch(/^Of 40 such calls .* 26 came true \(65 %\).*no better than a coin\.$/)
  expect(model.brier).toBeCloseTo(0.2 * 0.01 + 0.8 * 0.81, 10)
  expect(model.words).toMatch(/too few to say more/)
})

test("asking again about a candle counts once, and what was said first is what counts", () => {
  const first = past(1, 1)
  const again = past(1, 0, { id: "again", action: "SELL" })
  const [record] = signalRecords([...first, ...again, ...again])
  expect(record).toMatchObject({ count: 1, cameTrue: 1 })
  expect(signalRecords([...again, ...first])[0]).toMatchObject({ count: 1, cameTrue: 0 })
  expect(signalRecords([...first, ...past(1, 1, { source: "votes" })]).map(({ count }) => count)).toEqual([1, 1])
})

test("calls at every candle count only where their outcomes share no candle", () => {
  const hourly = past(40, 40).map((one, n) => ({ ...one, candleClosedMs: n * HOUR_MS }))
  expect(signalRecords(hourly)[0].count).toBe(10)
  expect(signalRecords(hourly.toReversed())[0].count).toBe(10)
  const elsewhere = hourly.map((one) => ({ ...one, market: "BTC/USDT" }))
  expect(signalRecords([...hourly, ...elsewhere])[0].count).toBe(20)
})

test("always saying BUY while all rises is no better than a coin; knowing when is", () => {
  const [always] = signalRecords(past(60, 60))
  expect(always).toMatchObject({ baselinePercent: 100, better: false })
  const rises = past(60, 30)
  const falls = rises
    .slice(30)
    .map((one) => ({ ...one, action: "SELL" as const, outcome: { close: 99, cameTrue: true } }))
  const [knowing] = signalRecords([...rises.slice(0, 30), ...falls])
  expect(knowing).toMatchObject({ count: 60, cameTrue: 60, baselinePercent: 50, better: true })
})

test("a coin that a call brings with it is the coin it is held against", () => {
  const [record] = signalRecords(past(100, 60, { baseline: 0.45 }))
  expect(record.baselinePercent).toBeCloseTo(45, 10)
  expect(record.better).toBe(true)
})

test("a HOLD counts where the width of a candle was kept with it, and not where nobody can say", () => {
  const held = past(5, 5, { action: "HOLD", atr: 2, probability: null })
  const unsaid = past(5, 5, { action: "HOLD", source: "model:small" })
  const [measured, unmeasured] = signalRecords([...held, ...unsaid])
  expect(measured).toMatchObject({ count: 5, cameTrue: 5, brier: null, bins: [] })
  expect(unmeasured).toMatchObject({ count: 0, hitPercent: null, between: null, better: false })
  expect(unmeasured.words).toMatch(/No outcome/)
})

test("of a thousand sources that guess, hardly one claims to be better", () => {
  const chance = new SeededChance(5)
  const sides = (count: number) => Array.from({ length: count }, () => chance.uniform() < 0.5)
  const market = sides(200)
  const calls = Array.from({ length: 1_000 }, (_, source) =>
    sides(200).map((isBuy, n) => {
      const one = call({
        source: `model:${source}`,
        action: isBuy ? "BUY" : "SELL",
        candleClosedMs: n * AHEAD * HOUR_MS,
      })
      return { ...one, outcome: outcomeOfCall(one, market[n] ? 101 : 99) }
    }),
  )
  const records = signalRecords(calls.flat())
  expect(records).toHaveLength(1_000)
  expect(records.filter(({ better }) => better).length).toBeLessThanOrEqual(50)
})

test("no calls, no records", () => {
  expect(signalRecords([])).toEqual([])
})
