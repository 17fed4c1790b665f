import { useEffect, useMemo, useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import type { SettingsChange } from "../run/settings-change.ts"
import { draftAside, putDraftAside } from "./draft-aside.ts"
import { changed, type DraftSteps, firstStep, redone, type Step, undone } from "./draft-steps.ts"
import { heldPress } from "./held-press.ts"
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
 * A draft whose history holds how it is tested too. Who changes the test tells it here, and makes it again what undo
 * and redo say it was.
 */
export type DraftWithSettings = Omit<Draft, "change"> & {
  change: (next: WrittenStrategy, words: string, settings?: SettingsChange) => void
  changeSettings: (settings: SettingsChange, words: string) => void
  /** What undo or redo changes about the test. */
  undoSettings?: Partial<RunSetup>
  redoSettings?: Partial<RunSetup>
}

/** The step of what lay aside when a template was opened. */
const LAST_TIME = "What you did last time"

/** What was changed in a template. `isOfBefore`: it lay aside when the template was opened; `changedAtMs`: when it was put aside, as far as that is known. */
export type TemplateDraft = DraftWithSettings & { isOfBefore: boolean; changedAtMs?: number; forget: () => void }

/**
 * Changes of a document. Another `key` begins anew from `start`. What was changed is put aside under the key, so that
 * closing the window loses nothing.
 */
export function useDraft(start: WrittenStrategy, key: string): TemplateDraft {
  const [kept, setKept] = useState<{ key: string; start: WrittenStrategy; steps: DraftSteps }>()
  // oxlint-disable-next-line react/exhaustive-deps -- forgotten is another state of what lies aside
  const aside = useMemo(() => draftAside(key), [key, kept])
  const begun = () =>
    aside ? changed(firstStep(start), { document: aside.document, words: LAST_TIME }, 0) : firstStep(start)
  const steps = kept?.key === key ? kept.steps : begun()
  // Two changes may come before the next picture: each builds on the newest.
  const act = (next: (steps: DraftSteps) => DraftSteps) =>
    setKept((newest) => ({ key, start, steps: next(newest?.key === key ? newest.steps : begun()) }))
  const add = (step: (now: WrittenStrategy) => Omit<Step, "field" | "press">) => {
    const [atMs, field, press] = [performance.now(), typedField(), heldPress()]
    act((now) => changed(now, { ...step(now.now.document), field, press }, atMs))
  }
  useEffect(() => {
    if (kept) putDraftAside(kept.key, kept.steps.now.document === kept.start ? undefined : kept.steps.now.document)
  }, [kept])
  const change: DraftWithSettings["change"] = (document, words, settings) => {
    // At once: the window may be closing.
    putDraftAside(key, document)
    add(() => ({ document, words, settings }))
  }
  const forget = () => {
    setKept(undefined)
    putDraftAside(key, undefined)
  }
  return {
    ...draftOf(steps, {
      change,
      changeSettings: (settings, words) => add((document) => ({ document, words, settings })),
      undo: () => act(undone),
      redo: () => act(redone),
    }),
    isTouched: steps.now.document !== start,
    isOfBefore: [...steps.past, steps.now].some(({ words }) => words === LAST_TIME),
    changedAtMs: aside?.changedAtMs,
    forget,
  }
}

/** The newest step, and in words what lies before and behind it. */
export function draftOf(
  steps: DraftSteps,
  ways: Pick<DraftWithSettings, "change" | "changeSettings" | "undo" | "redo">,
): DraftWithSettings {
  const isFirst = steps.past.length === 0
  const next = steps.future[0] as Step | undefined
  return {
    ...ways,
    document: steps.now.document,
    isTouched: true,
    undoWords: isFirst ? undefined : steps.now.words,
    redoWords: next?.words,
    undoSettings: isFirst ? undefined : steps.now.settings?.before,
    redoSettings: next?.settings?.after,
  }
}
