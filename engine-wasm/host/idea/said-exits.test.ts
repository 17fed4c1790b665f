import { describe, expect, test } from "vitest"
import { makeFixed } from "../strategy/edit/adjustable.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { readIdea } from "./read-idea.ts"

function protectOf(say: string) {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  const { document } = reply
  return Object.keys(document.params).reduce<WrittenStrategy>(makeFixed, document).protect!
}

const cloud = "min(ichimoku(9, 26, 52).spanA, ichimoku(9, 26, 52).spanB)"

describe("a stop at a place of the chart", () => {
  test.each([
    ["buy when rsi < 30, stop 1 % below the 20 day low, 1d", "lowest(low, 20)[1] * (1 - 1 / 100)"],
    ["Buy rsi < 30 stop 1 % under the previous candle low", "low[1] * (1 - 1 / 100)"],
    ["short rsi > 70 4h stop 2 % above the ema 50", "ema(close, 50) * (1 + 2 / 100)"],
    ["buy rsi < 30, stop 2 atr below the 50 ema, target 5 %", "ema(close, 50) - 2 * atr(14)"],
    ["Buy when price breaks above the cloud, stop under the cloud", cloud],
    ["Buy on a hammer, stop at the entry candle's low", "low"],
    ["Kaufe bei RSI 30, Stop am Tief der Einstiegskerze", "low"],
    ["Compra si RSI < 30, stop en el mínimo de la vela de entrada", "low"],
    ["Achète si RSI < 30, stop sous le plus bas de la bougie d'entrée", "low"],
    ["Compre se RSI < 30, stop na mínima do candle de entrada", "low"],
    ["Grid bot BTC 60000 to 70000 with 20 lines, stop at 58000", "58000"],
    ["grid btc 55k-65k 20 levels stop 53k", "53000"],
    ["DCA $20 weekly into BTC, stop at 30000", "30000"],
    ["buy and hold btc with stop at 40000", "40000"],
  ])("%j is there", (say, formula) => {
    expect(protectOf(say).stopLoss).toEqual({ kind: "price", formula })
  })

  test("the turtles' N is the average range of 20 candles", () => {
    expect(protectOf("Buy 55 day breakout, stop 2N, exit 20 day low").stopLoss).toEqual({
      kind: "atr",
      length: 20,
      multiple: 2,
    })
  })
})

describe("ways out in words", () => {
  test.each([
    ["Buy BTC on a dip and sell when I double my money", { takeProfit: [{ percent: 100 }] }],
    ["Kaufe wenn RSI unter 30 und verkaufe wenn sich mein Geld verdoppelt", { takeProfit: [{ percent: 100 }] }],
    ["buy rsi < 30 sell at a 3x", { takeProfit: [{ percent: 200 }] }],
    ["Buy when RSI under 30 and sell the next day", { timeStop: { candles: 24 }, takeProfit: [] }],
    ["Achète si RSI < 30 et vends le lendemain", { timeStop: { candles: 24 } }],
    ["RSI低于30买入,第二天卖出", { timeStop: { candles: 24 } }],
    ["buy rsi < 30, exit next candle", { timeStop: { candles: 1 } }],
    ["Buy RSI below 30, never take profit, stop 5 %", { takeProfit: [], stopLoss: { kind: "percent", percent: 5 } }],
    ["buy btc when rsi < 30 and never sell", { takeProfit: [], stopLoss: { kind: "none" } }],
    ["DCA $20 into BTC weekly, never sell", { takeProfit: [], stopLoss: { kind: "none" } }],
    ["DCA $20 weekly into BTC, take profit at 20 %", { takeProfit: [{ percent: 20 }] }],
    ["DCA $20 weekly into BTC, trailing stop 5 %", { trailing: { percent: 5 } }],
    ["Buy when the close is rising for 5 candles, sell when falling for 3 candles", { timeStop: null }],
  ])("%j", (say, protect) => {
    expect(protectOf(say)).toMatchObject(protect)
  })

  test("what a recipe's account may lose is a limit of it", () => {
    expect(readIdea("DCA $20 weekly into BTC, max daily loss 3 %")).toMatchObject({
      document: { limits: { dailyLossPercent: 3 } },
    })
  })
})
