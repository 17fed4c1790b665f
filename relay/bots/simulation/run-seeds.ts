import { expectedMarks } from "./expected-marks.ts"
import { Marks } from "./marks.ts"
import { plantedBugs } from "./planted-bugs.ts"
import { type Outcome, runStory } from "./run-story.ts"
import { storyOf } from "./story.ts"

/** Which stories: so many, counted from the first. */
export type Seeds = { seeds: number; from: number }

/** What many stories came to. */
export type SeedsOutcome = Seeds & {
  failed: { seed: number; problems: string[] }[]
  /** How often each path was taken. */
  marks: Record<string, number>
  /** Paths that no story took, where there were enough stories to expect them. */
  missed: string[]
  perMinute: number
  lives: number
  orders: number
  effects: number
  longestUnprotectedMs: number
}

/** With fewer stories than this a rare path may be missed. */
const ENOUGH_SEEDS = 100

/** Runs bots through stories of faults and crashes, one for each seed; `hear` receives each as it ends. */
export async function runSeeds(
  { seeds, from }: Seeds,
  hear: (seed: number, outcome: Outcome) => void = () => {},
): Promise<SeedsOutcome> {
  const began = performance.now()
  const marks = new Marks()
  const sum = { failed: [] as SeedsOutcome["failed"], lives: 0, orders: 0, effects: 0, longestUnprotectedMs: 0 }
  for (let seed = from; seed < from + seeds; seed++) {
    const outcome = await runStory(storyOf(String(seed)))
    hear(seed, outcome)
    marks.add(outcome.marks)
    sum.lives += outcome.lives
    sum.orders += outcome.orders
    sum.effects += outcome.effects.length
    sum.longestUnprotectedMs = Math.max(sum.longestUnprotectedMs, outcome.longestUnprotectedMs)
    if (outcome.problems.length > 0) sum.failed.push({ seed, problems: outcome.problems.slice(0, MOST_PROBLEMS) })
  }
  const missed = seeds < ENOUGH_SEEDS ? [] : expectedMarks.filter((name) => !marks.counts.has(name))
  const perMinute = Math.round((seeds / (performance.now() - began)) * 60_000)
  const counted = [...marks.counts].toSorted(([one], [other]) => one.localeCompare(other))
  return { seeds, from, ...sum, marks: Object.fromEntries(counted), missed, perMinute }
}

const MOST_PROBLEMS = 5

/** A relay with a mistake put into it: after how many stories it was found out, and by what. */
export type PlantedOutcome = { bug: string; foundAfter: number | null; problem: string | null }

/** Runs relays with mistakes whose name has `only` in it, each until it is found out. */
export async function findPlanted({ seeds, from }: Seeds, only: string): Promise<PlantedOutcome[]> {
  const found: PlantedOutcome[] = []
  for (const [bug, twist] of Object.entries(plantedBugs)) {
    if (!bug.includes(only)) continue
    let problem: string | null = null
    let tried = 0
    for (; tried < seeds && problem === null; tried++)
      problem = (await runStory(storyOf(String(from + tried)), twist)).problems[0] ?? null
    found.push({ bug, foundAfter: problem === null ? null : tried, problem })
  }
  return found
}
