import { expect, test } from "vitest"
import {
  formatBytes,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatRoundMoney,
  formatSignedMoney,
  formatSignedPercent,
} from "./number-format.ts"

test("a loss carries a true minus before the dollar sign", () => {
  expect(formatMoney(-1234.5)).toBe("\u2212$1,234.50")
})

test("a gain carries a plus when the sign has to speak for the colour", () => {
  expect(formatSignedMoney(3.1)).toBe("+$3.10")
  expect(formatSignedPercent(3.14)).toBe("+3.1\u202f%")
})

test("an amount that rounds to nothing has neither plus nor minus", () => {
  expect(formatSignedMoney(0.001)).toBe("$0.00")
  expect(formatSignedMoney(-0.001)).toBe("$0.00")
})

test("percent stands a thin space away from its number", () => {
  expect(formatPercent(9)).toBe("9.0\u202f%")
  expect(formatPercent(-12.34, 2)).toBe("\u221212.34\u202f%")
})

test("what is not known is a dash, what has no bound is infinity", () => {
  expect(formatNumber(null)).toBe("\u2014")
  expect(formatPercent(Number.NaN)).toBe("\u2014")
  expect(formatNumber(Number.POSITIVE_INFINITY, 2)).toBe("∞")
})

test("cents are dropped from a hundred thousand on", () => {
  expect(formatMoney(99_999.99)).toBe("$99,999.99")
  expect(formatMoney(100_000.4)).toBe("$100,000")
})

test("money that is not dollars names its currency", () => {
  expect(formatMoney(0.5, "BTC")).toBe("0.50\u202fBTC")
  expect(formatMoney(5, "USDT")).toBe("$5.00")
})

test("prices keep the decimals of their own grid", () => {
  expect(formatPrice(42_000.1, 2)).toBe("42,000.10")
  expect(formatPrice(0.000_012_34, 8)).toBe("0.00001234")
  expect(formatPrice(1.234_567_8, 15)).toBe("1.23457")
})

test("quantities drop trailing zeros", () => {
  expect(formatQuantity(0.0123)).toBe("0.0123")
})

test("bytes are told in the unit people know", () => {
  expect(formatBytes(0)).toBe("0 B")
  expect(formatBytes(1_400_000)).toBe("1.4 MB")
})

test("in a sentence a round amount has no cents", () => {
  expect(formatRoundMoney(100)).toBe("$100")
  expect(formatRoundMoney(103.1)).toBe("$103.10")
})
