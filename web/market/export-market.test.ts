import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { exportName } from "./export-market.ts"
import { marketNameFromFile, timeframeFromFile } from "./market-name.ts"

test("an exported file's name gives its market and timeframe on import", () => {
  const name = exportName({ name: "BTC/USDT", timeframeMs: HOUR_MS })
  expect(name).toBe("BTCUSDT-1h")
  expect([marketNameFromFile(`${name}.csv.gz`), timeframeFromFile(`${name}.csv.gz`)]).toEqual(["BTC/USDT", "1h"])
})

test("a name with characters a disk refuses still gives a file", () => {
  expect(exportName({ name: 'a:b/"c" (2)', timeframeMs: 60_000 })).toBe("a-b-c-2-1m")
  expect(exportName({ name: "///", timeframeMs: 7 })).toBe("candles-7ms")
})
