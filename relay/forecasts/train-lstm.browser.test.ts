import wasmAddress from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"
import { expect, test } from "vitest"
import { startTraining } from "#forecasts"
import { LEARNT_WEIGHTS, weightsHash } from "./testing/weights-hash.ts"

test("Chromium learns the weights that Node learns, bit for bit, and the same ones twice", async () => {
  const trainer = await startTraining({ wasmAddress })
  expect(await weightsHash(trainer)).toBe(LEARNT_WEIGHTS)
  expect(await weightsHash(trainer)).toBe(LEARNT_WEIGHTS)
})
