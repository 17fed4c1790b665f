import { expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { type TestMarket, testPlace } from "./test-setup.ts"

const market = (name: string, timeframeMs = HOUR_MS): TestMarket => {
  const [base, quote] = name.split("/")
  return { id: `${name} ${timeframeMs}`, name, base, quote, timeframeMs }
}
const placeOf = (markets: string[], saved: TestMarket[], settings?: string) => {
  const { market: chosen, standsInFor } = testPlace({ markets, timeframe: "1h" }, saved, settings)
  return [chosen.name, standsInFor]
}

test("a strategy is tested on the market it names, in any currency this browser has it in", () => {
  expect(placeOf(["BTC/USDT"], [market("ETH/USDT"), market("BTC/USDC"), market("BTC/USDT")])).toEqual([
    "BTC/USDT",
    undefined,
  ])
  expect(placeOf(["BTC/USDT"], [market("ETH/USDT"), market("BTC/USDC")])).toEqual(["BTC/USDC", undefined])
})

test("without candles of its market the sample stands in, and that is known", () => {
  expect(placeOf(["BTC/USDT"], [market("ETH/USDT")])).toEqual(["DEMO/USD", "BTC/USDT"])
  expect(placeOf(["BTC/USDT"], [market("BTC/USDT", 7 * MINUTE_MS)]), "its candles make no hours").toEqual([
    "DEMO/USD",
    "BTC/USDT",
  ])
  expect(placeOf([], [market("BTC/USDT")])).toEqual(["DEMO/USD", undefined])
})

test("what was tested before is tested there again, with the same money, so that the two compare", () => {
  const btc = market("BTC/USDT")
  const settings = `?market=${encodeURIComponent(btc.id)}&cash=500`
  expect(testPlace({ markets: ["ETH/USDT"], timeframe: "1h" }, [btc], settings)).toMatchObject({
    market: btc,
    standsInFor: "ETH/USDT",
    setup: { market: btc.id, cash: 500 },
  })
  expect(testPlace({ markets: ["BTC/USDT"], timeframe: "1h" }, [btc], settings, 750).setup.cash, "said anew").toBe(750)
  expect(
    testPlace({ markets: ["BTC/USDT"], timeframe: "1h" }, [btc], settings, 1e15).setup.cash,
    "more than a test takes",
  ).toBe(500)
  expect(placeOf(["BTC/USDT"], [btc], "?market=deleted")).toEqual(["BTC/USDT", undefined])
})
