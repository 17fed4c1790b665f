import { expect, test } from "vitest"
import { formulaInWords } from "./plain-words-formula.ts"
import { codeTemplates } from "../templates/code-templates.ts"
import { strategyTemplates } from "../templates/templates.ts"
import { planInWords, type TestedOn } from "./plain-words.ts"
import { strategySchema, type WrittenStrategy } from "./strategy-document.ts"

const params = { length: 14, on: true, off: false }

const inWords: [string, string][] = [
  ["close > open", "the price is above the opening price"],
  ["crossover(close, ema(close, length))", "the price crosses above the 14-candle exponential average of the price"],
  ["off or close > 1", "the price is above 1"],
  ["not on and close > 1", "never"],
  ["on or close > 1", "always"],
  ["on ? close : open", "the price"],
  ["a > 1 and (b < 2 or c == 3)", "“a” is above 1 and (“b” is below 2 or “c” equals 3)"],
  ["a or b and c", "“a” or (“b” and “c”)"],
  [
    "(close - open) / open * 100 >= 2",
    "(the price minus the opening price) divided by the opening price times 100 is at or above 2",
  ],
  ["close[1] < low[3]", "the price 1 candle ago is below the candle's low 3 candles ago"],
  ["rsi(close, length) @ 1d < 30", "the RSI of the price over 14 candles on 1d candles is below 30"],
  ["position.profitPercent > 3", "the open position's profit in percent is above 3"],
  [
    "macd(close, 12, 26, 9).histogram > 0",
    "the histogram of the MACD of the price (fast 12, slow 26, signal 9) is above 0",
  ],
  ["bbands(close, 20).upper", "the upper line of the Bollinger bands of the price over 20 candles"],
  ['forecast("rise").probability > 0.55', "the probability of the forecast “rise” is above 0.55"],
  ['forecast("rise") > 0 and regime("mood") == 2', "the forecast “rise” is above 0 and the regime “mood” equals 2"],
  ["not (close > 1)", "it is not so that the price is above 1"],
  ["-close", "minus the price"],
  ["cdlengulfing() > 0", "the pattern Engulfing is above 0"],
  ["time > 1600000000000", "the candle's time is above 13 Sep 2020, 12:26:40 UTC"],
  ["1704067200000 <= time", "1 Jan 2024, 00:00 UTC is at or below the candle's time"],
  [
    "close > valueWhen(crossover(close, open), high)",
    "the price is above (the value of the candle's high at the last candle at which (the price crosses above the opening price))",
  ],
  [
    "valueWhen(close > 1, low, 2)",
    "the value of the candle's low at the candle, 2 such candles before the last, at which (the price is above 1)",
  ],
  ["weekday == 1", "the weekday (1 = Monday) equals 1"],
]

test.each(inWords)("%s reads: %s", (formula, words) => {
  expect(formulaInWords(formula, params)).toBe(words)
})

function sentencesOf(parts: Partial<WrittenStrategy>): string[] {
  const base = {
    format: "candlewright.strategy/1" as const,
    name: "t",
    timeframe: "4h" as const,
    long: { enter: { all: ["close > 1"] } },
  }
  return planInWords(strategySchema.parse({ ...base, ...parts })).map(({ text }) => text)
}

const everyPart: [Partial<WrittenStrategy>, string][] = [
  [{}, "It looks at every finished 4h candle on the markets you choose."],
  [{}, "If the price goes 2 % against the entry, the position is closed (stop loss)."],
  [
    {},
    "Each position is sized so that its stop would cost about 1 % of the account, and never takes more than 100 % of it.",
  ],
  [{}, "At most 3 positions are open at once."],
  [{}, "No rule says when to exit; only the stop loss closes the position."],
  [
    { short: { enter: { any: ["close < 1", "close < open"] }, exit: { any: ["close > 2"] } } },
    "It sells short (betting on a fall) when the price is below 1 or the price is below the opening price.",
  ],
  [
    { short: { enter: { any: ["close < 1"] }, exit: { any: ["close > 2"] } } },
    "It buys back when the price is above 2.",
  ],
  [
    { protect: { stopLoss: { kind: "none" } }, size: { kind: "equity", percent: 50 } },
    "There is no stop loss: a falling price is not limited by anything.",
  ],
  [
    { protect: { stopLoss: { kind: "none" } }, size: { kind: "equity", percent: 50 } },
    "It never closes a position by itself.",
  ],
  [
    { protect: { stopLoss: { kind: "price", formula: "lowest(low, 10)" } } },
    "The stop loss is fixed at entry: the lowest value of the candle's low over 10 candles.",
  ],
  [
    { protect: { takeProfit: [{ percent: 4, share: 0.5 }] } },
    "At 4 % profit it takes profit on 50 % of what is still open.",
  ],
  [
    { protect: { takeProfit: [{ formula: "close * 1.1" }] } },
    "It takes profit on all that is still open at a price fixed at entry: the price times 1.1.",
  ],
  [
    {
      short: { enter: { all: ["falls", "close < 1"] }, exit: { any: ["close > 2"] } },
      params: { falls: { label: "Bet on falls", type: "bool", value: false } },
    },
    "It can also sell short: switched off now (“Bet on falls”).",
  ],
  [
    {
      series: { isOn: "share > 0" },
      short: { enter: { all: ["isOn", "close < 1"] } },
      params: { share: { type: "number", value: 0, min: 0, max: 1 } },
    },
    "It can also sell short: switched off now.",
  ],
  [{ long: { enter: { any: ["no"] } }, params: { no: { type: "bool", value: false } } }, "It never buys."],
  [
    { long: { enter: { all: ["yes"] } }, params: { yes: { type: "bool", value: true } } },
    "It buys at the close of any candle.",
  ],
  [
    { protect: { trailing: { percent: 1.5, armAtPercent: 2, beforeArmPercent: 5 } } },
    "Once it is 2 % ahead, the stop follows 1.5 % behind the best price and never goes back. Until then it follows 5 % behind.",
  ],
  [
    { protect: { trailing: { percent: 1.5 } } },
    "From the entry on, the stop follows 1.5 % behind the best price and never goes back.",
  ],
  [
    { protect: { breakEven: { atPercent: 2, plusPercent: 0.2 } } },
    "Once it is 2 % ahead, the stop moves to 0.2 % above the entry price, so that it cannot turn into a loss by price.",
  ],
  [{ protect: { roi: [{ afterMinutes: 240, percent: 2 }] } }, "After 4 hours, a profit of 2 % is enough to close."],
  [{ protect: { roi: [{ afterMinutes: 240, percent: -100 }] } }, "After 4 hours it closes whatever its profit."],
  [{ protect: { timeStop: { candles: 1 } } }, "After 1 candle it closes whatever happened."],
  [{ size: { kind: "quote", amount: 20 } }, "Each position costs 20 in the quote currency."],
  [
    { orders: { entry: { kind: "limit", offsetPercent: 0.1, expireCandles: 3 } } },
    "It enters with a limit order 0.1 % better than the price, given up after 3 candles.",
  ],
  [
    { add: { maxTimes: 3, everyDropPercent: 2, sizeMultiple: 1.5 } },
    "Each time the price goes 2 % further against it, it adds to the position, at most 3 times, each 1.5 times the one before.",
  ],
  [
    { limits: { maxCorrelation: 0.9 } },
    "It does not open a market that moves almost like one it holds (correlation above 0.9).",
  ],
  [{ long: undefined, code: { language: "assemblyscript", source: "x" } }, "Its rules are written in code."],
]

const inCode = (order: string) => ({
  long: undefined,
  code: { language: "assemblyscript" as const, source: `this.buy()${order}` },
})

test.each<[string, string[]]>([
  [
    ".stopDistance(2.5 * range).target(candle.close * 1.1).quantity(2)",
    [
      "Unless its code sets a stop of its own: if the price goes 2 % against the entry, the position is closed (stop loss).",
      "Unless its code sets a target of its own: at 4 % profit it takes profit on all that is still open.",
      "Unless its code sets a size of its own: each position uses 25 % of the account.",
    ],
  ],
  [
    "",
    [
      "If the price goes 2 % against the entry, the position is closed (stop loss).",
      "At 4 % profit it takes profit on all that is still open.",
      "Each position uses 25 % of the account.",
    ],
  ],
])(
  "of code that orders this.buy()%s, a sentence of the document says whether the code may say otherwise",
  (order, sentences) => {
    const parts = { protect: { takeProfit: [{ percent: 4 }] }, size: { kind: "equity" as const, percent: 25 } }
    const plan = sentencesOf({ ...inCode(order), ...parts })
    expect(plan).toEqual(expect.arrayContaining(sentences))
  },
)

test.each(everyPart)("%j reads: %s", (parts, sentence) => {
  expect(sentencesOf(parts)).toContain(sentence)
})

const tested = { markets: ["BTC/EUR"], currency: "EUR", cash: 100 }
const planOf = (parts: Partial<WrittenStrategy>, on: TestedOn) => {
  const written = { format: "candlewright.strategy/1" as const, name: "t", timeframe: "1h" as const }
  const document = { ...written, markets: ["BTC/USDT"], long: { enter: { all: ["close > 1"] } }, ...parts }
  return planInWords(strategySchema.parse(document), undefined, on).map(({ text }) => text)
}

test("a plan names the market, the currency and the money it was tested with, not those it was written for", () => {
  expect(planOf({}, tested)).toEqual(
    expect.arrayContaining([
      "It looks at every finished 1h candle on BTC/EUR.",
      expect.stringContaining("about 1 % of the account (1\u202fEUR of 100\u202fEUR at the start)"),
    ]),
  )
  expect(planOf({ size: { kind: "quote", amount: 20 } }, tested)).toContain("Each position costs 20\u202fEUR.")
  expect(planOf({ size: { kind: "equity", percent: 50 } }, { ...tested, currency: "USDT", cash: 250 })).toContain(
    "Each position uses 50 % of the account ($125 of $250 at the start).",
  )
})

test("no sentence names a market that was not tested", () => {
  for (const template of [...strategyTemplates, ...codeTemplates]) {
    const sentences = planOf({ ...template.document }, { markets: ["SAP", "ALV"], cash: 100 })
    expect(sentences.join(" ")).toContain("on SAP and ALV.")
    expect(sentences.join(" ")).not.toMatch(/BTC|ETH|USD|\$/)
  }
})

test("odd numbers are written out", () => {
  expect(formulaInWords("close > 0.0000005 * 1e21", {})).toBe("the price is above 0.0000005 times 1.0×10²¹")
  expect(planOf({ protect: { stopLoss: { kind: "percent", percent: 0.1 + 0.2 } } }, tested)).toContain(
    "If the price goes 0.3 % against the entry, the position is closed (stop loss).",
  )
})
