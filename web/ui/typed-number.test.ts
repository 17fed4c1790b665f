import fc from "fast-check"
import { expect, test } from "vitest"
import { formatNumber } from "./number-format.ts"
import { typedNumber } from "./typed-number.ts"

test.each([
  ["1000.50", "1000.50"],
  ["1,000.50", "1000.50"],
  ["1 000.50", "1000.50"],
  ["1\u202f000,50", "1000.50"],
  ["1.000,50", "1000.50"],
  ["1'000.50", "1000.50"],
  ["1,000,000", "1000000"],
  ["1.000.000", "1000000"],
  ["1,000", "1000"],
  ["1.000", "1.000"],
  ["0,125", "0.125"],
  ["0,5", "0.5"],
  ["1000,5", "1000.5"],
  [" -1,234.5 ", "-1234.5"],
  [".5", "0.5"],
  ["5.", "5"],
  ["−5", "-5"],
  ["1e-7", "0.0000001"],
])("%j is %s", (text, decimal) => {
  expect(typedNumber(text)).toEqual({ ok: true, decimal })
})

test.each(["1,00.5", "1,000.5.5", "10,00,000", "1 00", "01,000", "1,000,5", "1.0.0"])(
  "%j may be several numbers, and is refused by itself",
  (text) => {
    expect(typedNumber(text)).toEqual({ ok: false, because: expect.stringContaining(text) as string })
  },
)

test("what is no number, or longer than any amount, has a sentence of its own", () => {
  for (const text of ["", ".", "ten", "1e999", "5 %", "--1"])
    expect(typedNumber(text), text).toEqual({ ok: false, because: "Write a number, such as 0.1." })
  const long = typedNumber("9".repeat(40))
  expect(long).toEqual({ ok: false, because: "That is longer than any amount here: at most 30 digits." })
})

test("what this app prints is read as what it printed", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (cents, decimals) => {
      const value = cents / 100
      const read = typedNumber(formatNumber(value, decimals))
      expect(read.ok && Number(read.decimal)).toBeCloseTo(Number(value.toFixed(decimals)), decimals)
    }),
  )
})
