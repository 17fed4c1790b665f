import { describe, expect, test } from "vitest"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { strategyTemplates } from "../../strategy/templates/templates.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { changed, described } from "../../../testing/said-change.ts"
import { readIdea } from "../read-idea.ts"

const dip = described("Buy BTC on 1h when RSI 14 is below 30, sell above 70, stop 3 %")
const cross = described("Buy BTC 1h when EMA 20 crosses above EMA 50, sell when it crosses below, stop 2x ATR")
const plainDip = { ...dip, params: {}, ...changed("stop 3.5 %", dip) } as StrategyDocument

describe("candles that are said of a condition", () => {
  test.each([
    ["only buy when RSI is below 50 on the daily", "rsi(close, 14) @ 1d < 50"],
    ["also require close above EMA 200 on the daily", "close @ 1d > ema(close, 200) @ 1d"],
    ["only when the daily RSI is above 40", "rsi(close, 14) @ 1d > 40"],
    ["add: MACD above zero on the 4h chart", "macd(close, 12, 26, 9).line @ 4h > 0"],
    ["only in an uptrend on the 4h", "close @ 4h > sma(close, 200) @ 4h"],
    ["nur wenn der RSI im Tageschart unter 50 ist", "rsi(close, 14) @ 1d < 50"],
  ])("%j leaves the strategy on its own", (say, condition) => {
    const { timeframe, long } = changed(say, dip)
    expect(timeframe).toBe("1h")
    expect(long?.enter).toEqual({ all: ["rsi(close, 14) < 30", condition] })
  })

  test("shorter ones than the strategy's are asked about", () => {
    expect(readIdea("only buy when RSI is below 50 on the 15m", { given: dip })).toMatchObject({
      kind: "question",
      topic: "timeframe",
      choices: ["15m", "1h"],
    })
  })

  test.each(["use the daily", "use 1d instead", "auf Tageskerzen"])("%j is the strategy's", (say) => {
    expect(changed(say, dip).timeframe).toBe("1d")
  })
})

describe("a way out beside the one that is there", () => {
  test.each([
    ["exit as well if RSI crosses below 50", "crossunder(rsi(close, 14), 50)"],
    ["also sell when RSI is above 80", "rsi(close, 14) > 80"],
    ["additionally sell when RSI is above 80", "rsi(close, 14) > 80"],
    ["or sell when RSI is above 80", "rsi(close, 14) > 80"],
    ["vende también cuando el RSI supere 80", "rsi(close, 14) > 80"],
    ["vends aussi quand le RSI est au-dessus de 80", "rsi(close, 14) > 80"],
    ["verkaufe auch wenn der RSI über 80 ist", "rsi(close, 14) > 80"],
    ["RSI 80以上也卖出", "rsi(close, 14) > 80"],
  ])("%j adds it", (say, condition) => {
    expect(changed(say, dip).long?.exit).toEqual({ any: ["rsi(close, 14) > 70", condition] })
  })

  test("what is said without it takes the place of the old one", () => {
    expect(changed("sell when RSI is above 80", dip).long?.exit).toEqual({ any: ["rsi(close, 14) > 80"] })
  })

  test("two conditions that both must hold are one way out", () => {
    expect(changed("sell when RSI is above 80 and price is below EMA 20", dip).long?.exit).toEqual({
      any: ["rsi(close, 14) > 80 and close < ema(close, 20)"],
    })
  })

  test("another way in leaves the first one", () => {
    expect(changed("also buy when MACD crosses up", dip).long?.enter).toEqual({
      any: ["rsi(close, 14) < 30", "crossover(macd(close, 12, 26, 9).line, macd(close, 12, 26, 9).signal)"],
    })
  })
})

describe("a way out that is no longer wanted", () => {
  test.each([
    "don't sell at RSI 70 anymore",
    "stop selling at RSI 70",
    "no longer sell at RSI 70",
    "don't exit at 70 any more",
    "remove the RSI exit",
    "verkaufe nicht mehr bei RSI 70",
    "ya no vendas con RSI 70",
    "ne vends plus à RSI 70",
    "não venda mais com RSI 70",
    "不要再在RSI 70卖出",
  ])("%j takes it away", (say) => {
    expect(changed(say, dip).long?.exit).toBeNull()
  })

  test("one that is not there is asked about", () => {
    expect(readIdea("don't sell at RSI 60 anymore", { given: dip }).kind).toBe("question")
  })
})

describe("an indicator's length", () => {
  test.each(["RSI length 21", "use RSI 21", "RSI 21 statt 14", "change RSI from 14 to 21", "rsi 14 → 21"])(
    "%j is another wherever the same indicator stands",
    (say) => {
      expect(changed(say, plainDip).long).toEqual({
        enter: { all: ["rsi(close, 21) < 30"] },
        exit: { any: ["rsi(close, 21) > 70"] },
      })
    },
  )

  test("of several it is asked which, and each answer can be said", () => {
    const reply = readIdea("use EMA 30", { given: cross })
    expect(reply).toMatchObject({ kind: "question", topic: "length", choices: ["ema 20 → 30", "ema 50 → 30"] })
    expect(changed("ema 50 → 30", cross).long?.enter).toEqual({
      all: ["crossover(ema(close, 20), ema(close, 30))"],
    })
  })

  test("two lengths are those of the two", () => {
    expect(changed("use EMA 10 and EMA 30", cross).long?.exit).toEqual({
      any: ["crossunder(ema(close, 10), ema(close, 30))"],
    })
  })
})

describe("a number that moves from where it is", () => {
  test.each([
    ["double the position size", 2],
    ["double the risk", 2],
    ["risk twice as much", 2],
    ["triple the position size", 3],
    ["half the risk", 0.5],
    ["halve the size", 0.5],
    ["increase the risk by 1 %", 2],
    ["verdopple das Risiko", 2],
    ["duplica el riesgo", 2],
    ["double le risque", 2],
    ["dobre o risco", 2],
    ["风险加倍", 2],
  ])("%j: %d %% at risk", (say, percent) => {
    expect(changed(say, dip).size).toMatchObject({ kind: "risk", percent })
  })

  test.each([
    ["lower the stop by 1 %", 2],
    ["tighten the stop by 1 %", 2],
    ["widen the stop by 2 %", 5],
    ["increase the stop by 1 percent", 4],
    ["lower the stop by 50 %", 1.5],
    ["senke den Stop um 1 %", 2],
    ["baja el stop en 1 %", 2],
    ["baisse le stop de 1 %", 2],
    ["reduza o stop em 1 %", 2],
    ["止损降低1%", 2],
    ["raise the stop to 5 %", 5],
  ])("%j: %d %%", (say, percent) => {
    expect(changed(say, dip).protect?.stopLoss).toEqual({ kind: "percent", percent })
  })

  test.each([
    ["raise the RSI exit to 80", 30, 80],
    ["set the exit to RSI 75", 30, 75],
    ["sell at 75", 30, 75],
    ["raise the RSI exit by 5", 30, 75],
    ["lower the RSI entry to 25", 25, 70],
    ["raise the entry threshold to 35", 35, 70],
    ["change the oversold level to 20", 20, 70],
    ["buy below 25", 25, 70],
  ])("%j: in at %d, out at %d", (say, enter, exit) => {
    expect(changed(say, dip).long).toEqual({
      enter: { all: [`rsi(close, 14) < ${enter}`] },
      exit: { any: [`rsi(close, 14) > ${exit}`] },
    })
  })

  test("a percentage of a stop in average ranges is asked about, and so is more than the whole account", () => {
    expect(readIdea("lower the stop by 1 %", { given: cross })).toMatchObject({ kind: "question", topic: "stop" })
    const whole = described("Buy BTC on 1h when RSI 14 is below 30, sell above 70, use 80 % of the account")
    expect(readIdea("double the position size", { given: whole })).toMatchObject({ kind: "question", topic: "size" })
  })

  test("what grows after a loss is still declined", () => {
    for (const say of ["double the position size after a loss", "double after every loss"])
      expect(readIdea(say, { given: dip }), say).toMatchObject({ kind: "decline", reason: "martingale" })
  })
})

describe("a question about what it did", () => {
  test.each([
    "why did it not trade?",
    "why didn't it trade?",
    "why so few trades?",
    "warum hat es nicht gehandelt?",
    "¿por qué no operó?",
    "pourquoi n'a-t-il pas tradé ?",
    "por que não negociou?",
    "为什么没有交易",
  ])("%j changes nothing", (say) => {
    expect(readIdea(say, { given: dip })).toMatchObject({ kind: "answer", notUnderstood: [] })
  })
})

/** What changes of a template, in words. */
const changesOf = (id: string, say: string) => {
  const checked = strategyFromJson(strategyTemplates.find((each) => each.id === id)!.document)
  if (!checked.ok) throw new Error(id)
  const reply = readIdea(say, { given: checked.strategy })
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  expect(reply.notUnderstood).toEqual([])
  return reply.changes
}

describe("a template's own numbers by the names on their sliders", () => {
  test.each([
    ["sma-cross", "fast 10 slow 50", ["Fast average 20 → 10", "Slow average 100 → 50"]],
    ["sma-cross", "fast average 30", ["Fast average 20 → 30"]],
    ["sma-cross", "make the slow one 200", ["Slow average 100 → 200"]],
    ["macd-trend", "raise the long average to 300", ["Long average 200 → 300"]],
    ["macd-trend", "use MACD 8 21 5", ["Fast average 12 → 8", "Slow average 26 → 21", "Signal 9 → 5"]],
    ["bollinger-breakout", "use 2.5 deviations", ["Band width (deviations) 2 → 2.5"]],
    ["bollinger-breakout", "band length 30", ["Band length 20 → 30"]],
    ["supertrend", "multiplier 2", ["Distance (times ATR) 3 → 2"]],
    ["supertrend", "ATR length 14", ["ATR length 10 → 14"]],
    ["rsi-dip", "increase the RSI length by 7", ["RSI length 14 → 21"]],
    ["rsi-dip", "sell at 70 instead of 60", ["Sell above 60 → 70"]],
    ["rsi-dip", "buy when RSI drops below 25", ["Buy below 30 → 25"]],
    ["donchian-trend", "leave on a 20 candle low", ["New low over 60 → 20"]],
  ])("%s: %j", (id, say, changes) => {
    expect(changesOf(id, say)).toEqual(changes)
  })
})

describe("a condition that is to go, and none that comes", () => {
  test.each([
    ["rsi-dip", "turn off the trend filter", "Buy when − not useTrend or close > trend"],
    ["macd-trend", "remove the trend filter", "Buy when − close > trend"],
    ["donchian-trend", "skip the daily filter", "Buy when − close > daily"],
    ["bollinger-breakout", "ignore the quiet condition", "Buy when − quietness[1] <= quiet"],
    ["macd-trend", "entferne den Trendfilter", "Buy when − close > trend"],
  ])("%s: %j", (id, say, change) => {
    const changes = changesOf(id, say) ?? []
    expect(changes).toContain(change)
    expect(changes.join()).not.toContain("+")
  })
})

describe("hours and accounts", () => {
  test.each([
    ["dont trade between 22 and 6 utc", "not (hour() >= 22 or hour() < 6)"],
    ["no trading from 22 to 6", "not (hour() >= 22 or hour() < 6)"],
    ["22点到6点不交易", "not (hour() >= 22 or hour() < 6)"],
    ["trade only 9am-5pm est", "hour() >= 14 and hour() < 22"],
    ["no trades after 20:00", "hour() < 20"],
    ["nur am Wochenende nicht handeln", "weekday() < 6"],
    ["周末不交易", "weekday() < 6"],
    ["don't hold over the weekend", "weekday() < 6"],
  ])("%j bounds when it buys", (say, condition) => {
    const { long } = changed(say, dip)
    expect(long?.enter).toEqual({ all: ["rsi(close, 14) < 30", condition] })
  })

  test("what closes at night ends positions and lets none in", () => {
    expect(changesOf("supertrend", "close all at night")?.join()).toMatch(/^Sell when \+ hour/)
  })

  test("an account that falls is a limit, not a size", () => {
    expect(changesOf("donchian-trend", "sell everything if the account falls 20 %")).toEqual(["Dip limit 25 % → 20 %"])
  })

  test("the only way out takes the place of all others", () => {
    const changes = changesOf("macd-trend", "exit only when the price is below the average")
    expect(changes?.filter((each) => !each.startsWith("Slider"))).toEqual([
      "Sell when crossunder(momentum.line, momentum.signal) → close < ema(close, emaLength)",
      "Sell when − close < trend",
    ])
  })
})

describe("a way out at a time, where it is ahead", () => {
  test.each([
    ["close after 24 h if in profit", 1_440],
    ["after 2 days sell if it is in the green", 2_880],
    ["schließe nach 24 Stunden wenn im Gewinn", 1_440],
  ])("%j: any profit is enough from then on", (say, afterMinutes) => {
    const { protect } = changed(say, dip)
    expect(protect?.roi).toEqual([{ afterMinutes, percent: 0 }])
    expect(protect?.timeStop).toBeNull()
  })

  test("where it is behind no rule can", () => {
    expect(readIdea("exit if it is still losing after 12 hours", { given: dip })).toMatchObject({
      kind: "decline",
      reason: "notPossible",
    })
  })
})

test("an indicator's exit goes without its entry", () => {
  const trend = described(
    "Buy ETH on 4h when RSI 14 is below 35 and close is above EMA 200, sell when RSI 14 is above 65",
  )
  expect(changed("drop the RSI exit", trend).long).toEqual({
    enter: { all: ["rsi(close, 14) < 35", "close > ema(close, 200)"] },
    exit: null,
  })
})
