import { expect, test } from "vitest"
import { runRounds } from "./run-rounds.ts"

// The built relay and the exchange, each in a process of its own.

test("a relay killed with kill -9 while its bots hold something uses no id twice, leaves nothing open and no coin without a stop", async () => {
  const { faults, keptIn, killedHolding, fills } = await runRounds({ rounds: 3, seed: "1", venue: "binance" })
  expect({ faults, keptIn }).toEqual({ faults: [], keptIn: undefined })
  expect(killedHolding).toBeGreaterThan(0)
  expect(fills).toBeGreaterThan(1)
}, 180_000)
