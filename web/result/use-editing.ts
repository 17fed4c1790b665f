import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { emptyTemplate, withParamValues } from "../run/template-of.ts"
import { type Draft, type OpenedStrategy, useDraft } from "../strategy/index.ts"
import { useShortcut } from "../ui/use-shortcut.ts"

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
  const ofTemplate = useDraft(withParamValues(template ?? emptyTemplate.document, setup.params), setup.strategy)
  const draft = opened?.draft ?? ofTemplate
  useShortcut("mod+z", draft.undo)
  useShortcut("mod+shift+z", draft.redo)
  useShortcut("mod+y", draft.redo)
  const change: Draft["change"] = (next, words) => {
    draft.change(next, words)
    if (Object.keys(setup.params).length > 0) onSetup({ params: {} })
  }
  const onParams = (params: RunSetup["params"]) => {
    if (!draft.isTouched) return onSetup({ params })
    change(withParamValues(draft.document, params), "A slider moved")
  }
  const isOwn = opened !== undefined || (template !== undefined && draft.isTouched)
  return {
    strategy: isOwn ? draft.document : template,
    // A link may ask for other values than the strategy's own; the first change takes them in.
    params: opened ? setup.params : isOwn ? {} : setup.params,
    draft: { ...draft, change },
    onParams,
    forget: ofTemplate.forget,
  }
}
