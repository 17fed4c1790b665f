import { expect, test } from "vitest"
import type { Bot } from "./bot.ts"
import { timesOf } from "./bot-words.ts"

const dueMs = Date.UTC(2026, 0, 1, 10, 5)
const bot = (heartbeatMs: number) =>
  ({ status: "running", nextDecisionMs: dueMs, heartbeatMs, pricedMs: null }) as unknown as Bot

test("a decision that is due is in the future; a candle that has not come is waited for", () => {
  expect(timesOf(bot(dueMs - 20_000), "utc")).toMatch(/^It decides next at .*10:05/)
  expect(timesOf(bot(dueMs + 5_000), "utc")).toMatch(/^It decides next at/)
  expect(timesOf(bot(dueMs + 240_000), "utc")).toMatch(/^It waits for the candle that was due at .*10:05/)
})
