import { expect, test } from "vitest"
import { marketId } from "./market-id.ts"

test("an id is readable, and new", () => {
  expect(marketId("BTC/USDT", "1h", new Set())).toBe("btc-usdt-1h")
  expect(marketId("BTC/USDT", "1h", new Set(["btc-usdt-1h"]))).toBe("btc-usdt-1h-2")
  expect(marketId("Sample", "", new Set())).toBe("sample-2")
})
