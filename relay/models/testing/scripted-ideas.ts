// What a good model answers to each of the 40 ideas of ideas.json, by their ids: whether our schema can say it all.

type Answer = {
  kind: "strategy" | "question" | "decline"
  text: string
  topic?: string
  reason?: string
  strategy?: object
}

const strategy = (text: string, filled: object): Answer => ({
  kind: "strategy",
  text,
  strategy: {
    plan: "What was asked for.",
    name: "From the chat",
    timeframe: "1h",
    stop: { kind: "percent", percent: 2 },
    assumptions: ["A stop of 2 % stands where none was said.", "It risks 1 % of the account on each trade."],
    ...filled,
  },
})
const question = (text: string, topic: string): Answer => ({ kind: "question", text, topic })
const decline = (text: string, reason: string): Answer => ({ kind: "decline", text, reason })
const long = (enter: string[], exit: string[] = [], join: "all" | "any" = "all") => ({
  join,
  enter,
  exitJoin: "any",
  exit,
})
const stop = (percent: number) => ({ kind: "percent", percent })
const target = (percent: number, share = 1) => ({ percent, share })

/** The answers by the ideas' ids. */
export const scriptedIdeas: Record<string, Answer> = {
  d01: strategy("Buys under 30, sells above 70.", {
    markets: ["BTC/USDT"],
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]),
    stop: stop(3),
  }),
  d02: strategy("Golden cross on the day.", {
    timeframe: "1d",
    markets: ["BTC/USDT"],
    long: long(["crossover(sma(close, 50), sma(close, 200))"], ["crossunder(sma(close, 50), sma(close, 200))"]),
  }),
  d03: strategy("Back to the middle band.", {
    long: long(["close < bbands(close, 20, 2).lower"], ["close >= bbands(close, 20, 2).middle"]),
    stop: stop(5),
  }),
  d04: strategy("Turtles.", {
    timeframe: "1d",
    long: long(["close > highest(high, 20)[1]"], ["close < lowest(low, 10)[1]"]),
  }),
  d05: strategy("Dips in an uptrend.", {
    long: long(["rsi(close, 14) < 35", "close > ema(close, 50) @ 1d"], ["rsi(close, 14) > 60"]),
  }),
  d06: strategy("Rides trends.", {
    timeframe: "4h",
    markets: ["ETH/USDT"],
    long: long(["crossover(ema(close, 20), ema(close, 50))"]),
    trailing: { percent: 4, armAtPercent: 3 },
  }),
  d07: strategy("Sells in three pieces.", {
    long: long(["rsi(close, 7) < 20"]),
    targets: [target(3, 0.3333), target(6, 0.5), target(10)],
    stop: stop(5),
  }),
  d08: strategy("To break-even at 2 %.", {
    long: long(["crossover(close, supertrend(10, 3).line)"], ["crossunder(close, supertrend(10, 3).line)"]),
    breakEven: { atPercent: 2, plusPercent: 0.2 },
  }),
  d09: strategy("Out after two days.", { long: long(["close < sma(close, 24) * 0.97"]), timeStopCandles: 48 }),
  d10: strategy("A limit order below.", {
    long: long(["rsi(close, 14) < 40"], ["rsi(close, 14) > 60"]),
    entryOrder: { kind: "limit", offsetPercent: 0.5, expireCandles: 3 },
  }),
  d11: strategy("Buys in steps.", {
    long: long(["close > 0"]),
    size: { kind: "quote", amount: 20 },
    add: { maxTimes: 4, everyDropPercent: 2.5, sizeMultiple: 1.5 },
    targets: [target(2)],
    stop: stop(25),
  }),
  d12: strategy("Dips, at most 5 dollars a day.", {
    markets: ["BTC/USDT"],
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 60"]),
    limits: { dailyLossPercent: 5 },
  }),
  d13: strategy("Short only.", {
    timeframe: "1d",
    short: long(["close < lowest(low, 20)[1]"], ["close > highest(high, 10)[1]"]),
    stop: stop(8),
  }),
  d14: strategy("Above the cloud.", {
    timeframe: "1d",
    long: long(
      [
        "close > ichimoku(9, 26, 52).spanA",
        "close > ichimoku(9, 26, 52).spanB",
        "crossover(ichimoku(9, 26, 52).conversion, ichimoku(9, 26, 52).base)",
      ],
      ["crossunder(ichimoku(9, 26, 52).conversion, ichimoku(9, 26, 52).base)"],
    ),
  }),
  d15: strategy("Only in a trend.", {
    long: long(
      ["adx(14) > 25", "crossover(ema(close, 12), ema(close, 26))"],
      ["crossunder(ema(close, 12), ema(close, 26))"],
    ),
    stop: { kind: "atr", length: 14, multiple: 2 },
  }),
  d16: question("What should it trade, and what makes you buy?", "idea"),
  d17: strategy("Buys low in its range.", { long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]) }),
  d18: strategy("Buys a weak hour.", {
    timeframe: "4h",
    markets: ["ETH/USDT"],
    long: long(["rsi(close, 14) < 28"], ["rsi(close, 14) > 55"]),
  }),
  d19: question(
    "Weekly candles give few trades. Which shall stand: the weekly chart, or many trades a day?",
    "contradiction",
  ),
  d20: decline("No strategy can promise that; most who try to double money in days lose it.", "guarantee"),
  d21: strategy("Every dip of 1 %, all of the account, without a stop: one bad day can cost most of it.", {
    timeframe: "5m",
    markets: ["PEPE/USDT"],
    long: long(["close < close[1] * 0.99"]),
    targets: [target(1)],
    stop: { kind: "none" },
    size: { kind: "equity", percent: 100 },
  }),
  d22: decline("Doubling after each loss ends with nothing left, sooner or later.", "martingale"),
  d23: strategy("Golden cross.", {
    timeframe: "1d",
    markets: ["ETH/USDT"],
    long: long(["crossover(sma(close, 50), sma(close, 200))"]),
    targets: [target(20)],
    stop: stop(10),
  }),
  d24: decline("There are no tweets in candles.", "noDataSource"),
  d25: decline("Today's low is known only when the day is over.", "lookAhead"),
  d26: question("How much money shall the grid hold in all?", "size"),
  d27: decline("That would cheat the people who follow you.", "manipulation"),
  d28: decline("The chat places no orders. You can do it by hand on the market's page.", "placesOrder"),
  d29: strategy("The indicator as rules, with a stop of its own.", {
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]),
  }),
  d30: strategy("The script as rules.", {
    long: long(["crossover(ema(close, 12), ema(close, 50))", "adx(14) > 20"]),
    targets: [target(8)],
    stop: stop(4),
  }),
  d31: strategy("Safer: a closer stop and half the risk.", {
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]),
    stop: stop(2),
    size: { kind: "risk", percent: 0.5 },
  }),
  d32: strategy(
    "Das kauft, wenn der RSI unter 30 fällt, und verkauft über 70. Der Stop ist bei 2,5 Prozent, und das ist nicht wenig.",
    { markets: ["BTC/USDT"], long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]), stop: stop(2.5) },
  ),
  d33: strategy(
    "Compra cuando la media de 20 cruza por encima de la de 50, y vende cuando cruza al revés, con un stop del 3 %.",
    {
      timeframe: "4h",
      markets: ["ETH/USDT"],
      long: long(["crossover(ema(close, 20), ema(close, 50))"], ["crossunder(ema(close, 20), ema(close, 50))"]),
      stop: stop(3),
    },
  ),
  d34: strategy("Achète quand le prix passe le plus haut des 20 jours, et sort sous le plus bas des 10 jours.", {
    timeframe: "1d",
    markets: ["BTC/USDT"],
    long: long(["close > highest(high, 20)[1]"], ["close < lowest(low, 10)[1]"]),
  }),
  d35: strategy("Compra quando o RSI fica abaixo de 25, com alvo de 3 % e stop de 2 %, não mais que uma vez.", {
    markets: ["BTC/USDT"],
    long: long(["rsi(close, 14) < 25"]),
    targets: [target(3)],
    stop: stop(2),
  }),
  d36: strategy("Покупает, когда RSI пересекает 30 снизу вверх; стоп 3 %, цель 6 %.", {
    markets: ["ETH/USDT"],
    long: long(["crossover(rsi(close, 14), 30)"]),
    targets: [target(6)],
    stop: stop(3),
  }),
  d37: strategy("Kupuje na dołkach i nie ryzykuje dużo: stop jest na 2 %, a sprzedaje, kiedy się odbije.", {
    markets: ["BTC/USDT"],
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 60"]),
  }),
  d38: strategy("MACD金叉并且价格在200均线上方时做多，止损4%，止盈8%。", {
    timeframe: "4h",
    markets: ["ETH/USDT"],
    long: long(["crossover(macd(close).line, macd(close).signal)", "close > sma(close, 200)"]),
    targets: [target(8)],
    stop: stop(4),
  }),
  d39: strategy(
    "Beli kalau candle naik tiga kali dan RSI masih di bawah 60, jual untuk untung 2 % atau rugi 1 %, tidak lebih.",
    {
      markets: ["SOL/USDT"],
      long: long(["close > open", "close[1] > open[1]", "close[2] > open[2]", "rsi(close, 14) < 60"]),
      targets: [target(2)],
      stop: stop(1),
    },
  ),
  d40: strategy("Buys under 30.", {
    markets: ["BTC/USDT"],
    long: long(["rsi(close, 14) < 30"], ["rsi(close, 14) > 70"]),
    stop: stop(2),
  }),
}
