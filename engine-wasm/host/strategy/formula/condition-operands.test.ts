import { expect, test } from "vitest"
import { conditionOperands } from "./condition-operands.ts"

test.each<[string, string[]]>([
  ["close > ema(close, length)", ["close", "ema(close, 9)"]],
  ["rsi(close, 14) < 30", ["rsi(close, 14)"]],
  ["crossunder(strength, oversold)", ["strength[1]", "strength"]],
  ["crossover(a, b)", ["a[1]", "b[1]", "a", "b"]],
  ["falling(close, 3)", ["close"]],
  ["not (a > 1) and (b < -2 or c == a)", ["a", "b", "c"]],
  ["not useTrend or close > trend", ["close", "trend"]],
  ["useTrend and close > 1 or close < 2", ["close"]],
  ["position.profitPercent > 3 and close > 1", ["close"]],
  ["hour > 8 ? a > 1 : b > 1", ["hour", "a", "b"]],
  ["flag", []],
  ["half a formula (", []],
])("%s compares %j", (text, operands) => {
  expect(conditionOperands(text, { length: 9, oversold: 30, useTrend: true })).toEqual(operands)
})
