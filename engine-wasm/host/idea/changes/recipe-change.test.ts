import { describe, expect, test } from "vitest"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { readIdea } from "../read-idea.ts"

const described = (say: string): StrategyDocument => {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  return reply.document
}

/** The sliders of the changed strategy; every word was read. */
const numbersAfter = (say: string, given: StrategyDocument) => {
  const reply = readIdea(say, { given })
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  expect(reply.notUnderstood).toEqual([])
  const numbers = Object.fromEntries(Object.entries(reply.document.params).map(([name, { value }]) => [name, value]))
  return { ...numbers, timeframe: reply.document.timeframe }
}

const purchases = described("DCA $25 into bitcoin every monday, never sell")
const grid = described("grid bot BTC 60k to 70k 10 grids")

describe("regular purchases", () => {
  test.each([
    ["make it 50 dollars", { amount: 50, onDay: 1 }],
    ["$50 instead of $25", { amount: 50, onDay: 1 }],
    ["mach 50 Dollar", { amount: 50 }],
    ["改成50美元", { amount: 50 }],
    ["double the amount", { amount: 50, onDay: 1 }],
    ["every day instead", { amount: 25, every: 1, onDay: 0, timeframe: "1d" }],
    ["jeden Tag statt montags", { onDay: 0, every: 1 }],
    ["cada día", { onDay: 0, every: 1 }],
    ["chaque jour", { onDay: 0, every: 1 }],
    ["todo dia", { onDay: 0, every: 1 }],
    ["改成每天", { onDay: 0, every: 1 }],
    ["fridays", { onDay: 5, every: 1 }],
    ["freitags", { onDay: 5 }],
    ["los viernes", { onDay: 5 }],
    ["le vendredi", { onDay: 5 }],
    ["每周五", { onDay: 5 }],
    ["every 2 weeks", { every: 14, onDay: 0 }],
    ["twice a month", { every: 15, onDay: 0 }],
    ["monthly instead", { every: 30, onDay: 0 }],
    ["at 9:00", { onDay: 1, atHour: 9, timeframe: "1h" }],
    ["$40 every friday", { amount: 40, onDay: 5 }],
  ])("%j changes what was said and nothing else", (say, numbers) => {
    expect(numbersAfter(say, purchases)).toMatchObject(numbers)
  })

  test("another amount is what the purchases spend and what the size says", () => {
    const reply = readIdea("make it 50 dollars", { given: purchases })
    expect(reply).toMatchObject({ kind: "strategy", document: { size: { kind: "quote", amount: 50 } } })
  })

  test.each([
    ["stop buying when rsi is above 70", "<= "],
    ["don't buy when rsi is above 70", "<= "],
    ["only when rsi is below 40", "< "],
    ["nur wenn der RSI unter 40 ist", "< "],
  ])("%j is a condition of the purchases", (say, sign) => {
    const reply = readIdea(say, { given: purchases })
    if (reply.kind !== "strategy") throw new Error(reply.text)
    expect(reply.document.code!.source).toContain(`${sign}this.paramRsiLimit`)
    expect(numbersAfter(say, purchases)).toMatchObject({ amount: 25, onDay: 1 })
  })

  test("a second condition is named as not possible, not lost", () => {
    const given = described("DCA $25 into bitcoin every monday, only when rsi is below 40, never sell")
    const reply = readIdea("$30, only in an uptrend", { given })
    expect(reply.notPossible.join()).toContain("sma(close, 200)")
  })

  test.each(["use 15 minutes", "on tuesdays and fridays"])("%j is asked about: nothing is bought more often", (say) => {
    expect(readIdea(say, { given: purchases })).toMatchObject({ kind: "question", topic: "timeframe" })
  })

  test("the wait of purchases with a condition stays on the candles of its condition", () => {
    const given = described("DCA $25 into bitcoin every day, only when rsi is below 40, never sell")
    expect(numbersAfter("every 2 weeks", given)).toMatchObject({ every: 14, timeframe: "1d" })
  })
})

describe("a grid", () => {
  test.each([
    ["20 levels", { lines: 20, top: 70_000, bottom: 60_000 }],
    ["20 Stufen", { lines: 20 }],
    ["20 niveles", { lines: 20 }],
    ["20 niveaux", { lines: 20 }],
    ["20 níveis", { lines: 20 }],
    ["20格", { lines: 20 }],
    ["between 55k and 75k", { lines: 10, top: 75_000, bottom: 55_000 }],
    ["zwischen 55k und 75k", { top: 75_000, bottom: 55_000 }],
    ["5.5万到7.5万之间", { top: 75_000, bottom: 55_000 }],
    ["top 75k", { top: 75_000, bottom: 60_000 }],
    ["30 grids between 50k and 80k", { lines: 30, top: 80_000, bottom: 50_000 }],
    ["use 50% of the account", { most: 50 }],
    ["make it safer", { most: 40 }],
  ])("%j changes what was said and nothing else", (say, numbers) => {
    expect(numbersAfter(say, grid)).toMatchObject(numbers)
  })

  test("one that follows the market gets the range that was said, and keeps its lines", () => {
    const following = described("grid bot on BTC with 12 lines")
    expect(numbersAfter("between 55k and 75k", following)).toMatchObject({ lines: 12, top: 75_000, bottom: 55_000 })
  })

  test.each(["500 levels", "bottom 90k"])("%j cannot be and is asked about", (say) => {
    expect(readIdea(say, { given: grid }).kind).toBe("question")
  })
})
