import { parseArgs } from "node:util"
import { Marks } from "./marks.ts"
import { plantedBugs } from "./planted-bugs.ts"
import { runStory } from "./run-story.ts"
import { storyOf } from "./story.ts"
import { expectedMarks } from "./expected-marks.ts"

// Runs bots through stories of faults and crashes. npm run simulate -- --seeds 1000 --from 1 [--tell] [--planted]

const options = {
  seeds: { type: "string", default: "100" },
  from: { type: "string", default: "1" },
  /** Prints all that happened in each story. */
  tell: { type: "boolean", default: false },
  /** Tries relays with mistakes instead, until each is found. */
  planted: { type: "boolean", default: false },
  only: { type: "string", default: "" },
  hash: { type: "boolean", default: false },
} as const
const { values } = parseArgs({ options })
const [count, from] = [Number(values.seeds), Number(values.from)]
/** With fewer stories than this a rare path may be missed. */
const ENOUGH_SEEDS = 100

process.exitCode = values.planted ? await findPlanted() : await runSeeds()

async function runSeeds(): Promise<number> {
  const began = performance.now()
  const marks = new Marks()
  let [failed, longestMs, lives, orders, effects] = [0, 0, 0, 0, 0]
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await runStory(storyOf(String(seed)))
    if (values.tell) console.log(outcome.told)
    if (values.hash) console.log(seed, outcome.hash)
    marks.add(outcome.marks)
    longestMs = Math.max(longestMs, outcome.longestUnprotectedMs)
    lives += outcome.lives
    orders += outcome.orders
    effects += outcome.effects.length
    if (outcome.problems.length === 0) continue
    failed++
    console.log(`seed ${seed}:\n  ${outcome.problems.slice(0, 5).join("\n  ")}`)
  }
  const missed = count < ENOUGH_SEEDS ? [] : expectedMarks.filter((name) => !marks.counts.has(name))
  const perMinute = Math.round((count / (performance.now() - began)) * 60_000)
  for (const [name, hits] of [...marks.counts].sort(([one], [other]) => one.localeCompare(other)))
    console.log(`${String(hits).padStart(8)}  ${name}`)
  for (const name of missed) console.log(`       0  ${name}: never reached`)
  console.log(
    `${count} seeds, ${failed} failed, ${perMinute} a minute; ${lives} lives, ${orders} orders, ${effects} effects.`,
  )
  console.log(`Longest time without a stop: ${longestMs / 1_000} s.`)
  return failed + missed.length === 0 ? 0 : 1
}

async function findPlanted(): Promise<number> {
  let missed = 0
  for (const [name, twist] of Object.entries(plantedBugs)) {
    if (!name.includes(values.only)) continue
    let seed = from
    let problems: string[] = []
    for (; seed < from + count && problems.length === 0; seed++)
      problems = (await runStory(storyOf(String(seed)), twist)).problems
    if (problems.length === 0) missed++
    const found = problems.length === 0 ? `NOT FOUND in ${count}` : `after ${seed - from}: ${problems[0]}`
    console.log(`${name}: ${found}`.slice(0, 220))
  }
  return missed === 0 ? 0 : 1
}
