import { expectedMarks } from "./expected-marks.ts"
import { Marks } from "./marks.ts"
import { plantedBugs } from "./planted-bugs.ts"
import { type Outcome, runStory } from "./run-story.ts"
import { storyOf } from "./story.ts"
import { type StoryVenue, storyVenues, venueOfSeed } from "./story-venue.ts"

/** Which stories: so many, counted from the first; at one venue, or each at that of its seed. */
export type Seeds = { seeds: number; from: number; venue?: StoryVenue }

/** What many stories came to. */
export type SeedsOutcome = Seeds & {
  failed: { seed: number; venue: StoryVenue; problems: string[] }[]
  /** How many stories each venue had. */
  venues: Record<string, number>
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
  { seeds, from, venue: only }: Seeds,
  hear: (seed: number, outcome: Outcome) => void = () => {},
): Promise<SeedsOutcome> {
  const began = performance.now()
  const told = new Map<StoryVenue, { stories: number; marks: Marks }>()
  const sum = { failed: [] as SeedsOutcome["failed"], lives: 0, orders: 0, effects: 0, longestUnprotectedMs: 0 }
  for (let seed = from; seed < from + seeds; seed++) {
    const venue = only ?? venueOfSeed(String(seed))
    const outcome = await runStory(storyOf(String(seed), venue))
    hear(seed, outcome)
    const { stories, marks } = told.get(venue) ?? { stories: 0, marks: new Marks() }
    marks.add(outcome.marks)
    told.set(venue, { stories: stories + 1, marks })
    sum.lives += outcome.lives
    sum.orders += outcome.orders
    sum.effects += outcome.effects.length
    sum.longestUnprotectedMs = Math.max(sum.longestUnprotectedMs, outcome.longestUnprotectedMs)
    if (outcome.problems.length > 0)
      sum.failed.push({ seed, venue, problems: outcome.problems.slice(0, MOST_PROBLEMS) })
  }
  const missed = [...told].flatMap(([venue, { stories, marks }]) =>
    stories < ENOUGH_SEEDS ? [] : missedAt(venue, marks).map((name) => `${venue}: ${name}`),
  )
  const marks = new Marks()
  for (const one of told.values()) marks.add(one.marks)
  const perMinute = Math.round((seeds / (performance.now() - began)) * 60_000)
  const counted = [...marks.counts].toSorted(([one], [other]) => one.localeCompare(other))
  const venues = Object.fromEntries(storyVenues.map((venue) => [venue, told.get(venue)?.stories ?? 0]))
  return { seeds, from, ...sum, venues, marks: Object.fromEntries(counted), missed, perMinute }
}

function missedAt(venue: StoryVenue, { counts }: Marks): string[] {
  return expectedMarks(venue).filter((name) => !counts.has(name))
}

const MOST_PROBLEMS = 5

/** A relay with a mistake put into it: after how many stories it was found out, and by what. */
export type PlantedOutcome = { bug: string; foundAfter: number | null; problem: string | null }

/** Runs relays with mistakes whose name has `only` in it, each until it is found out. */
export async function findPlanted({ seeds, from, venue }: Seeds, only: string): Promise<PlantedOutcome[]> {
  const found: PlantedOutcome[] = []
  for (const [bug, twist] of Object.entries(plantedBugs)) {
    if (!bug.includes(only)) continue
    let problem: string | null = null
    let tried = 0
    for (; tried < seeds && problem === null; tried++)
      problem = (await runStory(storyOf(String(from + tried), venue), twist)).problems[0] ?? null
    found.push({ bug, foundAfter: problem === null ? null : tried, problem })
  }
  return found
}
