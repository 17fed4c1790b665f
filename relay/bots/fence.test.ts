import { expect, test } from "vitest"
import { Fence, fenceMsOf } from "./fence.ts"

const requestLivesMs = 5_000
const FENCE_MS = fenceMsOf({ requestLivesMs })

/** A fence between our clock and an exchange's, both in our hand. */
function fenced() {
  const clocks = { steadyMs: 0, serverMs: 1_767_225_600_000 }
  const fence = new Fence(
    { requestLivesMs, serverTimeMs: async () => clocks.serverMs },
    { steadyMs: () => clocks.steadyMs },
  )
  const pass = (ms: number, serverMs = ms) => {
    clocks.steadyMs += ms
    clocks.serverMs += serverMs
  }
  return { pass, isPast: () => fence.isPast("order"), leftMs: () => fence.leftMs("order") }
}

test("an order in doubt may still arrive until both clocks have come past the fence", async () => {
  const { pass, isPast, leftMs } = fenced()
  expect(await isPast()).toBe(false)
  pass(FENCE_MS)
  expect(await isPast()).toBe(false)
  pass(1, 0)
  expect(leftMs()).toBe(0)
  expect(await isPast()).toBe(false)
  pass(0, 1)
  expect(await isPast()).toBe(true)
})

test("where the exchange's clock is set back, the fence is waited for once more, and not until that clock has come there again", async () => {
  const { pass, isPast, leftMs } = fenced()
  await isPast()
  pass(FENCE_MS + 1, -600_000)
  expect(await isPast()).toBe(false)
  expect(leftMs()).toBe(FENCE_MS + 1)
  pass(FENCE_MS + 1)
  expect(await isPast()).toBe(true)
})
