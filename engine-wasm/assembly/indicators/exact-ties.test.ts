import fc from "fast-check"
import { expect, test } from "vitest"
import { averages } from "../../host/strategy/functions/averages.ts"
import { volatility } from "../../host/strategy/functions/volatility.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"

const harness = await operatorHarness()
const spec = (name: string) => [...averages, ...volatility].find((one) => one.name === name)!

/** Whole weights, newest value first, of each average that is a quotient of sums. */
const weights: Record<string, (length: number) => number[]> = {
  sma: (length) => Array.from({ length }, () => 1),
  wma: (length) => Array.from({ length }, (_, age) => length - age),
  trima: (length) => Array.from({ length }, (_, age) => Math.min(age + 1, length - age, Math.floor((length + 1) / 2))),
}

// Few different ticks, so that equal averages are common; grids as exchanges have them, and prices up to 2^36 ticks.
const market = fc.record({
  scale: fc.constantFrom(1, 8, 100, 1e5, 1e8),
  base: fc.integer({ min: 0, max: 2 ** 36 }),
  ticks: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 40, maxLength: 40 }),
})

test.for(Object.keys(weights))("%s on a price grid is the correctly rounded quotient of whole numbers", (name) => {
  fc.assert(fc.property(market, fc.integer({ min: 1, max: 20 }), ({ scale, base, ticks }, length) => {
    const whole = ticks.map((tick) => base + tick)
    const values = run(name, length, { whole, scale })
    for (let i = length - 1; i < whole.length; i++) {
      const { over, under } = quotient(weights[name]!(length), whole, i)
      // Both fit into f64 exactly, so that one division rounds once.
      expect(values[i]).toBe(Number(over) / Number(under * BigInt(scale)))
    }
  }), { numRuns: 200 })
})

test("two averages of one price are equal exactly when they are equal on paper", () => {
  let ties = 0
  const kinds = fc.constantFrom(...Object.keys(weights))
  const average = fc.record({ name: kinds, length: fc.integer({ min: 1, max: 12 }) })
  fc.assert(fc.property(market, average, average, ({ scale, base, ticks }, a, b) => {
    const whole = ticks.map((tick) => base + tick)
    const [left, right] = [a, b].map(({ name, length }) => run(name, length, { whole, scale }))
    for (let i = 11; i < whole.length; i++) {
      const [p, q] = [a, b].map(({ name, length }) => quotient(weights[name]!(length), whole, i))
      const tied = p!.over * q!.under === q!.over * p!.under
      expect(left![i] === right![i]).toBe(tied)
      if (tied) ties++
    }
  }), { numRuns: 500 })
  expect(ties).toBeGreaterThan(500)
})

test("the middle of a Donchian channel and of Bollinger bands is exact too", () => {
  fc.assert(fc.property(market, ({ scale, base, ticks }) => {
    const whole = ticks.map((tick) => base + tick)
    const values = Float64Array.from(whole, (tick) => tick / scale)
    const donchian = harness.run(spec("donchian"), { numbers: [10], scale, columns: { high: values, low: values } })[1]!
    const bands = harness.run(spec("bbands"), { numbers: [10, 2, 2, 0], scale, series: [values] })[1]!
    expect(bands).toEqual(run("sma", 10, { whole, scale }))
    const window = whole.slice(-10)
    expect(donchian.at(-1)).toBe((Math.max(...window) + Math.min(...window)) / (2 * scale))
  }), { numRuns: 200 })
})

test("off the grid, large values leave no residue once they have left the window", () => {
  const values = Float64Array.from({ length: 3000 }, (_, i) => (i < 1500 ? 1e9 / 3 + i / 7 : 0.1))
  const [sma] = harness.run(spec("sma"), { numbers: [40], series: [values] })
  expect(sma!.at(-1)).toBeCloseTo(0.1, 16)
})

function run(name: string, length: number, { whole, scale }: { whole: number[]; scale: number }) {
  const series = [Float64Array.from(whole, (tick) => tick / scale)]
  return harness.run(spec(name), { numbers: [length], scale, series })[0]!
}

function quotient(weights: number[], whole: number[], at: number) {
  const over = weights.reduce((sum, weight, age) => sum + BigInt(weight) * BigInt(whole[at - age]!), 0n)
  return { over, under: weights.reduce((sum, weight) => sum + BigInt(weight), 0n) }
}
