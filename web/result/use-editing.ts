import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { emptyTemplate, withParamValues } from "../run/template-of.ts"
import { type Draft, useDraft } from "../strategy/index.ts"

/** The strategy that is tested, and how it is changed. */
type Editing = {
  /** As it came, with `params` beside it in the address; or as it was changed, with its params inside. */
  strategy: WrittenStrategy | undefined
  params: RunSetup["params"]
  draft: Draft
  onParams: (params: RunSetup["params"]) => void
}

/**
 * A template stays as it is while only its sliders move: the address holds them. With the first change of a rule it
 * becomes a document of the person's own, which holds everything.
 */
export function useEditing(
  setup: RunSetup,
  template: WrittenStrategy | undefined,
  onSetup: (change: Partial<RunSetup>) => void,
): Editing {
  const draft = useDraft(withParamValues(template ?? emptyTemplate.document, setup.params), setup.strategy)
  const change: Draft["change"] = (next, words) => {
    draft.change(next, words)
    if (Object.keys(setup.params).length > 0) onSetup({ params: {} })
  }
  const onParams = (params: RunSetup["params"]) => {
    if (!draft.isTouched) return onSetup({ params })
    draft.change(withParamValues(draft.document, params), "A slider moved")
  }
  return {
    strategy: draft.isTouched ? draft.document : template,
    params: draft.isTouched ? {} : setup.params,
    draft: { ...draft, change },
    onParams,
  }
}
