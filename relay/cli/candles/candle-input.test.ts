import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { openCandles } from "./candle-input.ts"

test("a feather file reads like any other candle file", async () => {
  const candles = await openCandles(
    fileURLToPath(new URL("../../../engine-wasm/fixtures/feather/lz4.feather", import.meta.url)),
  )
  expect([candles.close.length, candles.timeframeMs, candles.openTimeMs[0]]).toEqual([
    1000,
    HOUR_MS,
    Date.UTC(2024, 0, 1),
  ])
})
