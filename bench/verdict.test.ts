import { beforeAll, expect, test } from "vitest"
import type { Engine } from "#engine/run"
import { builtEngine } from "../engine-wasm/testing/built-engine.ts"
import { chanceKinds } from "./chance-market.ts"
import { verdictOn } from "./verdict.ts"

let engine: Engine
beforeAll(async () => {
  engine = await builtEngine()
})

// Few seeds, so that it is quick; `npm run verdicts` takes 200 of each.
const terms = { candles: 5_000, coinFlips: 99 }

test.for(chanceKinds)("a search of a market of chance alone (%s) is warned of", async (kind) => {
  for (const seed of [1, 2]) expect(await verdictOn(engine, { kind, seed, ...terms })).not.toBe("ok")
})

test("a search of a market with trends to follow is not warned of", async () => {
  for (const seed of [1, 2, 3]) expect(await verdictOn(engine, { kind: "trends", seed, ...terms })).toBe("ok")
})
