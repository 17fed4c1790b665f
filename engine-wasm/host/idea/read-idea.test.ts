import { expect, test } from "vitest"
import { readIdea } from "./read-idea.ts"

test("a pasted TradingView strategy becomes its rules", () => {
  const reply = readIdea(`//@version=5
strategy("Dip")
if ta.rsi(close, 14) < 30
    strategy.entry("L", strategy.long)
if ta.rsi(close, 14) > 70
    strategy.close("L")`)
  expect(reply).toMatchObject({
    kind: "strategy",
    document: { long: { enter: { all: ["rsi(close, 14) < 30"] }, exit: { all: ["rsi(close, 14) > 70"] } } },
    flags: ["noStop"],
  })
})

test("a sentence becomes rules, with every word that was read and all that was assumed", () => {
  const say = "Buy ETH on 4h when RSI(14) is below 30, sell above 70, stop 3 %"
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(reply.text)
  const { document } = reply
  expect([document.markets, document.timeframe, document.protect.stopLoss]).toEqual([
    ["ETH/USDT"],
    "4h",
    { kind: "percent", percent: "stopLoss" },
  ])
  expect(document.params.stopLoss).toMatchObject({ value: 3 })
  expect(reply.understood.map(({ words, meaning }) => [words, meaning])).toEqual([
    ["ETH", "ETH/USDT"],
    ["4h", "4h"],
    ["RSI(14) is below 30", "rsi(close, 14) < 30"],
    ["above 70", "rsi(close, 14) > 70"],
    ["stop 3 %", "stop 3 %"],
  ])
  for (const { from, to, words } of reply.understood) expect(say.slice(from, to)).toBe(words)
  expect(reply.assumptions).toEqual([expect.stringContaining("risk 1 %")])
  expect(reply.notUnderstood).toEqual([])
})

test("a sentence without an idea gets one question", () => {
  expect(readIdea("make me a bot")).toMatchObject({ kind: "question", topic: "idea", questions: 1, notUnderstood: [] })
})

test.each([
  ["give me a strategy that can't lose", "guarantee"],
  ["double after every loss", "martingale"],
  ["buy when Elon tweets", "noDataSource"],
  ["buy at the low of the day", "lookAhead"],
  ["pump a tiny coin and sell to the followers", "manipulation"],
  ["buy 0.1 BTC right now", "placesOrder"],
  ["withdraw all to my wallet", "secrets"],
  ["arbitrage between two exchanges", "notPossible"],
])("%j is declined: %s", (say, reason) => {
  expect(readIdea(say)).toMatchObject({ kind: "decline", reason })
})
