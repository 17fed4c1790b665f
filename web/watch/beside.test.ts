import { expect, test } from "vitest"
import { besideFrom, besideOf, besideText } from "./beside.ts"
import type { WatchedMarket } from "./watched-market.ts"

const markets: WatchedMarket[] = [
  { venue: "practice", symbol: "BTC/USDT", marketId: "BTCUSDT" },
  { venue: "practice", symbol: "ETH/USDT", marketId: "ETHUSDT" },
]

test("a second chart is in the address and is read back", () => {
  for (const market of markets) {
    const beside = besideOf(market, "1m")
    expect(beside.timeframe).not.toBe("1m")
    expect(besideFrom(besideText(beside), markets)).toEqual(beside)
  }
})

test("what an address says of a second chart counts only where there is such a market and timeframe", () => {
  for (const text of [undefined, 5, "", "@", "practice:BTC/USDT", "practice:BTC/USDT@", "practice:BTC/USDT@7m", "a@1m"])
    expect(besideFrom(text, markets), String(text)).toBeUndefined()
})
