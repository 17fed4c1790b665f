import fc from "fast-check"
import { expect, test } from "vitest"
import { formulaText } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import { conditionOf, formulaOfCondition } from "./condition.ts"
import { madeModel } from "../../../testing/made-model.ts"
import { newCondition, newModelCondition } from "./new-condition.ts"
import { formulaOfOperand, operandOf } from "./operand.ts"
import { conditionInWords } from "./short-words.ts"

const examples: [string, string][] = [
  ["rsi(close, 14) < 30", "RSI(14) of close is below 30"],
  ["crossover(close, ema(close, 200))", "close crosses above EMA(200) of close"],
  ["macd(close, 12, 26, 9).histogram @ 4h > 0", "MACD histogram(12, 26, 9) of close on 4h is above 0"],
  [
    "close[1] <= bbands(close, 20, 2.5).lower[3]",
    "close 1 candle ago is at or below Bollinger bands lower(20, 2.5) of close 3 candles ago",
  ],
  ["not useTrend or close > trend", "If “Only in an uptrend” is on: close is above trend"],
  ["rising(close, 3)", "close is above its last 3 values"],
  ["cdlhammer() != 0", "Hammer differs from 0"],
  ["willr(14) < -80", "Williams %R(14) is below −80"],
  ["rsi(close, length) > position.profitPercent", "RSI(14) of close is above profit in percent"],
  ['forecast("rise").probability @ 4h > 0.55', "forecast of “rise” (probability) on 4h is above 0.55"],
  ['regime("mood") == 2', "regime of “mood” equals 2"],
  ["strong", "strong is true"],
  ["rsi(close, 14) <", "rsi(close, 14) <"],
  ["", "An empty condition"],
]
const params = {
  useTrend: { label: "Only in an uptrend", value: true },
  length: { label: "RSI length", value: 14 },
}

test.each(examples)("%s is shown as: %s", (text, words) => {
  expect(conditionInWords(text, params)).toBe(words)
})

test("a condition taken apart and put together again is the same formula", () => {
  const side = fc.constantFrom(
    "close",
    "12.5",
    "rsi(close, 14)",
    "macd(close).signal @ 1d",
    "low[2]",
    "a + b * 2",
    "-3",
  )
  const plain = fc
    .tuple(side, fc.constantFrom("<", "<=", ">", ">=", "==", "!="), side)
    .map(([left, operator, right]) => `${left} ${operator} ${right}`)
  const crossing = fc
    .tuple(fc.constantFrom("crossover", "crossunder", "cross"), side, side)
    .map(([name, left, right]) => `${name}(${left}, ${right})`)
  const any = fc.oneof(plain, crossing, fc.constantFrom("rising(close, 3)", "useTrend", "cdlhammer()"))
  const guarded = fc.oneof(
    any,
    any.map((text) => `not useTrend or ${text}`),
  )
  fc.assert(
    fc.property(guarded, (text) => {
      const parsed = parseFormula(text)
      const condition = parsed.ok ? conditionOf(parsed.formula) : undefined
      expect(condition && formulaText(formulaOfCondition(condition))).toBe(text)
    }),
  )
})

test("what is more than one comparison is left to the formula", () => {
  for (const text of ["a > 1 and b > 2", "a > 1 or b > 2", "not (a > 1)", "a > 1 ? b > 1 : c > 1", "not a"]) {
    const parsed = parseFormula(text)
    expect(parsed.ok && conditionOf(parsed.formula), text).toBeUndefined()
  }
})

test("an operand taken apart and put together again is the same formula, whatever its order", () => {
  for (const text of ["macd(close).signal @ 4h[3]", "close[2] @ 1d", "a.line", "(a + b)[1]", "rsi(close, 14)"]) {
    const parsed = parseFormula(text)
    expect(parsed.ok && formulaText(formulaOfOperand(operandOf(parsed.formula)))).toBe(text)
  }
})

test("whatever is picked first makes a condition that can be tested at once", () => {
  for (const opens of [true, false])
    for (const picked of [...functionCatalogue.keys(), "close", "high", "volume", "hour"]) {
      const text = formulaText(newCondition(picked, opens))
      const read = strategyFromJson({
        format: "candlewright.strategy/1",
        name: "t",
        timeframe: "1h",
        long: { enter: { all: [text] } },
      })
      expect(read.ok ? [] : read.problems, text).toEqual([])
    }
})

test("a model that is picked makes a condition on the candles it knows", () => {
  const models = { rise: madeModel({ readyFromMs: [1] }), moods: madeModel({ readyFromMs: [1], kind: "regimes" }) }
  const text = (timeframe: "1h" | "15m", model: keyof typeof models, opens: boolean) =>
    formulaText(
      newModelCondition({ asks: model === "moods" ? "regime" : "forecast", model }, { timeframe, models }, opens),
    )
  expect(text("1h", "rise", true)).toBe('forecast("rise").probability > 0.55')
  expect(text("1h", "rise", false)).toBe('forecast("rise").probability < 0.45')
  expect(text("15m", "rise", true)).toBe('forecast("rise").probability @ 1h > 0.55')
  expect(text("1h", "moods", true)).toBe('regime("moods") == 0')
})
