import type { WrittenStrategy } from "#engine/strategy"
import { movedSetting, type SettingsChange } from "../run/settings-change.ts"

/**
 * A document with the change that led to it, which may have been one of how it is tested. `field`: where it was typed;
 * anything that stands for that field; `press`: the same of the press of a pointer that moved something.
 */
export type Step = {
  document: WrittenStrategy
  words: string
  settings?: SettingsChange
  field?: unknown
  press?: unknown
}
/** What was done to a strategy and its test, and undone. */
export type DraftSteps = { past: readonly Step[]; now: Step; future: readonly Step[]; changedAtMs: number }

/** Changes by one control that come closer together than this are one step: a slider on its way, a word being typed. */
const ONE_STEP_MS = 1_000
/** As far back as anybody goes. */
const MOST_STEPS = 200

export function firstStep(document: WrittenStrategy): DraftSteps {
  return { past: [], now: { document, words: "" }, future: [], changedAtMs: 0 }
}

/** One more change. It discards what had been undone. */
export function changed(steps: DraftSteps, next: Step, atMs: number): DraftSteps {
  const { past, now, changedAtMs } = steps
  // However long a drag rests on its way, it is one.
  const isOnePress = next.press !== undefined && next.press === now.press
  const isSame = (isOnePress || atMs - changedAtMs < ONE_STEP_MS) && isOfOneControl(past.at(-1), now, next)
  return {
    past: isSame ? past : [...past, now].slice(-MOST_STEPS),
    now: isSame ? { ...next, settings: joined(now.settings, next.settings) } : next,
    future: [],
    changedAtMs: atMs,
  }
}

export function undone({ past, now, future }: DraftSteps): DraftSteps {
  const before = past.at(-1)
  if (!before) return { past, now, future, changedAtMs: 0 }
  return { past: past.slice(0, -1), now: before, future: [now, ...future], changedAtMs: 0 }
}

export function redone({ past, now, future }: DraftSteps): DraftSteps {
  const [next, ...later] = future
  if (!next) return { past, now, future, changedAtMs: 0 }
  return { past: [...past, now], now: next, future: later, changedAtMs: 0 }
}

function joined(first: SettingsChange | undefined, last: SettingsChange | undefined): SettingsChange | undefined {
  return first && last ? { before: first.before, after: last.after } : last
}

/** A number that goes on moving, or words that go on being typed into one field. Other acts are steps of their own. */
function isOfOneControl(before: Step | undefined, now: Step, next: Step): boolean {
  if (!before) return false
  const [last, current] = [movedValue(before, now), movedValue(now, next)]
  if (!last || !current || last.place !== current.place) return false
  return (
    current.kind === "number" || (current.kind === "string" && next.field !== undefined && next.field === now.field)
  )
}

/** The one value a step changed; undefined where it was more than one. */
function movedValue(before: Step, { document, settings }: Step): { place: string; kind: string } | undefined {
  const values = changedValues(before.document, document)
  if (settings) return values.length === 0 ? movedSetting(settings) : undefined
  return values.length === 1 ? values[0] : undefined
}

/** The values in which two documents differ, each with what it is; "other" where it came, went or became another kind. */
function changedValues(a: unknown, b: unknown, place = ""): { place: string; kind: string }[] {
  if (a === b) return []
  if (!isPart(a) || !isPart(b)) return [{ place, kind: typeof a === typeof b ? typeof a : "other" }]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap((key) => changedValues(a[key], b[key], `${place}.${key}`))
}

function isPart(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null
}
