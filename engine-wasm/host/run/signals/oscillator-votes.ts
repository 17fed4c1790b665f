import type { MarketAction } from "../market-reading.ts"
import type { VoteRule } from "./vote-rule.ts"

// The rules TradingView publishes for its Technical Ratings, oscillators; "rising" is above the candle before:
// https://www.tradingview.com/support/solutions/43000614331-technical-ratings/

type Written = Omit<VoteRule, "group" | "because">

/** The trend that three of the rules ask for: which side of its average the price is on. */
const TREND = "ema(close, 50)"
const UP = `close > ${TREND}`
const DOWN = `close < ${TREND}`

const ADX = "adx(14)"
const AO = "ao(5, 34)"
const BULLS = "high - ema(close, 13)"
const BEARS = "low - ema(close, 13)"
const MACD = "macd(close, 12, 26, 9)"
const PRESSURE = "ultosc(7, 14, 28)"

/** In a market that stood still for so long the ultimate oscillator is 0 for want of a range: that is no vote. */
const MOVES = "highest(high, 29) > lowest(low, 29)"

/** Eleven oscillators. */
export const oscillatorVotes: VoteRule[] = [
  stretched("rsi", "RSI", { value: "rsi(close, 14)", low: 30, high: 70 }),
  stretchedCross("stochastic", "Stochastic", { lines: "stoch(14, 3, 3)", buyIf: "", sellIf: "" }),
  stretched("cci", "CCI", { value: "cci(20)", low: -100, high: 100 }),
  saying(
    {
      name: "adx",
      title: "ADX",
      value: ADX,
      buy: `${ADX} > 20 and crossover(plusDi(14), minusDi(14))`,
      sell: `${ADX} > 20 and crossunder(plusDi(14), minusDi(14))`,
    },
    {
      BUY: "there is a trend and it has just turned upwards",
      SELL: "there is a trend and it has just turned downwards",
      HOLD: "no trend has just turned",
    },
  ),
  saying(
    { name: "awesome", title: "Awesome oscillator", value: AO, buy: awesome(">"), sell: awesome("<") },
    {
      BUY: "it has just risen above zero, or turned up above it",
      SELL: "it has just fallen below zero, or turned down below it",
      HOLD: "it has neither crossed zero nor turned",
    },
  ),
  saying(
    {
      name: "momentum",
      title: "Momentum",
      value: "mom(close, 10)",
      buy: "mom(close, 10) > mom(close, 10)[1]",
      sell: "mom(close, 10) < mom(close, 10)[1]",
    },
    { BUY: "it is rising", SELL: "it is falling", HOLD: "it is as at the candle before" },
  ),
  saying(
    {
      name: "macd",
      title: "MACD",
      value: `${MACD}.line`,
      buy: `${MACD}.line > ${MACD}.signal`,
      sell: `${MACD}.line < ${MACD}.signal`,
    },
    { BUY: "it is above its signal line", SELL: "it is below its signal line", HOLD: "it is on its signal line" },
  ),
  stretchedCross("stochasticRsi", "Stochastic RSI", {
    lines: "stochRsi(close, 14, 14, 3)",
    buyIf: `${DOWN} and `,
    sellIf: `${UP} and `,
  }),
  stretched("williams", "Williams %R", { value: "willr(14)", low: -80, high: -20 }),
  saying(
    {
      name: "bullBear",
      title: "Bull and bear power",
      value: "high + low - 2 * ema(close, 13)",
      buy: `${UP} and ${BEARS} < 0 and ${BEARS} > (${BEARS})[1]`,
      sell: `${DOWN} and ${BULLS} > 0 and ${BULLS} < (${BULLS})[1]`,
    },
    {
      BUY: "the bears are getting weaker in a rising market",
      SELL: "the bulls are getting weaker in a falling market",
      HOLD: "neither side is giving way to the trend",
    },
  ),
  saying(
    {
      name: "ultimate",
      title: "Ultimate oscillator",
      value: PRESSURE,
      buy: `${PRESSURE} > 70 and ${MOVES}`,
      sell: `${PRESSURE} < 30 and ${MOVES}`,
    },
    { BUY: "buyers press hard", SELL: "sellers press hard", HOLD: "neither side presses hard" },
  ),
]

function saying(rule: Written, words: Record<MarketAction, string>): VoteRule {
  return { ...rule, group: "oscillators", because: (action) => words[action] }
}

type Levels = { value: string; low: number; high: number }

/** Against the stretch as soon as it gives way. */
function stretched(name: string, title: string, { value, low, high }: Levels): VoteRule {
  return {
    name,
    group: "oscillators",
    title,
    value,
    buy: `${value} < ${low} and ${value} > ${value}[1]`,
    sell: `${value} > ${high} and ${value} < ${value}[1]`,
    because: stretchedWords(low, high),
  }
}

/** TradingView reads the stretched stochastics as their fast line crossing the slow one below 20 or above 80. */
function stretchedCross(
  name: string,
  title: string,
  { lines, buyIf, sellIf }: { lines: string; buyIf: string; sellIf: string },
): VoteRule {
  return {
    name,
    group: "oscillators",
    title,
    value: `${lines}.k`,
    buy: `${buyIf}${lines}.k < 20 and crossover(${lines}.k, ${lines}.d)`,
    sell: `${sellIf}${lines}.k > 80 and crossunder(${lines}.k, ${lines}.d)`,
    because: stretchedWords(20, 80),
  }
}

function stretchedWords(low: number, high: number): VoteRule["because"] {
  return (action, value) => {
    if (action !== "HOLD")
      return action === "BUY" ? "stretched downwards, turning up" : "stretched upwards, turning down"
    if (value > high) return "stretched upwards, with no turn to sell at"
    return value < low ? "stretched downwards, with no turn to buy at" : "not stretched"
  }
}

/** Over the zero line, or a saucer: a turn on its own side of it. */
function awesome(side: ">" | "<"): string {
  const cross = side === ">" ? "crossover" : "crossunder"
  return `${cross}(${AO}, 0) or ${AO} ${side} 0 and ${AO}[1] ${side} 0 and ${AO} ${side} ${AO}[1] and ${AO}[2] ${side} ${AO}[1]`
}
