import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder } from "./testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("an idea becomes rules in plain words, with what was understood, assumed and left out", async () => {
  const say = "buy ETH on 4h when RSI 14 is below 30, sell above 70, stop 3 %, frobnicate"
  const { code, out, err } = await candlewright("idea", say)
  expect([code, err]).toEqual([0, ""])
  expect(out).toContain("RSI 14 is below 30 → rsi(close, 14) < 30")
  expect(out).toContain("If the price goes 3 % against the entry, the position is closed (stop loss).")
  expect(out).toMatch(/Assumed:\n {2}.*risk 1 %/)
  expect(out).toContain("Not understood:\n  frobnicate")
})

test("--json prints the reply; --given is the strategy that the words change; --balance is what money is a part of", async () => {
  const [money, changed, question, usage] = await Promise.all([
    candlewright(
      "idea",
      "buy the dip on bitcoin but never lose more than 5 dollars a day",
      "--balance",
      "200",
      "--json",
    ),
    candlewright("idea", "use 15 minutes", "--given", "crossing.json", "--json"),
    candlewright("idea", "make me a bot", "--json"),
    candlewright("idea"),
  ])
  expect(JSON.parse(money.out)).toMatchObject({ kind: "strategy", document: { limits: { dailyLossPercent: 2.5 } } })
  expect(JSON.parse(money.out).understood).toContainEqual(
    expect.objectContaining({ text: "bitcoin", as: "BTC/USDT", from: 15 }),
  )
  expect(JSON.parse(question.out).flags).toEqual([])
  expect(JSON.parse(changed.out)).toMatchObject({ document: { timeframe: "15m" }, changes: ["Candles of 1h → 15m"] })
  expect(JSON.parse(question.out)).toMatchObject({ kind: "question", topic: "idea", questions: 1 })
  expect([usage.code, usage.err]).toEqual([
    2,
    expect.stringContaining("candlewright idea: sentence in quotes is needed."),
  ])
})
