import { parseArgs } from "node:util"
import { builtEngine } from "../engine-wasm/testing/built-engine.ts"
import { chanceKinds, trendKinds } from "./chance-market.ts"
import { verdictOn } from "./verdict.ts"

// Prints, as JSON, how often the verdict warns where there is nothing to find, and does not where there is. Run after a
// build: npm run verdicts -- --seeds 200. Seeds begin at --from; --kinds names some of the markets.
const { values } = parseArgs({
  options: { seeds: { type: "string" }, from: { type: "string" }, kinds: { type: "string" } },
})
const engine = await builtEngine()
const count = Number(values.seeds ?? 200)
const from = Number(values.from ?? 1)
const wanted = values.kinds?.split(",")

for (const kind of [...chanceKinds, ...trendKinds].filter((one) => wanted?.includes(one) ?? true)) {
  const levels: Record<string, number> = {}
  for (let seed = from; seed < from + count; seed++) {
    const level = await verdictOn(engine, { kind, seed })
    levels[level] = (levels[level] ?? 0) + 1
  }
  console.log(JSON.stringify({ kind, seeds: count, warnedPercent: 100 * (1 - (levels.ok ?? 0) / count), levels }))
}
