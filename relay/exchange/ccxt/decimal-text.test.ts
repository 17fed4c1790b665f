import { Precise } from "ccxt"
import fc from "fast-check"
import { expect, test } from "vitest"
import { productOf, sumOf } from "./decimal-text.ts"

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }))
  .map(([isNegative, digits, places]) => {
    const all = String(digits).padStart(places + 1, "0")
    const whole = all.slice(0, all.length - places)
    return `${isNegative && digits > 0n ? "-" : ""}${whole}${places === 0 ? "" : `.${all.slice(-places)}`}`
  })

test("sums and products of any two decimals are exact, and the same texts as ccxt's", () => {
  fc.assert(
    fc.property(decimal, decimal, (one, other) => {
      expect(sumOf(one, other)).toBe(Precise.stringAdd(one, other))
      expect(productOf(one, other)).toBe(Precise.stringMul(one, other))
    }),
  )
})

test("numbers as JavaScript writes them count too; what is no decimal is refused", () => {
  expect(productOf("1e-7", "60000")).toBe("0.006")
  expect(sumOf("1.5e3", "0.5")).toBe("1500.5")
  for (const text of ["", ".", "1,5", "0x10", "NaN"]) expect(() => productOf(text, "1")).toThrow("no decimal")
})
