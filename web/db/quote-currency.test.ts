import { expect, test } from "vitest"
import { quoteCurrency } from "./quote-currency.ts"

test("prices are in what stands after the slash, else in dollars", () => {
  expect(quoteCurrency("BTC/USDT (2)")).toBe("USDT")
  expect(quoteCurrency("my candles")).toBe("USD")
})
