import { expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { testedWords } from "./tested-words.ts"

const market = { id: "btc-usdt-1h", name: "BTC/USDT", timeframeMs: HOUR_MS }
const data = {
  fromMs: Date.UTC(2021, 0, 1),
  toMs: Date.UTC(2021, 11, 31, 23),
  candleCount: 8760,
  gaps: 0,
  missing: 0,
  mended: "12 filled flat",
  isMadeUp: false,
}

test("a result names its candles, and what was mended among them", () => {
  expect(testedWords({ markets: [market], data }, "utc")).toBe(
    "Tested on BTC/USDT 1h, 1 Jan 2021 to 31 Dec 2021, 8,760 candles, 12 filled flat.",
  )
  expect(testedWords({ markets: [market], data: { ...data, mended: "" } }, "utc")).toBe(
    "Tested on BTC/USDT 1h, 1 Jan 2021 to 31 Dec 2021, 8,760 candles.",
  )
})

test("where markets have candles of different lengths each is named with its own", () => {
  const of = (name: string, minutes: number) => ({ ...market, name, timeframeMs: minutes * MINUTE_MS })
  const markets = [of("ETH/USDT", 5), of("BTC/USDT", 1), of("SOL/USDT", 5)]
  expect(testedWords({ markets, data }, "utc")).toMatch(
    /^Tested on BTC\/USDT in candles of 1m, ETH\/USDT and SOL\/USDT in candles of 5m, 1 Jan 2021/,
  )
})

test("made-up candles are called so", () => {
  expect(testedWords({ markets: [market], data: { ...data, mended: "", isMadeUp: true } }, "utc")).toMatch(
    /8,760 made-up candles\.$/,
  )
})
