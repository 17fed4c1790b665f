import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { MemoryLedger, type ModelCall } from "./model-call.ts"
import { spendingByModel } from "./spending-by-model.ts"

const nowMs = Date.UTC(2026, 10, 20)
const usage = { uncached: 100, cachedRead: 50, cachedWrite: 0, output: 30 }

function call(id: string, changes: Partial<ModelCall>): ModelCall {
  return {
    id,
    atMs: nowMs,
    purpose: "build",
    model: "a",
    place: "hosted",
    usage,
    isEstimated: false,
    price: null,
    costMicroDollars: 10,
    firstPieceMs: 1,
    latencyMs: 1,
    outcome: "answered",
    ...changes,
  }
}

test("spending is shown by model and purpose, the dearest first, of this month alone, and an unknown price is never 0", async () => {
  const ledger = new MemoryLedger()
  const calls: Partial<ModelCall>[] = [
    {},
    { costMicroDollars: 15 },
    { purpose: "analyse", costMicroDollars: 200 },
    { model: "b", costMicroDollars: null },
    { atMs: nowMs - 25 * DAY_MS, costMicroDollars: 9_000 },
  ]
  for (const [n, changes] of calls.entries()) await ledger.put(call(String(n), changes))
  const twice = { uncached: 200, cachedRead: 100, cachedWrite: 0, output: 60 }
  expect(await spendingByModel(ledger, nowMs)).toEqual([
    { model: "a", purpose: "analyse", callCount: 1, usage, costMicroDollars: 200, unknownCount: 0 },
    { model: "a", purpose: "build", callCount: 2, usage: twice, costMicroDollars: 25, unknownCount: 0 },
    { model: "b", purpose: "build", callCount: 1, usage, costMicroDollars: 0, unknownCount: 1 },
  ])
})
