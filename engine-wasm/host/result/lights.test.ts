import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { feesLight, holdingLight, leftOutLight, minimumsLight, tradesLight, unseenLight } from "./lights.ts"

describe("enough trades", () => {
  test.each([
    [0, "bad"],
    [1, "bad"],
    [9, "bad"],
    [10, "doubtful"],
    [29, "doubtful"],
    [30, "good"],
    [5000, "good"],
  ])("%i trades are %s", (count, level) => {
    expect(tradesLight(count).level).toBe(level)
  })

  test("the reason counts them", () => {
    expect(tradesLight(1).because).toMatch(/^1 trade: /)
    expect(tradesLight(1234).because).toMatch(/^1,234 trades: enough/)
  })
})

describe("beats holding", () => {
  const against = (returnPercent: number, maxDrawdownPercent: number) =>
    holdingLight({
      tradeCount: 40,
      returnPercent,
      maxDrawdownPercent,
      holdingReturnPercent: 20,
      holdingDrawdownPercent: 50,
    })

  test("more is good; less but much calmer is doubtful; less for the same dips, or a loss, is bad", () => {
    expect(
      [against(21, 60), against(20, 30), against(5, 31), against(0, 1), against(-5, 10)].map(({ level }) => level),
    ).toEqual(["good", "doubtful", "bad", "bad", "bad"])
  })

  test("both returns and both dips are named", () => {
    expect(against(5, 10).because).toBe(
      "It returned +5.0\u202f%, holding +20.0\u202f%: less, but calmer; its worst dip was 10.0\u202f%, that of holding 50.0\u202f%.",
    )
  })

  test("to lose less than a market that fell is to beat it", () => {
    expect(
      holdingLight({
        tradeCount: 40,
        returnPercent: -2,
        maxDrawdownPercent: 5,
        holdingReturnPercent: -60,
        holdingDrawdownPercent: 70,
      }).level,
    ).toBe("good")
  })
})

describe("higher costs", () => {
  const dear = (finalEquity: number, finalWithHighCosts: number, usual = 0.1) =>
    feesLight({
      tradeCount: 40,
      cash: 100,
      finalEquity,
      finalWithHighCosts,
      slippagePercent: { usual, high: usual === 0 ? 0.05 : 3 * usual },
      currency: "USD",
    })

  test("keeping most of its profit is good, less than half doubtful, none bad", () => {
    expect(
      [dear(120, 115), dear(120, 110), dear(120, 109), dear(120, 100), dear(99, 90)].map(({ level }) => level),
    ).toEqual(["good", "good", "doubtful", "bad", "bad"])
    expect(dear(120, 95).because).toBe(
      "With twice the fees and 3 times the slippage $100.00 would have become $95.00: all its profit depends on low costs.",
    )
  })

  test("where no slippage was assumed, the small one that is says so", () => {
    expect(dear(120, 115, 0).because).toBe("With twice the fees and 0.05 % slippage $100.00 would have become $115.00.")
  })
})

describe("the unseen part", () => {
  const parts = (seen: number, unseen: number, tradeCount = 20) => ({
    seen: { returnPercent: seen, days: 70, tradeCount: 40 },
    unseen: { returnPercent: unseen, days: 30, tradeCount },
  })
  const light = (seen: number, unseen: number, tradeCount?: number) =>
    unseenLight({ parts: parts(seen, unseen, tradeCount), wasLeftOut: true })

  test("the same pace is good, less than half of it doubtful, a loss bad, few trades no answer", () => {
    expect(
      [light(70, 30), light(70, 14), light(70, -1), light(-5, -5), light(-5, 3), light(70, 30, 4)].map(
        ({ level }) => level,
      ),
    ).toEqual(["good", "doubtful", "bad", "bad", "good", "doubtful"])
  })

  test("a user who has seen that part learns so", () => {
    const light = unseenLight({ parts: parts(10, 5), wasLeftOut: false })
    expect(light.because).toMatch(
      /^\+10\.0\u202f% in 70 days, then \+5\.0\u202f% in the last 30 days\. You have been shown that part/,
    )
    expect(unseenLight({ parts: undefined, wasLeftOut: true }).level).toBe("doubtful")
  })
})

test("a part left out and not looked at is neither good nor bad", () => {
  expect(leftOutLight(30.2)).toMatchObject({ id: "unseen", level: "doubtful" })
  expect(leftOutLight(30.2).because).toMatch(/^The last 30 days are left out/)
  expect(leftOutLight(1).because).toMatch(/^The last 1 day is left out/)
})

describe("minimums", () => {
  const light = (smallestOrder: number | null, refusedCount = 0, minNotional = 10) =>
    minimumsLight({ minNotional, smallestOrder, refusedCount, currency: "USDT" })

  test("room to fall is good, none doubtful, a refusal bad", () => {
    expect([light(15), light(14.9), light(50, 1), light(null), light(50, 0, 0)].map(({ level }) => level)).toEqual([
      "good",
      "doubtful",
      "bad",
      "unknown",
      "doubtful",
    ])
    expect(light(50, 3).because).toMatch(
      /^The exchange takes orders from \$10\.00 on: 3 of its orders would have been refused\./,
    )
  })
})

const slippagePercent = { usual: 0.1, high: 0.3 }

test("a run that never traded has no answer, neither yes nor no, and says so", () => {
  const none = { returnPercent: 0, days: 50, tradeCount: 0 }
  const lights = [
    holdingLight({
      tradeCount: 0,
      returnPercent: 0,
      maxDrawdownPercent: 0,
      holdingReturnPercent: 20,
      holdingDrawdownPercent: 9,
    }),
    feesLight({
      tradeCount: 0,
      cash: 100,
      finalEquity: 100,
      finalWithHighCosts: 100,
      slippagePercent,
      currency: "USD",
    }),
    unseenLight({ parts: { seen: none, unseen: none }, wasLeftOut: false }),
    minimumsLight({ minNotional: 10, smallestOrder: null, refusedCount: 0, currency: "USD" }),
  ]
  for (const { level, because } of lights) {
    expect(level).toBe("unknown")
    expect(because).toMatch(/^It never traded, so /)
  }
})

test("every answer is a sentence, whatever the numbers", () => {
  const number = fc.double({ min: -1e12, max: 1e12, noNaN: true })
  fc.assert(
    fc.property(number, number, number, number, fc.nat(1000), (a, b, c, d, count) => {
      const lights = [
        tradesLight(count),
        holdingLight({
          tradeCount: count,
          returnPercent: a,
          holdingReturnPercent: b,
          maxDrawdownPercent: c,
          holdingDrawdownPercent: d,
        }),
        feesLight({
          tradeCount: 40,
          cash: 100,
          finalEquity: a,
          finalWithHighCosts: b,
          slippagePercent,
          currency: undefined,
        }),
        minimumsLight({ minNotional: Math.abs(a), smallestOrder: Math.abs(b), refusedCount: count, currency: "EUR" }),
      ]
      for (const { because } of lights) expect(because).toMatch(/^[A-Z\d].*\.$/)
    }),
  )
})
