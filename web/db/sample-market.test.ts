import { readFile } from "node:fs/promises"
import { gunzipSync, gzipSync } from "fflate"
import { expect, test } from "vitest"
import { readCandleFile } from "#engine/candles"
import { sampleCandles } from "./sample-market.ts"

const bundled = () => readFile(new URL("../../public/sample/demo-usd-1h.csv.gz", import.meta.url))

test("the sample's candles are those that importing its file would give, to the last bit", async () => {
  const packed = new Uint8Array(await bundled())
  const imported = await readCandleFile(new Blob([packed]).stream())
  const candles = imported.ok && imported.candles
  expect(await sampleCandles(packed.buffer)).toEqual(candles)
  expect(await sampleCandles(gunzipSync(packed).slice().buffer), "unpacked on its way").toEqual(candles)
})

test("a damaged sample is refused, not drawn", async () => {
  const upsideDown = gzipSync(
    new TextEncoder().encode("open_time_ms,open,high,low,close,volume\n1704067200000,1,1,2,1,5\n"),
  )
  await expect(sampleCandles(upsideDown.slice().buffer)).rejects.toThrow("The sample market is damaged: Row 1")
})
