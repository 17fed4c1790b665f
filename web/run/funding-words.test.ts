import { expect, test } from "vitest"
import { fundingWords } from "./funding-words.ts"

const [bare, funded] = [false, true].map((hasFunding) => ({ name: hasFunding ? "BTC/USDT" : "ETH/USDT", hasFunding }))

test("what is assumed for funding is said in words and as a number, and only where something is held that pays it", () => {
  const words = (goesShort: boolean, leverage: number, ...markets: (typeof bare)[]) =>
    fundingWords({ goesShort, leverage, markets })?.replaceAll("\u202f", " ")
  expect(words(false, 1, bare)).toBeUndefined()
  expect(words(false, 3, bare)).toBe("funding not counted (0 % assumed)")
  expect(words(false, 3, funded)).toBe("funding not counted (0 % assumed)")
  expect(words(true, 1, bare)).toBe("funding not counted (0 % assumed)")
  expect(words(true, 1, funded)).toBe("funding of shorts by the candles' own rates")
  expect(words(true, 1, funded, bare)).toBe("funding of shorts counted on BTC/USDT, not on ETH/USDT (0 % assumed)")
})
