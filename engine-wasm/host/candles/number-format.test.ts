import { expect, test } from "vitest"
import {
  formatBytes,
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatRoundMoney,
  formatShareOf,
  formatShort,
  formatSignedMoney,
  formatSignedPercent,
} from "./number-format.ts"

test("a loss carries a true minus before the dollar sign", () => {
  expect(formatMoney(-1234.5, "USD")).toBe("\u2212$1,234.50")
})

test("one of a thing is named and counted as one", () => {
  expect([0, 1, 2, 1200].map((count) => formatCount(count, "trade"))).toEqual([
    "0 trades",
    "1 trade",
    "2 trades",
    "1,200 trades",
  ])
  expect(formatShareOf(1, 1, "trade", ["is", "are"])).toBe("1 of 1 trade is")
  expect(formatShareOf(1, 5, "trade", ["is", "are"])).toBe("1 of 5 trades is")
  expect(formatShareOf(3, 5, "trade", ["is", "are"])).toBe("3 of 5 trades are")
})

test("a gain carries a plus where the sign replaces the colour", () => {
  expect(formatSignedMoney(3.1, "USD")).toBe("+$3.10")
  expect(formatSignedPercent(3.14)).toBe("+3.1\u202f%")
})

test("what sums of fractions leave over is nothing, with neither plus nor minus", () => {
  expect(formatSignedMoney(1e-15, "USD")).toBe("$0.00")
  expect(formatSignedMoney(0.3 - (0.1 + 0.2), "USD")).toBe("$0.00")
})

test("an amount below the smallest part of its currency is still an amount", () => {
  expect(formatRoundMoney(0.000_01, "USD")).toBe("$0.00001")
  expect(formatMoney(0.004_21, "USD")).toBe("$0.0042")
  expect(formatSignedMoney(-0.001, "USD")).toBe("\u2212$0.0010")
  expect(formatMoney(0.25, "JPY")).toBe("0.25\u202fJPY")
  expect(formatMoney(3e-9, "BTC")).toBe("0.0000000030\u202fBTC")
  for (const currency of ["USD", "EUR", "JPY", "BTC", undefined])
    for (let power = -11; power < 15; power++) expect(formatRoundMoney(3 * 10 ** power, currency)).toMatch(/[1-9]/)
})

test("a thin space separates percent from its number", () => {
  expect(formatPercent(9)).toBe("9.0\u202f%")
  expect(formatPercent(-12.34, 2)).toBe("\u221212.34\u202f%")
})

test("an unknown value is a dash, an unbounded one is infinity", () => {
  expect(formatNumber(null)).toBe("\u2014")
  expect(formatPercent(Number.NaN)).toBe("\u2014")
  expect(formatNumber(Number.POSITIVE_INFINITY, 2)).toBe("∞")
})

test("cents are dropped from a hundred thousand on", () => {
  expect(formatMoney(99_999.99, "USD")).toBe("$99,999.99")
  expect(formatMoney(100_000.4, "USD")).toBe("$100,000")
})

test("money that is not dollars names its currency", () => {
  expect(formatMoney(0.5, "EUR")).toBe("0.50\u202fEUR")
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

test("bytes use the usual unit", () => {
  expect(formatBytes(0)).toBe("0 B")
  expect(formatBytes(1_400_000)).toBe("1.4 MB")
})

test("in a sentence a round amount has no cents", () => {
  expect(formatRoundMoney(100, "USD")).toBe("$100")
  expect(formatRoundMoney(103.1, "USD")).toBe("$103.10")
})

test("a coin is counted to its smallest part, and in a sentence without the zeros behind it", () => {
  expect(formatMoney(0.001031, "BTC")).toBe("0.00103100\u202fBTC")
  expect(formatRoundMoney(0.001031, "BTC")).toBe("0.001031\u202fBTC")
  expect(formatRoundMoney(10, "ETH")).toBe("10\u202fETH")
})

test("yen have no cents", () => {
  expect(formatMoney(15_000.4, "JPY")).toBe("15,000\u202fJPY")
})

test("money of a market with an unknown currency is a bare number", () => {
  expect(formatRoundMoney(1031.2, undefined)).toBe("1,031.20")
})

test("no number is so large that it fills the line, nor so odd that it says e+", () => {
  expect(formatPercent(4e143, 2)).toBe("4.0×10¹⁴³\u202f%")
  expect(formatMoney(-2.4e30, "USD")).toBe("\u2212$2.4×10³⁰")
  for (const write of [formatShort, formatQuantity, formatPrice, formatNumber])
    for (const value of [1e-12, 5e-7, 0.1 + 0.2, 1e15, -1.23e21, 1.7e308, Infinity, -Infinity])
      expect(write(value)).toMatch(/^\u2212?(∞|[\d,.]+(×10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)$/)
})

test("a number in a sentence has the digits it needs", () => {
  expect([0.1 + 0.2, 5e-7, 30, 1e6].map(formatShort)).toEqual(["0.3", "0.0000005", "30", "1,000,000"])
})
