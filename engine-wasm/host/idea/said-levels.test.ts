import { describe, expect, test } from "vitest"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { makeFixed } from "../strategy/edit/adjustable.ts"
import { readIdea } from "./read-idea.ts"

/** The rules of a sentence with plain numbers. */
const rulesIn = (say: string) => {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  const { long, short } = Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
  return { long, short }
}
const all = (...rules: string[]) => ({ all: rules })
const any = (...rules: string[]) => ({ any: rules })

describe("two limits said together", () => {
  test.each([
    ["rsi 30/70 btc 1h", "rsi(close, 14) < 30", "rsi(close, 14) > 70"],
    ["RSI 30 70 strategy on ETH 4h with 3% SL", "rsi(close, 14) < 30", "rsi(close, 14) > 70"],
    ["rsi(7) 20/80 eth 15m", "rsi(close, 7) < 20", "rsi(close, 7) > 80"],
    ["stochastic 20/80 btc 1h", "stoch(14, 3, 3).k < 20", "stoch(14, 3, 3).k > 80"],
    ["williams %r -80/-20 btc 1h", "willr(14) < -80", "willr(14) > -20"],
    ["RSI 30/70 Strategie BTC 1h", "rsi(close, 14) < 30", "rsi(close, 14) > 70"],
    ["estrategia rsi 30/70 btc 1h", "rsi(close, 14) < 30", "rsi(close, 14) > 70"],
    ["stratégie RSI 25/75 btc 1h", "rsi(close, 14) < 25", "rsi(close, 14) > 75"],
    ["estratégia rsi 25/75 btc 1h", "rsi(close, 14) < 25", "rsi(close, 14) > 75"],
    ["RSI 30/70 策略 BTC 1小时", "rsi(close, 14) < 30", "rsi(close, 14) > 70"],
  ])("%j buys low and sells high", (say, enter, exit) => {
    expect(rulesIn(say).long).toMatchObject({ enter: all(enter), exit: any(exit) })
  })

  test("a short sells high and covers low, both sides do each", () => {
    expect(rulesIn("short only rsi 30/70 btc 15m").short).toMatchObject({
      enter: all("rsi(close, 14) > 70"),
      exit: any("rsi(close, 14) < 30"),
    })
    expect(rulesIn("rsi(14) 25/75 long and short btc 15m sl 1.5 tp 3")).toMatchObject({
      long: { enter: all("rsi(close, 14) < 25"), exit: any("rsi(close, 14) > 75") },
      short: { enter: all("rsi(close, 14) > 75"), exit: any("rsi(close, 14) < 25") },
    })
  })

  test("two lengths stay lengths", () => {
    expect(rulesIn("stoch 14/3 crosses up btc 1h").long?.enter).toEqual(
      all("crossover(stoch(14, 3, 3).k, stoch(14, 3, 3).d)"),
    )
  })
})

describe("a line is compared with the price, a limit with its own value", () => {
  test.each([
    ["buy when rsi under 30 above the 200 ema, btc 1h", "close > ema(close, 200)"],
    ["kaufe wenn rsi unter 30 über dem 200 ema, btc 1h", "close > ema(close, 200)"],
    ["compra si rsi menor que 30 por encima de la ema 200, btc 1h", "close > ema(close, 200)"],
    ["achète si rsi sous 30 au-dessus de la mm200, btc 1h", "close > sma(close, 200)"],
    ["compre se rsi abaixo de 30 acima da média de 200, btc 1h", "close > sma(close, 200)"],
  ])("%j", (say, line) => {
    expect(rulesIn(say).long?.enter).toEqual(all("rsi(close, 14) < 30", line))
  })

  test.each([
    ["buy between rsi 40 and 50, btc 4h", ["rsi(close, 14) > 40", "rsi(close, 14) < 50"]],
    ["kaufe zwischen rsi 40 und 50, btc 4h", ["rsi(close, 14) > 40", "rsi(close, 14) < 50"]],
    [
      "ema 9/21/55 stacked bullish, buy pullback to the 21, 1h eth",
      ["ema(close, 9) > ema(close, 21)", "ema(close, 21) > ema(close, 55)", "low <= ema(close, 21)"],
    ],
    [
      "buy when atr is below 2% of price and price breaks 20 high, btc 4h",
      ["atr(14) < close * 0.02", "close > highest(high, 20)[1]"],
    ],
    [
      "buy when the spread between ema 10 and ema 30 is more than 2%, btc 4h",
      ["abs(ema(close, 10) / ema(close, 30) - 1) * 100 > 2"],
    ],
    ["buy if price falls 10% from ath, 1d", ["close < highest(high, 365)[1] * (1 - 10 / 100)"]],
    ["enter on the third green candle in a row, btc 15m", ["close > open", "close[1] > open[1]", "close[2] > open[2]"]],
  ])("%j", (say, enter) => {
    expect(rulesIn(say).long?.enter).toEqual(all(...enter))
  })
})

describe("a way out that was said", () => {
  test.each([
    ["buy when price breaks above the 20 candle high, sell at close of day, 15m"],
    ["sell at the end of the day, buy when rsi < 30 15m btc"],
    ["kaufe wenn rsi unter 30, am Tagesende verkaufen, btc 15m"],
    ["compra si rsi menor que 30, vende al final del día, btc 15m"],
    ["achète si rsi sous 30, vends en fin de journée, btc 15m"],
    ["compre se rsi abaixo de 30, venda no fim do dia, btc 15m"],
    ["RSI低于30买入，当天收盘时卖出，BTC 15分钟"],
  ])("%j leaves in the day's last hour and enters before it", (say) => {
    const { long } = rulesIn(say)
    expect(long?.exit).toEqual(any("hour() >= 23"))
    expect(JSON.stringify(long?.enter)).toContain("hour() < 23")
  })

  test.each([
    ["buy btc 5% below the 50 day moving average, sell when it gets back to it", "close >= sma(close, 50)"],
    ["sell unless price is above the 50 ema; buy rsi<30", "close <= ema(close, 50)"],
    ["buy when cci goes from below -100 to above -100, sell at cci 100, btc 4h", "cci(20) > 100"],
    ["buy when obv crosses its 20 sma, eth 4h", "crossunder(obv(), sma(obv(), 20))"],
    ["enter on two green candles in a row, exit on first red, btc 15m", "close < open"],
  ])("%j", (say, exit) => {
    expect(rulesIn(say).long?.exit).toEqual(any(exit))
  })
})

test("a count of coins is no price: it is named as not used", () => {
  const reply = readIdea("buy 0.01 BTC when rsi < 30, 1h")
  expect(reply.notUnderstood.map(({ words }) => words)).toEqual(["0.01"])
  expect(rulesIn("buy 0.01 BTC when rsi < 30, 1h").long?.enter).toEqual(all("rsi(close, 14) < 30"))
})

describe("a breakout over days on shorter candles", () => {
  // At a day's last candle `high @ 1d` is already that day's: one candle back it is always that of the days before.
  test.each([
    ["buy when price breaks above yesterday's high, 15m", "close > (high @ 1d)[1]"],
    ["buy above last week's high, btc 4h", "close > (high @ 1w)[1]"],
    ["buy above the 20 day high, btc 1h", "close > (highest(high, 20) @ 1d)[1]"],
    ["kaufe über dem 20-Tage-Hoch, btc 4h", "close > (highest(high, 20) @ 1d)[1]"],
    ["compra al superar el máximo de 20 días, btc 4h", "close > (highest(high, 20) @ 1d)[1]"],
    ["achète au-dessus du plus haut de 20 jours, btc 4h", "close > (highest(high, 20) @ 1d)[1]"],
    ["compre acima da máxima de 20 dias, btc 4h", "close > (highest(high, 20) @ 1d)[1]"],
    ["突破20日最高价买入，BTC 4小时", "close > (highest(high, 20) @ 1d)[1]"],
    ["buy above the 20 day high, btc 1d", "close > highest(high, 20)[1]"],
  ])("%j never includes its own day", (say, enter) => {
    expect(rulesIn(say).long?.enter).toEqual(all(enter))
  })
})

describe("a fall from the peak", () => {
  test.each([
    "get out if it falls 4% from the top, buy rsi < 30 btc 1h",
    "exit when price falls 4% from its peak, buy rsi < 30, btc 1h",
    "verkaufe wenn der Kurs 4 % vom Hoch fällt, kaufe wenn RSI unter 30, btc 1h",
    "vende si cae un 4 % desde el máximo, compra si rsi menor que 30, btc 1h",
    "vends si ça baisse de 4 % depuis le plus haut, achète si rsi sous 30, btc 1h",
    "venda se cair 4% do topo, compre se rsi abaixo de 30, btc 1h",
    "从高点回撤4%卖出，RSI低于30买入，BTC 1小时",
  ])("%j is a trailing stop, no other exit and no limit of the account", (say) => {
    const reply = readIdea(say)
    if (reply.kind !== "strategy") throw new Error(reply.text)
    const { protect, limits, long } = Object.keys(reply.document.params).reduce<WrittenStrategy>(
      makeFixed,
      reply.document,
    )
    expect(protect?.trailing).toMatchObject({ percent: 4 })
    expect(limits?.maxDrawdownPercent ?? null).toBeNull()
    expect(long).toMatchObject({ enter: all("rsi(close, 14) < 30"), exit: null })
  })

  test("bought, it is below the last highs, which is said", () => {
    const reply = readIdea("buy when price falls 4% from its peak, btc 4h")
    expect(reply.assumptions.join(" ")).toContain("highest value")
    expect(rulesIn("buy when price falls 4% from its peak, btc 4h").long?.enter).toEqual(
      all("close <= highest(high, 20)[1] * (1 - 4 / 100)"),
    )
  })
})

describe("what else a sentence means", () => {
  test.each([
    ["if price dips below 95k but closes back above, buy, btc 1h", ["low < 95000", "close > 95000"]],
    ["buy when volume is 3x the average, btc 1h", ["volume > sma(volume, 20) * 3"]],
    ["cross of 12 and 26 ema btc 1h", ["crossover(ema(close, 12), ema(close, 26))"]],
    ["buy dips of 4% and sell at 3% profit, btc 1h", ["roc(close, 1) <= -4"]],
    ["rsi < 30, only if the daily trend is up, btc 1h", ["rsi(close, 14) < 30", "close @ 1d > sma(close, 200) @ 1d"]],
    [
      "kauf den dip, nur wenn der trend auf tagesbasis aufwärts ist, btc 1h",
      ["crossunder(rsi(close, 14), 30)", "close @ 1d > sma(close, 200) @ 1d"],
    ],
    [
      "compra la caída de bitcoin solo si la tendencia diaria es alcista, 1h",
      ["crossunder(rsi(close, 14), 30)", "close @ 1d > sma(close, 200) @ 1d"],
    ],
    [
      "achète le creux si la tendance journalière est haussière, btc 1h",
      ["crossunder(rsi(close, 14), 30)", "close @ 1d > sma(close, 200) @ 1d"],
    ],
    [
      "compre a queda se a tendência diária for de alta, btc 1h",
      ["crossunder(rsi(close, 14), 30)", "close @ 1d > sma(close, 200) @ 1d"],
    ],
    ["日线趋势向上时，RSI低于30买入，BTC 1小时", ["close @ 1d > sma(close, 200) @ 1d", "rsi(close, 14) < 30"]],
  ])("%j", (say, enter) => {
    expect(rulesIn(say).long?.enter).toEqual(all(...enter))
  })
})

describe("money", () => {
  const documentOf = (say: string) => {
    const reply = readIdea(say)
    if (reply.kind !== "strategy") throw new Error(reply.text)
    return Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
  }

  test("that a trade of an amount may lose is how far the stop is away", () => {
    const { protect, size } = documentOf("stop loss $5 per trade, $100 size, rsi < 30, btc 1h")
    expect(protect?.stopLoss).toEqual({ kind: "percent", percent: 5 })
    expect(size).toEqual({ kind: "quote", amount: 100 })
  })

  test("of each line of a grid makes the account it needs, or the share of the one there is", () => {
    const say = "grid bot on ETH between 3000 and 4000 with 20 levels, $10 each"
    expect(readIdea(say)).toMatchObject({ balanceQuote: "250", document: { params: { most: { value: 80 } } } })
    expect(readIdea(say, { balanceQuote: "1000" })).toMatchObject({ document: { params: { most: { value: 20 } } } })
  })

  test("without its sign is an amount where no percentage is so large", () => {
    expect(documentOf("rsi < 30, btc 1h, use 1k per trade").size).toEqual({ kind: "quote", amount: 1000 })
  })

  test("a limit under the close is the order's, a first order is no line of Ichimoku", () => {
    expect(documentOf("buy with limit 1% under close, rsi < 35, 1h btc").orders?.entry).toMatchObject({
      kind: "limit",
      offsetPercent: 1,
    })
    expect(
      documentOf("safety orders: base $20, 4 safety orders at -2% each 1.5x size, tp 1.5%, btc 15m").long?.enter,
    ).toEqual(all("close > 0"))
  })
})

test("trades in a week are waits, not positions", () => {
  const reply = readIdea("take max 10 trades per week, rsi<30 btc 1h")
  expect(reply).toMatchObject({ document: { limits: { maxOpenPositions: 3, cooldownCandles: 17 } } })
})

test("candles of a second are asked about", () => {
  expect(readIdea("buy on 1 second candles when price ticks up")).toMatchObject({
    kind: "question",
    topic: "timeframe",
  })
})

test("a correction that leaves both sides of a line is asked about", () => {
  expect(readIdea("buy at 3% above the 20 sma, no, below it")).toMatchObject({
    kind: "question",
    topic: "contradiction",
  })
})

test("a loss after which the day is over is the day's limit, no rise of the price", () => {
  const say = "亏损超过3%当天停止交易，MACD金叉买入，死叉卖出，BTC 1小时"
  expect(readIdea(say)).toMatchObject({ document: { limits: { dailyLossPercent: 3 } } })
  const macd = "macd(close, 12, 26, 9).line, macd(close, 12, 26, 9).signal"
  expect(rulesIn(say).long).toMatchObject({ enter: all(`crossover(${macd})`), exit: any(`crossunder(${macd})`) })
})
