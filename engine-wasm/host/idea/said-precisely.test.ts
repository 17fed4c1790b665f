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

describe("numbers without a unit", () => {
  test.each([
    ["buy xrp when price is between 0.45 and 0.52, sell at 0.60, stop 0.41", "0.41"],
    ["buy doge under 0.12, stop 0.10, target 0.18", "0.1"],
    ["Buy ADA when it drops to 0.35, sell at 0.50, stop loss at 0.30", "0.3"],
    ["stop at 0.25, buy XRP when rsi 14 < 30 1h", "0.25"],
  ])("%j: a stop near the price of the entry, or at a price, is a price", (say, formula) => {
    expect(strategyOf(say).protect?.stopLoss).toEqual({ kind: "price", formula })
  })

  test("a target beside them is one too, and a small percentage stays one", () => {
    expect(strategyOf("buy doge under 0.12, stop 0.10, target 0.18").protect?.takeProfit).toMatchObject([
      { formula: "0.18" },
    ])
    expect(strategyOf("buy btc 1h when rsi 14 is below 30, stop 2, target 4").protect).toMatchObject({
      stopLoss: { percent: 2 },
      takeProfit: [{ percent: 4 }],
    })
  })

  test("what may be either is asked", () => {
    expect(readIdea("buy XRP 1h when rsi 14 is below 30, stop 0.25")).toMatchObject({ kind: "question", topic: "stop" })
    expect(readIdea("buy BTC 1h when rsi 14 is below 30, stop at 0.25")).toMatchObject({
      kind: "question",
      topic: "stop",
    })
  })
})

describe("nothing is held overnight", () => {
  test.each([
    "don't hold positions overnight, buy btc 15m when rsi 14 is below 30, stop 2%",
    "buy btc 15m when rsi 14 is below 30, stop 2%, never hold overnight",
    "buy btc 15m when rsi 14 is below 30, stop 2%, no overnight positions",
  ])("%j leaves at night and enters by day", (say) => {
    const { long } = strategyOf(say)
    expect(long?.enter).toEqual({ all: ["rsi(close, 14) < 30", "hour() >= 6", "hour() < 22"] })
    expect(long?.exit).toEqual({ any: ["hour() >= 22", "hour() < 6"] })
  })

  test("daily candles have no night, which is said", () => {
    const reply = readIdea("buy btc 1d when rsi 14 is below 30, stop 2%, never hold overnight")
    expect(reply.notPossible.join()).toContain("overnight")
  })
})

describe("numbers for a given strategy", () => {
  const given = readIdea("buy btc 1h when rsi 14 is below 30, sell when rsi is above 70, stop 4 %, target 6 %")
  const changed = (say: string) => {
    const reply = readIdea(say, { given: given.kind === "strategy" ? given.document : undefined })
    if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
    return Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
  }

  test.each([
    ["set rsi length to 21", "rsi(close, 21) < 30", "rsi(close, 21) > 70"],
    ["change length to 21", "rsi(close, 21) < 30", "rsi(close, 21) > 70"],
    ["change the RSI length to 21 and buy below 27", "rsi(close, 21) < 27", "rsi(close, 21) > 70"],
    ["buy below 25 and sell above 75", "rsi(close, 14) < 25", "rsi(close, 14) > 75"],
    ["swap: buy above 70 and sell below 30", "rsi(close, 14) > 70", "rsi(close, 14) < 30"],
  ])("%j is a length or a level of its indicator", (say, enter, exit) => {
    expect(changed(say)).toMatchObject({
      markets: ["BTC/USDT"],
      long: { enter: { all: [enter] }, exit: { any: [exit] } },
      protect: { stopLoss: { percent: 4 }, takeProfit: [{ percent: 6 }] },
    })
  })
})
