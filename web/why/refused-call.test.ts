import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import type { RejectedReason } from "#engine/result"
import { refusedCall, refusedCallCandle } from "./refused-call.ts"

const openTimeMs = Float64Array.from([1, 2, 3, 4], (hour) => hour * HOUR_MS)
const refusedAt = (hour: number, reason: RejectedReason, market = "BTC/USDT") => ({
  timeMs: hour * HOUR_MS,
  market,
  reason,
})
const report = (...rejected: ReturnType<typeof refusedAt>[]) => ({
  market: { name: "BTC/USDT" },
  timeframe: "1h" as const,
  equity: { openTimeMs, equity: new Float64Array(4) },
  rejected,
})

test("the last refused call was made at the close of the candle before its refusal", () => {
  expect(refusedCallCandle(report(refusedAt(2, "notReady"), refusedAt(4, "notReady")))).toBe(3 * HOUR_MS)
  expect(refusedCallCandle(report(refusedAt(3, "notANumber"), refusedAt(4, "cooldown")))).toBe(2 * HOUR_MS)
})

test("other reasons and other markets point at no call of the code", () => {
  expect(refusedCallCandle(report(refusedAt(3, "cash")))).toBeUndefined()
  expect(refusedCallCandle(report(refusedAt(3, "notReady", "ETH/USDT")))).toBeUndefined()
})

test("its refused call is found among all that the code wrote", () => {
  const asked = "It asked for stopDistance(NaN): that is no number, so nothing was ordered."
  expect(refusedCall(["range 0", asked])).toBe(asked)
  expect(refusedCall(["range 0"])).toBeUndefined()
})
