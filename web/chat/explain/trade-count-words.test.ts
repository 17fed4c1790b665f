import { expect, test } from "vitest"
import { tradeCountWords } from "./trade-count-words.ts"

const condition = (words: string, metCount: number, aloneMissingCount = 0) => ({
  formula: words,
  words,
  metCount,
  aloneMissingCount,
})

test("what never held is named, beside how often the others did", () => {
  const words = tradeCountWords({
    tradeCount: 0,
    exposurePercent: 0,
    refusals: [],
    never: {
      candleCount: 8_760,
      sides: [
        {
          side: "long",
          join: "all",
          askedCount: 0,
          conditions: [condition("the RSI is below 5", 0, 40), condition("the price is above its average", 438)],
        },
      ],
    },
  })
  expect(words).toMatch(/^It never traded in this test, over 8,760 candles\./)
  expect(words).toContain("To buy, all of these must be so at the close of one candle, which happened 0 times:")
  expect(words).toContain("• the RSI is below 5: true in 0 candles, and it alone was missing 40 times")
  expect(words).toMatch(/• the price is above its average: true in 438 candles \(5\.0\s%\)/)
  expect(words).toContain("Never true: the RSI is below 5.")
})

test("few trades are explained by what held, what was open and what was refused", () => {
  const words = tradeCountWords({
    tradeCount: 3,
    exposurePercent: 64,
    refusals: [{ reason: "cooldown", count: 12 }],
    never: {
      candleCount: 1_000,
      sides: [{ side: "long", join: "all", askedCount: 25, conditions: [condition("the RSI is below 30", 25)] }],
    },
  })
  expect(words).toMatch(/^It made 3 trades in this test/)
  expect(words).toContain("this must be so at the close of one candle, which happened 25 times:")
  expect(words).toMatch(/A position was open 64\.0\s% of the time/)
  expect(words).toMatch(/12 times/)
  expect(words).not.toContain("Never true")
})
