import { parseArgs } from "node:util"
import { runStory } from "./run-story.ts"
import { storyOf } from "./story.ts"

const { values } = parseArgs({
  options: { seeds: { type: "string" }, from: { type: "string" }, tell: { type: "boolean" } },
})
const [count, from] = [Number(values.seeds ?? 100), Number(values.from ?? 1)]
const began = process.cpuUsage()
let failed = 0
for (let seed = from; seed < from + count; seed++) {
  const outcome = await runStory(storyOf(String(seed)))
  if (values.tell) console.log(await outcome.tell())
  if (outcome.problems.length > 0) {
    failed++
    console.log(seed, outcome.problems.length, outcome.problems.slice(0, 3).join("\n    "))
  }
  if (values.tell) console.log(outcome.effects.length, outcome.lives, outcome.orders, outcome.hash)
}
const { user } = process.cpuUsage(began)
console.log(`${count} seeds, ${failed} failed, ${(user / 1e6).toFixed(1)} s CPU`)
process.exit(0)
