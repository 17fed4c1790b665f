import { expect, test } from "vitest"
import { type LanguageName, languages } from "../../../exchange/simulated/language.ts"
import { runRounds } from "./run-rounds.ts"

// The built relay and an exchange of each language, each in a process of its own.

test.each(Object.keys(languages) as LanguageName[])(
  "a relay at %s killed with kill -9 while its bots hold something uses no id twice, leaves nothing open and no coin without a stop",
  async (venue) => {
    const { faults, keptIn, killedHolding, fills } = await runRounds({ rounds: 1, mostRounds: 5, seed: "1", venue })
    expect({ faults, keptIn }).toEqual({ faults: [], keptIn: undefined })
    expect(killedHolding).toBeGreaterThan(0)
    expect(fills).toBeGreaterThan(0)
  },
  600_000,
)
