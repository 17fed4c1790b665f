import fc from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import { changedRisk, newRiskPlan, riskAt, tighter, usualRisk, type RiskPlan, type RiskSettings } from "./risk.ts"

const percent = fc.integer({ min: 1, max: 1_000 }).map((tenths) => tenths / 10)
const markets = fc.subarray(["ADA/USDT", "BTC/USDT", "ETH/USDT", "SOL/USDT"])
const settings: fc.Arbitrary<RiskSettings> = fc.record({
  riskPercent: percent,
  maxPositions: fc.integer({ min: 1, max: 9 }),
  maxSharePercent: percent,
  maxCorrelation: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  dailyLossPercent: percent,
  maxDrawdownPercent: percent,
  maxOrderQuote: fc.constantFrom(null, "5", "5.5", "40", "100.00000001", "100"),
  maxOrdersPerMinute: fc.integer({ min: 1, max: 20 }),
  allowedMarkets: fc.oneof(fc.constant(null), markets),
  requireStop: fc.boolean(),
})
const changes = fc
  .tuple(settings, fc.subarray(Object.keys(usualRisk) as (keyof RiskSettings)[]))
  .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name]])) as Partial<RiskSettings>)
/** Changes at times that mostly go forward. */
const history = fc.array(fc.tuple(changes, fc.integer({ min: -2 * HOUR_MS, max: DAY_MS })), { maxLength: 8 })

/** Whether everything that `one` allows is allowed by `other`. */
const isWithin = (one: RiskSettings, other: RiskSettings) => JSON.stringify(tighter(one, other)) === JSON.stringify(one)
const dayOf = (timeMs: number) => Math.floor(timeMs / DAY_MS)

test("no change allows anything on its own day that was not allowed before it", () => {
  fc.assert(
    fc.property(settings, history, fc.nat(DAY_MS), (first, steps, later) => {
      let [plan, nowMs] = [newRiskPlan(first, 5 * DAY_MS), 5 * DAY_MS]
      for (const [change, waitMs] of steps) {
        nowMs += waitMs
        const next = changedRisk(plan, change, nowMs)
        const laterMs = Math.min(nowMs + later, (dayOf(nowMs) + 1) * DAY_MS - 1)
        expect(isWithin(riskAt(next, laterMs), riskAt(plan, laterMs))).toBe(true)
        plan = next
      }
    }),
  )
})

test("what a change tightens holds at once, and all that was wanted holds from the next UTC day", () => {
  fc.assert(
    fc.property(settings, history, changes, (first, steps, change) => {
      let [plan, nowMs] = [newRiskPlan(first, 5 * DAY_MS), 5 * DAY_MS]
      for (const [step, waitMs] of steps) plan = changedRisk(plan, step, (nowMs += Math.abs(waitMs)))
      const next = changedRisk(plan, change, nowMs)
      expect(isWithin(riskAt(next, nowMs), next.wanted)).toBe(true)
      expect(riskAt(next, (dayOf(nowMs) + 1) * DAY_MS)).toEqual({ ...plan.wanted, ...change })
      expect(riskAt(next, nowMs)).toEqual(tighter(riskAt(plan, nowMs), next.wanted))
    }),
  )
})

test("the tighter of two is a meeting: the same in any order, of itself itself, within both", () => {
  fc.assert(
    fc.property(settings, settings, settings, (a, b, c) => {
      expect(tighter(a, a)).toEqual(a)
      expect(isWithin(tighter(a, b), a) && isWithin(tighter(a, b), b)).toBe(true)
      expect(tighter(tighter(a, b), c)).toEqual(tighter(a, tighter(b, c)))
      const both = tighter(b, a)
      expect({ ...tighter(a, b), maxOrderQuote: 0 }).toEqual({ ...both, maxOrderQuote: 0 })
    }),
  )
})

const noonMs = 20 * DAY_MS + 12 * HOUR_MS
const after = (plan: RiskPlan, change: Partial<RiskSettings>, hours: number) =>
  changedRisk(plan, change, noonMs + hours * HOUR_MS)

test("a limit lowered and raised again on one day stays lowered until midnight", () => {
  const start = newRiskPlan(usualRisk, noonMs)
  const low = after(start, { dailyLossPercent: 1 }, 1)
  const back = after(low, { dailyLossPercent: 3 }, 2)
  expect(riskAt(back, noonMs + 11 * HOUR_MS).dailyLossPercent).toBe(1)
  expect(riskAt(back, noonMs + 12 * HOUR_MS).dailyLossPercent).toBe(3)
})

test("a raise that waits can be taken back, and another change does not lose it", () => {
  const raised = after(newRiskPlan(usualRisk, noonMs), { maxPositions: 6 }, 1)
  const both = after(raised, { riskPercent: 0.5 }, 2)
  expect(riskAt(both, noonMs + 3 * HOUR_MS)).toMatchObject({ maxPositions: 3, riskPercent: 0.5 })
  expect(riskAt(both, noonMs + 12 * HOUR_MS)).toMatchObject({ maxPositions: 6, riskPercent: 0.5 })
  expect(riskAt(after(both, { maxPositions: 3 }, 4), noonMs + 12 * HOUR_MS).maxPositions).toBe(3)
})

test("a clock set back a day and right again loosens nothing before the day after the last change", () => {
  const tight = after(newRiskPlan(usualRisk, noonMs), { dailyLossPercent: 1 }, 1)
  const loose = after(tight, { dailyLossPercent: 50 }, -24)
  expect(riskAt(loose, noonMs + 2 * HOUR_MS).dailyLossPercent).toBe(1)
  expect(riskAt(loose, noonMs + 12 * HOUR_MS).dailyLossPercent).toBe(50)
})

test("of allowed markets, those in both lists stay until the next day brings the new ones", () => {
  const some = newRiskPlan({ ...usualRisk, allowedMarkets: ["BTC/USDT", "ETH/USDT"] }, noonMs)
  const other = after(some, { allowedMarkets: ["ETH/USDT", "SOL/USDT"] }, 1)
  expect(riskAt(other, noonMs + 2 * HOUR_MS).allowedMarkets).toEqual(["ETH/USDT"])
  expect(riskAt(other, noonMs + 12 * HOUR_MS).allowedMarkets).toEqual(["ETH/USDT", "SOL/USDT"])
})
