import { describe, expect, test } from "vitest"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { makeFixed } from "../strategy/edit/adjustable.ts"
import { readIdea } from "./read-idea.ts"

/** The strategy of a sentence with plain numbers; none of its words is left over. */
const strategyOf = (say: string): WrittenStrategy => {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  expect(reply.notUnderstood).toEqual([])
  return Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
}

describe("a level to leave at", () => {
  test.each([
    ["short btc 1h if rsi 14 is above 75, cover at 50, stop 2%", "rsi(close, 14) <= 50"],
    ["short btc 1h if rsi 14 is above 75, cover at 60, stop 2%", "rsi(close, 14) <= 60"],
    ["short btc 1h quando o rsi 14 estiver acima de 75, recompre em 50, stop 2%", "rsi(close, 14) <= 50"],
  ])("%j is reached from above by a short that entered there", (say, exit) => {
    expect(strategyOf(say).short?.exit).toEqual({ any: [exit] })
  })

  test.each([
    ["buy btc 1h when rsi 14 is below 30, exit at 50, stop 2%", "rsi(close, 14) >= 50"],
    ["buy btc 1h when rsi 14 is below 30, sell at 45, stop 2%", "rsi(close, 14) >= 45"],
    ["buy btc 1h when rsi 14 is above 60, sell at 50, stop 2%", "rsi(close, 14) <= 50"],
  ])("%j lies beyond the entry of a purchase", (say, exit) => {
    expect(strategyOf(say).long?.exit).toEqual({ any: [exit] })
  })
})

describe("distances", () => {
  test.each(["75 bps", "75 basis points", "75bps"])("a stop of %s is three quarters of a percent", (stop) => {
    const { protect } = strategyOf(`buy btc 1h when rsi 14 is below 30, stop ${stop}, target 150 bps`)
    expect(protect).toMatchObject({
      stopLoss: { percent: 0.75 },
      takeProfit: [{ percent: 1.5 }],
    })
  })

  test("an entry in basis points below a line is a condition, and the order takes no number of the exits", () => {
    const { long, orders, protect } = strategyOf(
      "buy btc 5m 10 bps below the ema 20 with a limit order, take 30 bps, stop 50 bps",
    )
    expect(long?.enter).toEqual({
      all: ["close < ema(close, 20) * (1 - 0.1 / 100)"],
    })
    expect(orders?.entry).toMatchObject({ kind: "limit", offsetPercent: 0 })
    expect(protect).toMatchObject({
      stopLoss: { percent: 0.5 },
      takeProfit: [{ percent: 0.3 }],
    })
  })

  test("average ranges below or above a line are part of the line", () => {
    const { long, protect } = strategyOf("buy sol 1h when price is 2 atr below the 20 ema, sell at the ema, stop 3 atr")
    expect(long).toEqual({
      enter: { all: ["close < ema(close, 20) - 2 * atr(14)"] },
      exit: { any: ["close >= ema(close, 20)"] },
    })
    expect(protect?.stopLoss).toMatchObject({ kind: "atr", multiple: 3 })
    expect(strategyOf("short eth 1h when price is 1.5 atr above the 20 sma, stop 2 %").short?.enter).toEqual({
      all: ["close > sma(close, 20) + 1.5 * atr(14)"],
    })
  })
})

describe("open positions", () => {
  test.each([
    ["buy btc 1h when rsi 14 is below 30, stop 2%, max 1 open position", 1],
    ["buy btc 1h when rsi 14 is below 30, 5 % of the account per trade, max 2 open positions, stop 3 %", 2],
    ["buy btc, eth, sol 1h when rsi 14 is below 30 and price above the 200 ema, max 2 open positions, stop 3 %", 2],
    ["buy btc 1h when rsi 14 is below 30, stop 2%, at most 4 open trades", 4],
  ])("%j bounds them, and no rule asks for the candle's open", (say, count) => {
    const { limits, long } = strategyOf(say)
    expect(limits?.maxOpenPositions).toBe(count)
    expect(JSON.stringify(long)).not.toMatch(/\bopen\b/)
  })
})

describe("the edges of a Donchian channel", () => {
  test("its high is the upper one and its low the lower one, as they were a candle before", () => {
    expect(strategyOf("buy btc 4h on donchian 20 high break, exit on donchian 10 low, stop 2 atr").long).toEqual({
      enter: { all: ["close > donchian(20).upper[1]"] },
      exit: { any: ["close < donchian(10).lower[1]"] },
    })
    expect(strategyOf("short btc 4h on donchian 20 low break, exit on donchian 10 high, stop 2 atr").short).toEqual({
      enter: { all: ["close < donchian(20).lower[1]"] },
      exit: { any: ["close > donchian(10).upper[1]"] },
    })
  })
})
