import type { WrittenStrategy } from "#engine/strategy"

/** A document with the change that led to it. */
type Step = { document: WrittenStrategy; words: string }
/** The changes of a document, done and undone. */
export type DraftSteps = { past: readonly Step[]; now: Step; future: readonly Step[]; changedAtMs: number }

/** Changes of one place that come closer together than this are one step: a slider on its way, a word being typed. */
const ONE_STEP_MS = 1_000
/** As far back as anybody goes. */
const MOST_STEPS = 200

export function firstStep(document: WrittenStrategy): DraftSteps {
  return { past: [], now: { document, words: "" }, future: [], changedAtMs: 0 }
}

/** One more change. It discards what had been undone. */
export function changed(steps: DraftSteps, next: Step, atMs: number): DraftSteps {
  const { past, now, changedAtMs } = steps
  const before = past.at(-1)
  const isSame =
    before !== undefined &&
    atMs - changedAtMs < ONE_STEP_MS &&
    changedPlace(before.document, now.document) === changedPlace(now.document, next.document)
  return {
    past: isSame ? past : [...past, now].slice(-MOST_STEPS),
    now: next,
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

/** The one place where two documents differ; where there are several, the part that holds them all. */
function changedPlace(a: unknown, b: unknown): string {
  if (!isPart(a) || !isPart(b)) return ""
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key])
  return keys.length === 1 ? `.${keys[0]}${changedPlace(a[keys[0]], b[keys[0]])}` : ""
}

function isPart(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null
}
