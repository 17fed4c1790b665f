import fc from "fast-check"
import { expect, test } from "vitest"
import { type PositionSize, smallAccount, type SmallAccountInput, smallestPositionOf } from "./small-account.ts"

const hundred: SmallAccountInput = {
  cash: 100,
  minOrder: 5,
  feePercent: 0.1,
  slippagePercent: 0.05,
  stopPercent: 2,
  size: { kind: "risk", percent: 1, maxPositionPercent: 100 },
  maxOpenPositions: 3,
}

test("1 % risk with a 2 % stop is half of the account: two fit, not three", () => {
  expect(smallAccount(hundred)).toMatchObject({
    position: 50,
    decidedBy: "rule",
    positionsThatFit: 2,
    positionsWanted: 3,
    fits: true,
  })
})

test("the stop needs room above the exchange's minimum, at most half of it", () => {
  expect(smallestPositionOf(5, 2)).toBeCloseTo((5 * 1.05) / 0.98, 12)
  expect(smallestPositionOf(5, 60)).toBe(7.5)
  expect(smallestPositionOf(5, null)).toBeCloseTo(5.25, 12)
})

test("the smallest limit decides, and is named", () => {
  const size = (percent: number, maxPositionPercent: number): PositionSize => ({
    kind: "risk",
    percent,
    maxPositionPercent,
  })
  expect(smallAccount({ ...hundred, size: size(1, 20) })).toMatchObject({ position: 20, decidedBy: "cap" })
  expect(smallAccount({ ...hundred, size: size(5, 100) })).toMatchObject({ position: 100, decidedBy: "cash" })
  expect(smallAccount({ ...hundred, size: { kind: "quote", amount: 250 } })).toMatchObject({ decidedBy: "cash" })
})

test("eight dollars at half each are too few, and it says how many are enough", () => {
  const small = smallAccount({ ...hundred, cash: 8 })
  expect(small).toMatchObject({ fits: false, positionsThatFit: 0 })
  expect(smallAccount({ ...hundred, cash: small.cashNeeded! * 1.000_001 }).fits).toBe(true)
})

test("more money does not make a fixed amount larger", () => {
  expect(smallAccount({ ...hundred, size: { kind: "quote", amount: 3 } }).cashNeeded).toBeNull()
})

test("a trade has earned its costs once the price has risen by both fees and both slippages", () => {
  const { breakEvenPercent } = smallAccount(hundred)
  expect(breakEvenPercent).toBeCloseTo(0.3005, 3)
  const [bought, sold] = [100 * 1.0005 * 1.001, 100 * (1 + breakEvenPercent / 100) * 0.9995 * 0.999]
  expect(sold).toBeCloseTo(bought, 9)
})

test("positions that fit never cost more than the cash, and none is smaller than what can be sold at the stop", () => {
  const sizes: fc.Arbitrary<PositionSize> = fc.oneof(
    fc.record({
      kind: fc.constant("risk" as const),
      percent: fc.double({ min: 0.01, max: 100, noNaN: true }),
      maxPositionPercent: fc.double({ min: 0.01, max: 100, noNaN: true }),
    }),
    fc.record({ kind: fc.constant("equity" as const), percent: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
    fc.record({ kind: fc.constant("quote" as const), amount: fc.double({ min: 0.01, max: 1e6, noNaN: true }) }),
  )
  const inputs: fc.Arbitrary<SmallAccountInput> = fc.record({
    cash: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    minOrder: fc.double({ min: 0, max: 100, noNaN: true }),
    feePercent: fc.double({ min: 0, max: 5, noNaN: true }),
    slippagePercent: fc.double({ min: 0, max: 5, noNaN: true }),
    stopPercent: fc.option(fc.double({ min: 0.1, max: 99, noNaN: true }), { nil: null }),
    size: sizes,
    maxOpenPositions: fc.integer({ min: 1, max: 1000 }),
  })
  fc.assert(
    fc.property(inputs, (input) => {
      const account = smallAccount(input)
      expect(account.position).toBeLessThanOrEqual(input.cash)
      expect(account.positionsThatFit * account.position).toBeLessThanOrEqual(input.cash * (1 + 1e-6))
      expect(account.positionsThatFit > 0).toBe(account.fits)
      expect(account.fits && account.position < account.smallestPosition).toBe(false)
      expect(account.breakEvenPercent).toBeGreaterThanOrEqual(0)
    }),
  )
})
