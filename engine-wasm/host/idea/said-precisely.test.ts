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

describe("a level to leave at that is said before the entry", () => {
  test("is one of the value that lets in, which is said", () => {
    const say = "cover at 50, short btc 1h when rsi 14 crosses above 70, stop 2%"
    expect(strategyOf(say).short?.exit).toEqual({ any: ["rsi(close, 14) <= 50"] })
    expect(readIdea(say).assumptions.join()).toContain("50")
    expect(strategyOf("sell at 45, buy btc 1h when rsi 14 is below 30, stop 2%").long?.exit).toEqual({
      any: ["rsi(close, 14) >= 45"],
    })
  })

  test("stays a price where no such value can be as high", () => {
    expect(strategyOf("exit at 100000, buy btc 1h when rsi 14 is below 30, stop 2%").long?.exit).toEqual({
      any: ["close >= 100000"],
    })
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

test("each number of a ladder of purchases keeps its own words", () => {
  const { understood, notUnderstood } = readIdea(
    "DCA 5 safety orders, each 2% lower, size x1.2, take profit 1.5%, start $25",
  )
  const read = understood.map(({ words, meaning }) => `${words} → ${meaning}`)
  expect(read).toEqual(expect.arrayContaining(["size x1.2 → each 1.2 x", "start $25 → 25 a position"]))
  expect(notUnderstood).toEqual([])
})

describe("a grid", () => {
  test("has the range that was said, by its ends or as lower and upper price", () => {
    const ends = (say: string) => {
      const reply = readIdea(say)
      const params = reply.kind === "strategy" ? reply.document.params : {}
      return [params.bottom, params.top].map((param) => param.type === "number" && param.value)
    }
    expect(ends("Set up a grid for SOL: lower price 120, upper price 180, 12 grids")).toEqual([120, 180])
    expect(ends("grid trading BTC from 50k to 70k, 15 levels")).toEqual([50_000, 70_000])
  })

  test("keeps no condition, which is said", () => {
    const { understood, notUnderstood } = readIdea("grid on BTC from 50k to 70k when rsi 14 is below 30")
    expect(notUnderstood.map(({ words }) => words).join(" ")).toContain("rsi 14")
    expect(understood.map(({ meaning }) => meaning).join()).not.toContain("rsi")
  })
})

describe("a promise that no strategy can keep", () => {
  test.each([
    ["Make sure you never lose, ok? EMA cross 10/30 BTC 4h", "never lose"],
    ["if i lose 3 trades in a row pause for a day; buy rsi 30 sell rsi 60 eth 15m", "pause for a day"],
  ])("%j is told as not understood, beside the rules", (say, words) => {
    expect(
      readIdea(say)
        .notUnderstood.map((each) => each.words)
        .join(),
    ).toContain(words)
  })
})

describe("a length of time to hold", () => {
  test.each([
    "hold for 3 to 5 days",
    "hold 3-5 days",
    "hold between 3 and 5 days",
    "hold between 3 days and 5 days",
    "hold from 3 to 5 days",
    "hold 3 days or 5 days",
    "hold 5 days or 3 days",
  ])("%j ends at the longer one, which is said", (hold) => {
    const say = `buy btc 1h when rsi 14 is below 30, ${hold}, stop 3%`
    expect(strategyOf(say).protect).toMatchObject({ timeStop: { candles: 120 }, takeProfit: [] })
    expect(readIdea(say).assumptions.join()).toContain("5 days")
  })

  test("is no range of the value before it, and hours of the day are no length", () => {
    const said = "buy btc 1h when rsi 14 is between 20 and 30"
    expect(strategyOf(`${said}, hold between 4 and 8 hours, stop 3%`)).toMatchObject({
      long: { enter: { all: ["rsi(close, 14) > 20", "rsi(close, 14) < 30"] } },
      protect: { timeStop: { candles: 8 } },
    })
    expect(strategyOf(`${said} between 9h and 17h, stop 3%`)).toMatchObject({ protect: { timeStop: null } })
  })

  test.each(["close after 24 h if in profit", "sell after 24 hours when in profit"])(
    "%j is any profit from then on, and no plain time stop",
    (say) => {
      const reply = readIdea(`buy btc 1h when rsi 14 is below 30, stop 3%, ${say}`)
      expect(reply.notUnderstood).toEqual([])
      expect(reply.kind === "strategy" && reply.document.protect).toMatchObject({
        roi: [{ afterMinutes: 1_440, percent: 0 }],
        timeStop: null,
      })
    },
  )
})

describe("an hour of the day at which no candle begins", () => {
  test.each([
    "buy btc on daily candles when rsi 14 is below 30, close at 16:00, stop 2%",
    "buy btc 4h when rsi 14 is below 30, exit at 17:00, stop 2%",
  ])("%j is asked about", (say) => {
    expect(readIdea(say)).toMatchObject({ kind: "question", topic: "timeframe", choices: ["1h", "15m"] })
  })

  test("is no question where one does", () => {
    expect(strategyOf("buy btc 4h when rsi 14 is below 30, exit at 16:00, stop 2%").long?.exit).toEqual({
      any: ["hour == 16"],
    })
  })
})

describe("the size of a position", () => {
  test("is its own number, whatever bounds how many are open", () => {
    const { size, limits } = strategyOf(
      "buy btc 1h when rsi 14 is below 30, position size 5 %, max 2 open positions, stop 3%",
    )
    expect(size).toMatchObject({ kind: "equity", percent: 5 })
    expect(limits?.maxOpenPositions).toBe(2)
  })

  test.each([
    "Buy SOL when 4h RSI 14 drops below 30, sell above 55. Never put more than 15% of my account into one coin. Risk half a percent per trade.",
    "Never put more than 15% of my account into one coin. Buy SOL when 4h RSI 14 drops below 30, sell above 55. Risk half a percent per trade.",
  ])("%j bounds it, and asks nothing of the price", (say) => {
    const { size, long } = strategyOf(say)
    expect(size).toMatchObject({ kind: "risk", percent: 0.5, maxPositionPercent: 15 })
    expect(long?.enter).toEqual({ all: ["crossunder(rsi(close, 14), 30)"] })
  })
})

describe("a squeeze", () => {
  test.each([
    ["bollinger squeeze of 20 candles", "percentRank(bbands(close, 20, 2).width, 20) < 20"],
    ["bollinger 30 squeeze", "percentRank(bbands(close, 30, 2).width, 100) < 20"],
  ])("%j takes its numbers", (squeeze, formula) => {
    expect(JSON.stringify(strategyOf(`buy btc 1h on ${squeeze}, stop 2%`).long?.enter)).toContain(formula)
  })

  test("of so much bandwidth is a limit of the width", () => {
    expect(strategyOf("buy btc 1h when bollinger bandwidth is below 0.05, stop 2%").long?.enter).toEqual({
      all: ["bbands(close, 20, 2).width < 0.05"],
    })
  })
})

describe("words with more than one meaning", () => {
  test("green days close above their open, up days above the day before, and both say so", () => {
    const said = (days: string) => readIdea(`buy btc after 3 ${days}, stop 3%, target 6%`).assumptions.join()
    expect(said("green days")).toContain("above the opening price")
    expect(said("up days")).toContain("above the price 1 candle ago")
  })

  test("a Supertrend flip says to which side", () => {
    const { assumptions } = readIdea("supertrend flip on eth 4h")
    expect(assumptions.join()).toMatch(/direction of the supertrend .* crosses above 0.*the side, so it is long/)
  })
})

describe("a level to leave a given strategy at", () => {
  const exitOf = (given: string, say: string) => {
    const described = readIdea(given)
    const reply = readIdea(say, { given: described.kind === "strategy" ? described.document : undefined })
    if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
    const { long, short } = Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
    return (long ?? short)?.exit
  }

  test.each([
    ["sell at 45", "rsi(close, 14) >= 45"],
    ["exit at rsi 45", "rsi(close, 14) > 45"],
    ["sell when rsi crosses 45", "crossover(rsi(close, 14), 45)"],
    ["sell at 20", "rsi(close, 14) <= 20"],
  ])("%j is reached from its entry below 30", (say, exit) => {
    expect(exitOf("buy btc 1h when rsi 14 is below 30, stop 3%, target 6%", say)).toEqual({ any: [exit] })
  })

  test.each([
    ["cover at 60", "rsi(close, 14) <= 60"],
    ["exit at rsi 55", "rsi(close, 14) < 55"],
  ])("%j is reached from a short above 70", (say, exit) => {
    expect(exitOf("short btc 1h when rsi 14 is above 70, stop 3%, target 6%", say)).toEqual({ any: [exit] })
  })
})

describe("a length for a given strategy with two", () => {
  test.each(["change length to 21", "set the ema length to 21"])("%j is asked about", (say) => {
    const crossing = readIdea("buy btc 1h when ema 20 crosses above ema 50, stop 3%, target 6%")
    const given = crossing.kind === "strategy" ? crossing.document : undefined
    expect(readIdea(say, { given })).toMatchObject({
      kind: "question",
      topic: "length",
      choices: ["ema 20 → 21", "ema 50 → 21"],
    })
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

describe("a comparison that is said the other way round", () => {
  test.each([
    ["the close is at least 3% below the 20 EMA", "close < ema(close, 20) * (1 - 3 / 100)"],
    ["RSI(14) is no higher than 30", "rsi(close, 14) <= 30"],
    ["RSI(14) is less than or equal to 28", "rsi(close, 14) <= 28"],
    ["RSI(14) <= 28", "rsi(close, 14) <= 28"],
    ["RSI(14) isn't below 50", "rsi(close, 14) >= 50"],
    ["RSI(14) is no lower than 50", "rsi(close, 14) >= 50"],
    ["the price is not above the 50 EMA", "close <= ema(close, 50)"],
  ])("%j", (words, rule) => {
    expect(strategyOf(`Buy BTC 1h when ${words}, stop 2%`).long?.enter).toEqual({ all: [rule] })
  })

  test.each([
    [
      "Kaufe BTC 1h, wenn der Kurs mindestens 3 % unter dem EMA 50 liegt, Stop 4 %",
      "close < ema(close, 50) * (1 - 3 / 100)",
    ],
    ["Kaufe BTC 1h, wenn der RSI(14) nicht über 30 liegt, Stop 4 %", "rsi(close, 14) <= 30"],
    ["Achète BTC 1h quand le prix est au moins 3 % sous la EMA 50, stop 4 %", "close < ema(close, 50) * (1 - 3 / 100)"],
    ["Compra BTC 1h cuando el RSI(14) no esté por encima de 30, stop 4 %", "rsi(close, 14) <= 30"],
    ["Compre BTC 1h quando o RSI(14) não esteja acima de 30, stop 4 %", "rsi(close, 14) <= 30"],
    ["BTC 1小时 RSI(14) 不高于 30 买入，止损 4%", "rsi(close, 14) <= 30"],
  ])("%j", (say, rule) => {
    expect(strategyOf(say).long?.enter).toEqual({ all: [rule] })
  })

  test("what one does not want to buy on keeps from buying", () => {
    const say = "I do not want to buy if RSI is over 70, buy BTC on 1h when the EMA 12 crosses over the EMA 26, stop 2%"
    expect(strategyOf(say).long?.enter).toEqual({
      all: ["crossover(ema(close, 12), ema(close, 26))", "rsi(close, 14) <= 70"],
    })
  })
})

test("a number that begins with its point is a fraction", () => {
  const { protect } = strategyOf("Buy BTC 5m when RSI(14) < 30, tp .5% sl .4%")
  expect(protect).toMatchObject({
    stopLoss: { kind: "percent", percent: 0.4 },
    takeProfit: [{ percent: 0.5, share: 1 }],
  })
})

test("a target in money above the entry lies so far from it, and is no price", () => {
  for (const say of [
    "stop 200 dollars below entry; take profit 500 dollars above",
    "stop $200 below entry, take profit $500 above entry",
  ])
    expect(strategyOf(`Buy BTC 1h when RSI(14) < 30, ${say}`).protect).toMatchObject({
      stopLoss: { kind: "price", formula: "close - 200" },
      takeProfit: [{ formula: "close + 500", share: 1 }],
    })
  expect(
    strategyOf("Short BTC 1h when RSI(14) > 70, stop $200 above entry, take profit $500 below entry").protect,
  ).toMatchObject({
    takeProfit: [{ formula: "close - 500" }],
  })
})

test.each([
  ["Verkaufe sofort alle meine Bitcoin", "placesOrder"],
  ["place the order now", "placesOrder"],
  ["Can you log in to my Binance and place a limit order for me?", "secrets"],
  ["what is my api secret?", "secrets"],
])("%j asks for what no rule does, and is declined", (say, reason) => {
  expect(readIdea(say)).toMatchObject({ kind: "decline", reason })
})

test("a purchase of every week is no order for now", () => {
  expect(readIdea("Buy $10 of BTC every Monday, starting now").kind).not.toBe("decline")
})

test("a price above and below the same average at once can never be, and is asked about", () => {
  expect(readIdea("Buy BTC 1h when price is above the 200 EMA and below the 200 EMA, stop 2%")).toMatchObject({
    kind: "question",
    topic: "contradiction",
  })
})
