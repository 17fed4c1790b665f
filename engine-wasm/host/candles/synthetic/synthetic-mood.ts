import type { SeededChance } from "./seeded-chance.ts"
import { HOUR_MS } from "../timeframe.ts"

/**
 * The mood of a synthetic market for some days: drift as a share of the price a day, volatility relative to the
 * usual, how long it lasts.
 */
export type Mood = { drift: number; volatility: number; days: number; pull: number }

export const moods = {
  bull: { drift: 0.006, volatility: 0.85, days: 16, pull: 0 },
  bear: { drift: -0.007, volatility: 1.35, days: 9, pull: 0 },
  // A range is a mood without direction that pulls back to the price where it began.
  range: { drift: 0, volatility: 0.7, days: 14, pull: 0.25 },
  // No direction either, and no pull back: three times as wild as usual.
  volatile: { drift: 0, volatility: 3, days: Infinity, pull: 0.02 },
} as const satisfies Record<string, Mood>

export type MoodName = keyof typeof moods
type TurningMood = Exclude<MoodName, "volatile">

// From each mood, how likely the other two are next; a trend more often pauses than turns.
const followers: Record<TurningMood, [first: TurningMood, share: number, second: TurningMood]> = {
  bull: ["range", 0.6, "bear"],
  bear: ["range", 0.55, "bull"],
  range: ["bull", 0.55, "bear"],
}

/** The mood after one that has ended. */
export function nextMood(mood: TurningMood, chance: SeededChance): TurningMood {
  const [first, share, second] = followers[mood]
  return chance.uniform() < share ? first : second
}

// UTC hours: quiet after New York closes, busiest while London and New York are both open.
const hourlyActivity = [
  0.85, 0.9, 0.85, 0.8, 0.75, 0.75, 0.8, 0.95, 1.05, 1.05, 1, 1, 1.1, 1.35, 1.5, 1.45, 1.3, 1.15, 1.05, 1, 0.95, 0.85,
  0.8, 0.8,
]

/** How busy the market usually is at a time, 1 being average: by hour of day, and less at weekends. */
export function activityAt(timeMs: number): number {
  const hour = Math.floor(timeMs / HOUR_MS)
  // 1970-01-01 was a Thursday; day 0 is Monday.
  const weekday = (Math.floor(hour / 24) + 3) % 7
  return hourlyActivity[((hour % 24) + 24) % 24] * (weekday >= 5 ? 0.75 : 1)
}

/**
 * A market that goes well, falls by more than half within days, and stays nervous for weeks: its moods, and the day
 * each begins.
 */
export function crashMoods(
  totalDays: number,
  candleDays: number,
  chance: SeededChance,
): { fromDay: number; mood: Mood }[] {
  const fallDays = Math.max(2 * candleDays, Math.min(LONGEST_FALL_DAYS, totalDays / 10))
  const fallFromDay = totalDays * (0.4 + 0.2 * chance.uniform())
  return [
    { fromDay: 0, mood: { drift: 0.002, volatility: 0.75, days: Infinity, pull: 0 } },
    { fromDay: fallFromDay, mood: { drift: FALL / fallDays, volatility: 2.5, days: Infinity, pull: 0 } },
    { fromDay: fallFromDay + fallDays, mood: { drift: 0.001, volatility: 2, days: Infinity, pull: 0 } },
    { fromDay: fallFromDay + 6 * fallDays, mood: { drift: 0.001, volatility: 1.1, days: Infinity, pull: 0 } },
  ]
}

/** As in March 2020 or May 2021. */
const LONGEST_FALL_DAYS = 5
/** A drift that sums to this leaves e^-0.95 of the price: a fall of some 60 %. */
const FALL = -0.95
