import { useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import { changed, type DraftSteps, firstStep, redone, undone } from "./draft-steps.ts"

/** A strategy under a person's hands, with its way back. */
export type Draft = {
  document: WrittenStrategy
  /** Whether it is no longer as it came. */
  isTouched: boolean
  change: (next: WrittenStrategy, words: string) => void
  /** What would be taken back, or done again, in words; missing when there is nothing. */
  undoWords?: string
  redoWords?: string
  undo: () => void
  redo: () => void
}

/** Changes of a document, kept as long as the screen is open. Another `key` begins anew from `start`. */
export function useDraft(start: WrittenStrategy, key: string): Draft {
  const [kept, setKept] = useState<{ key: string; steps: DraftSteps }>()
  const steps = kept?.key === key ? kept.steps : firstStep(start)
  // Two changes may come before the next picture: each builds on the newest.
  const act = (next: (steps: DraftSteps) => DraftSteps) =>
    setKept((newest) => ({ key, steps: next(newest?.key === key ? newest.steps : firstStep(start)) }))
  return {
    document: steps.now.document,
    isTouched: kept?.key === key,
    change: (document, words) => {
      const atMs = performance.now()
      act((now) => changed(now, { document, words }, atMs))
    },
    undoWords: steps.past.length > 0 ? steps.now.words : undefined,
    redoWords: steps.future[0]?.words,
    undo: () => act(undone),
    redo: () => act(redone),
  }
}
