import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { readCandleFile } from "#engine/candles"
import { sampleCandles } from "./sample-market.ts"

test("the sample's candles are those that importing its file would give, to the last bit", async () => {
  const file = await readFile(new URL("../../public/sample/demo-usd-1h.csv.gz", import.meta.url))
  const imported = await readCandleFile(new Blob([new Uint8Array(file)]).stream())
  expect(sampleCandles()).toEqual(imported.ok && imported.candles)
})
