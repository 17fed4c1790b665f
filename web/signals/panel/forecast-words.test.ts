import { expect, test } from "vitest"
import { chanceWords, rangeWords, valueWords } from "./forecast-words.ts"

const now = { hash: "", value: 0.321, probability: 0.541, low: -1.2, high: 1.84, baseRate: 0.52 }
const plain = (words: string) => words.replaceAll(/\s/gu, " ")

test("a return is percent with its sign, a direction its odds, a swing percent a candle, a regime its number", () => {
  const words = (target: "return" | "direction" | "volatility", kind: "ridge" | "regimes" = "ridge") =>
    plain(valueWords({ target, kind, horizonCandles: 24 }, now))
  expect(words("return")).toBe("+0.32 % over 24 candles")
  expect(words("direction")).toBe("log odds 0.32 over 24 candles")
  expect(words("volatility")).toBe("0.32 % a candle over 24 candles")
  expect(words("direction", "regimes")).toBe("regime 0")
})

test("a probability stands beside how often the same happened anyway", () => {
  const model = { target: "direction", kind: "logistic", horizonCandles: 1 } as const
  expect(plain(chanceWords(model, now))).toBe("54.1 % higher then, before in 52.0 %")
  expect(chanceWords(model, { ...now, probability: null })).toBe("none given")
})

test("the band has both ends, or is not given", () => {
  const model = { target: "return", kind: "ridge", horizonCandles: 1 } as const
  expect(plain(rangeWords(model, now))).toBe("−1.20 % and +1.84 %")
  expect(rangeWords(model, { ...now, low: null })).toBe("none given")
})
