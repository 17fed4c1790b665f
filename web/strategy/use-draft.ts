import { useEffect, useMemo, useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import { draftAside, putDraftAside } from "./draft-aside.ts"
import { changed, type DraftSteps, firstStep, redone, undone } from "./draft-steps.ts"
import { typedField } from "./typed-field.ts"

/** A strategy being edited, with undo and redo. */
export type Draft = {
  document: WrittenStrategy
  /** Whether it differs from the original. */
  isTouched: boolean
  change: (next: WrittenStrategy, words: string) => void
  /** What undo or redo would do, in words; undefined when there is nothing. */
  undoWords?: string
  redoWords?: string
  undo: () => void
  redo: () => void
}

/**
 * Changes of a document. Another `key` begins anew from `start`. What was changed is put aside under the key, so that
 * closing the window loses nothing.
 */
export function useDraft(start: WrittenStrategy, key: string): Draft & { forget: () => void } {
  const [kept, setKept] = useState<{ key: string; steps: DraftSteps }>()
  // oxlint-disable-next-line react/exhaustive-deps -- forgotten is another state of what lies aside
  const aside = useMemo(() => draftAside(key), [key, kept])
  const begun = () =>
    aside ? changed(firstStep(start), { document: aside, words: "What you did last time" }, 0) : firstStep(start)
  const steps = kept?.key === key ? kept.steps : begun()
  // Two changes may come before the next picture: each builds on the newest.
  const act = (next: (steps: DraftSteps) => DraftSteps) =>
    setKept((newest) => ({ key, steps: next(newest?.key === key ? newest.steps : begun()) }))
  useEffect(() => {
    if (kept) putDraftAside(kept.key, kept.steps.past.length > 0 ? kept.steps.now.document : undefined)
  }, [kept])
  const change: Draft["change"] = (document, words) => {
    const [atMs, field] = [performance.now(), typedField()]
    // At once: the window may be closing.
    putDraftAside(key, document)
    act((now) => changed(now, { document, words, field }, atMs))
  }
  const forget = () => {
    setKept(undefined)
    putDraftAside(key, undefined)
  }
  const isTouched = kept?.key === key || aside !== undefined
  return { ...draftOf(steps, { change, undo: () => act(undone), redo: () => act(redone) }), isTouched, forget }
}

/** The newest step, and in words what lies before and behind it. */
export function draftOf(steps: DraftSteps, ways: Pick<Draft, "change" | "undo" | "redo">): Draft {
  return {
    ...ways,
    document: steps.now.document,
    isTouched: true,
    undoWords: steps.past.length > 0 ? steps.now.words : undefined,
    redoWords: steps.future[0]?.words,
  }
}
