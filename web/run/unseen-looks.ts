import type { Light, LightLevel } from "#engine/result"
import type { RunReport } from "./run-report.ts"

/** The one look at a part that was left out, and its run. */
export type UnseenLook = { atMs: number; resultHash: string; level: LightLevel; because: string }

const KEY = "candlewright.unseen-looks"
/** The oldest are dropped first. */
const MOST_LOOKS = 200
const MOST_BECAUSE = 2000
const levels: readonly LightLevel[] = ["good", "doubtful", "bad", "unknown"]

/**
 * The look at the part a run left out; undefined while nobody has looked. Other sliders do not make it unseen again.
 */
export function unseenLook(report: RunReport): UnseenLook | undefined {
  return looks().get(nameOf(report))
}

/** Stores the look for good. */
export function rememberLook(report: RunReport, { level, because }: Light): void {
  const look = { atMs: Date.now(), resultHash: report.resultHash, level, because }
  kept = new Map([...looks(), [nameOf(report), look] as const].slice(-MOST_LOOKS))
  try {
    localStorage.setItem(KEY, JSON.stringify([...kept]))
  } catch {
    // A private window may refuse: the look is then known as long as the tab lives.
  }
}

/** Includes looks that could not be stored. */
let kept: Map<string, UnseenLook> | undefined

function looks(): Map<string, UnseenLook> {
  kept ??= looksFromText(storedText())
  return kept
}

/** Reads what an earlier visit stored; anything that is not ours counts as not looked at. */
export function looksFromText(text: string | null): Map<string, UnseenLook> {
  try {
    const stored: unknown = JSON.parse(text ?? "[]")
    return new Map(Array.isArray(stored) ? stored.flatMap(lookFrom).slice(-MOST_LOOKS) : [])
  } catch {
    return new Map()
  }
}

function lookFrom(entry: unknown): [string, UnseenLook][] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return []
  const { atMs, resultHash, level, because } = Object(entry[1]) as Record<string, unknown>
  const known = levels.find((each) => each === level)
  if (!known || typeof atMs !== "number" || typeof resultHash !== "string" || typeof because !== "string") return []
  return [[entry[0], { atMs, resultHash, level: known, because: because.slice(0, MOST_BECAUSE) }]]
}

function storedText(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function nameOf({ job, market, unseen }: RunReport): string {
  return `${market.id} ${job.strategy.name} ${unseen?.fromMs}`
}
