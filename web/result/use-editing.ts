import { useMemo } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { emptyTemplate, withParamValues } from "../run/template-of.ts"
import { type Draft, type OpenedStrategy, useDraft } from "../strategy/index.ts"
import { useShortcut } from "../ui/use-shortcut.ts"
import { useStable } from "../ui/use-stable.ts"

const none: RunSetup["params"] = {}

/** The tested strategy, and how to change it. */
type Editing = {
  /** Unchanged, with `params` beside it in the address; or changed, with its params inside. */
  strategy: WrittenStrategy | undefined
  params: RunSetup["params"]
  draft: Draft
  onParams: (params: RunSetup["params"]) => void
  /** Leaves what was changed in the template: it is in the library now. */
  forget: () => void
}

/**
 * A template stays as it is while only its sliders move: the address holds them. With the first change of a rule it
 * becomes a document of the person's own, which holds everything; so does a strategy of the library.
 */
export function useEditing(
  setup: RunSetup,
  template: WrittenStrategy | undefined,
  opened: OpenedStrategy | undefined,
  onSetup: (change: Partial<RunSetup>) => void,
): Editing {
  const { params } = setup
  const start = useMemo(() => withParamValues(template ?? emptyTemplate.document, params), [template, params])
  const ofTemplate = useDraft(start, setup.strategy)
  const draft = opened?.draft ?? ofTemplate
  useShortcut("mod+z", draft.undo)
  useShortcut("mod+shift+z", draft.redo)
  useShortcut("mod+y", draft.redo)
  const change = useStable((next: WrittenStrategy, words: string) => {
    draft.change(next, words)
    if (Object.keys(setup.params).length > 0) onSetup({ params: {} })
  })
  const onParams = useStable((params: RunSetup["params"]) => {
    if (!draft.isTouched) return onSetup({ params })
    change(withParamValues(draft.document, params), "A slider moved")
  })
  const [undo, redo] = [useStable(draft.undo), useStable(draft.redo)]
  const { document, isTouched, undoWords, redoWords } = draft
  // The same object until something in it differs: the cards are drawn from it.
  const steady = useMemo(
    () => ({ document, isTouched, undoWords, redoWords, change, undo, redo }),
    [document, isTouched, undoWords, redoWords, change, undo, redo],
  )
  const isOwn = opened !== undefined || (template !== undefined && draft.isTouched)
  return {
    strategy: isOwn ? draft.document : template,
    // A link may ask for other values than the strategy's own; the first change takes them in.
    params: isOwn && !opened ? none : setup.params,
    draft: steady,
    onParams,
    forget: ofTemplate.forget,
  }
}
