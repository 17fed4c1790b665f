import { expect, test } from "vitest"
import type { EntryTerms, ReportedCondition } from "#engine/run"
import { partWords, type ReportedCandle, whySentences } from "./why-words.ts"

const idle: ReportedCandle = {
  ok: true,
  openTimeMs: 0,
  writtenAs: "rules",
  conditions: [],
  joins: { "long.enter": "all" },
  journal: [],
  series: [],
  position: null,
  waitingEntry: null,
  waitingExit: null,
  refusals: [],
}
const nothing = { entered: [], exited: [], price: String }

function condition(met: boolean, parts: Partial<ReportedCondition> = {}): ReportedCondition {
  const value = Number(met)
  return { part: "long.enter", formula: "x", words: "x", value, met, asksForPosition: false, operands: [], ...parts }
}

const words = (parts: Partial<ReportedCandle>) => whySentences({ ...idle, ...parts }, nothing).join(" ")

test("what is missing is counted", () => {
  expect(words({ conditions: [condition(false)] })).toBe("It did not buy: its one condition was not met.")
  expect(words({ conditions: [condition(true), condition(false), condition(false)] })).toBe(
    "It did not buy: 2 of its 3 conditions were not met.",
  )
  expect(words({ conditions: [condition(false), condition(false)], joins: { "long.enter": "any" } })).toBe(
    "It did not buy: neither of its 2 conditions was met.",
  )
  expect(words({ conditions: [condition(false), condition(false), condition(false)] })).toBe(
    "It did not buy: none of its 3 conditions was met.",
  )
})

test("a decided entry says the stop and the targets it was ordered with", () => {
  const entry = (side: "long" | "short", terms: EntryTerms) =>
    words({ writtenAs: "code", waitingEntry: { side, limitPrice: null, terms } }).replace(/^.*candle\. /, "")
  expect(entry("long", { stop: { price: 95.2 }, targets: [{ price: 110 }, { price: 120 }, { percent: 40 }] })).toBe(
    "It ordered it with a stop at 95.2 and targets at 110, at 120 and 40 % above its price.",
  )
  expect(entry("short", { stop: { distance: 3 }, targets: [{ price: 90 }] })).toBe(
    "It ordered it with a stop 3 above its price and a target at 90.",
  )
  expect(entry("long", { stop: null, targets: [] })).toBe("It ordered it with no stop and no target.")
})

test("an unknown value is not a refusal", () => {
  expect(words({ conditions: [condition(false, { value: null })] })).toMatch(/did not know enough candles yet/)
})

test("an order, a refusal and a held position come before what was missing", () => {
  const missing = { conditions: [condition(false)] }
  expect(words({ ...missing, waitingEntry: { side: "long", limitPrice: null } })).toMatch(/decided to buy/)
  expect(words({ ...missing, waitingEntry: { side: "short", limitPrice: 9 } })).toBe(
    "It waits to sell short at 9 or better.",
  )
  expect(words({ ...missing, refusals: ["cash"] })).toMatch(/something blocked it/)
  const position = {
    side: "long" as const,
    quantity: 1,
    entryPrice: 1,
    entryTimeMs: 0,
    candlesHeld: 1,
    bestPrice: 1,
    stop: null,
    stopReason: "stop" as const,
    targets: [],
  }
  expect(words({ ...missing, position })).toMatch(/no rule says when to exit/)
  expect(words({ ...missing, position, waitingExit: "signal" })).toMatch(/decided to close/)
})

test("of a bot it says that the order leaves, or that something beside its rules refused it", () => {
  const bought = { ...idle, waitingEntry: { side: "long" as const, limitPrice: null } }
  const said = (isRefused: boolean, reported: ReportedCandle = bought) =>
    whySentences(reported, { entered: [], exited: [], price: String, live: { isRefused } }).join(" ")
  expect(said(false)).toBe("At the close it decided to buy: the order leaves at once.")
  expect(said(true)).toBe("At the close its rules said buy, and something beside them refused it.")
  const missing = { ...idle, conditions: [condition(false)] }
  expect(said(true, missing)).toMatch(/It did not buy/)
  expect(said(false, { ...idle, waitingExit: "signal" })).toMatch(/the order leaves at once/)
})

test("for code it says that it cannot see inside", () => {
  expect(words({ writtenAs: "code" })).toMatch(/cannot be seen from outside/)
})

test("a part says what its conditions decide together", () => {
  expect(partWords("long.enter", { ...idle, conditions: [condition(true)] })).toBe("To buy, this must be so")
  expect(partWords("long.enter", { ...idle, conditions: [condition(true), condition(true)] })).toBe(
    "To buy, all of these must be so",
  )
})
