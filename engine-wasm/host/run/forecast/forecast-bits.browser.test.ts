import { expect, test } from "vitest"
import recorded from "../../../fixtures/forecast-hashes.json" with { type: "json" }
import { forecastHashes } from "../../../testing/forecast-hashes.ts"

test("Chromium learns and forecasts the bits that Node does", async () => {
  const engine = await fetch(new URL("../../../build/engine.wasm", import.meta.url))
  expect(await forecastHashes(await engine.arrayBuffer())).toEqual(recorded)
})
