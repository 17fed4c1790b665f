import { useMemo, useState } from "react"
import { plainText } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { settingsChange, settingsChangeWords } from "../run/settings-change.ts"
import { emptyTemplate, withParamValues } from "../run/template-of.ts"
import { type Draft, type OpenedStrategy, putDraftAside, useDraft } from "../strategy/index.ts"
import { toastWithUndo } from "../ui/toast.tsx"
import { useShortcut } from "../ui/use-shortcut.ts"
import { useStable } from "../ui/use-stable.ts"

const none: RunSetup["params"] = {}

/** The tested strategy, and how to change it and its test. Of all that undo and redo go back and forth. */
type Editing = {
  /** Unchanged, with `params` beside it in the address; or changed, with its params inside. */
  strategy: WrittenStrategy | undefined
  params: RunSetup["params"]
  draft: Draft
  onParams: (params: RunSetup["params"]) => void
  onSettings: (change: Partial<RunSetup>) => void
  /** What was changed in a template and not kept, other than under the person's fingers; undefined where nothing was. */
  unkept: UnkeptChanges | undefined
  /** Leaves what is shown of the template: it is in the library now. */
  forget: () => void
}

/** Changes of a template that are in no library. `isShown`: they are tested, not the template of the address. */
export type UnkeptChanges = {
  isShown: boolean
  changedAtMs?: number
  /** To the template as it is for everybody; or from there to the changes. */
  turn: () => void
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
  const ofTemplate = useDraft(template ?? emptyTemplate.document, setup.strategy)
  const draft = opened?.draft ?? ofTemplate
  const { redoWords } = draft
  const isTemplate = opened === undefined && template !== undefined
  const [isAsked, setAsked] = useAskedTemplate(setup)
  const isSetAside = isTemplate && isAsked && draft.isTouched
  const isTouched = draft.isTouched && !isSetAside
  const shown = isSetAside ? template : draft.document
  // What lies aside is not in sight: only what was done since can be undone.
  const undoWords = isSetAside && !draft.undoSettings ? undefined : draft.undoWords
  const document = useMemo(() => (isTouched ? shown : withParamValues(shown, params)), [isTouched, shown, params])
  const onSettings = useStable((part: Partial<RunSetup>) => {
    const settings = settingsChange(setup, part)
    if (settings) draft.changeSettings(settings, settingsChangeWords(settings))
    onSetup(part)
  })
  const change = useStable((next: WrittenStrategy, words: string) => {
    // From here on the document holds the values of its sliders.
    const settings = settingsChange(setup, { params: none })
    draft.change(next, words, settings)
    setAsked(false)
    if (settings) onSetup(settings.after)
  })
  const onParams = useStable((params: RunSetup["params"]) => {
    if (isTouched) change(withParamValues(draft.document, params), "A slider moved")
    else onSettings({ params })
  })
  const undo = useStable(() => {
    if (undoWords === undefined) return
    draft.undo()
    if (draft.undoSettings) onSetup(draft.undoSettings)
  })
  const redo = useStable(() => {
    draft.redo()
    setAsked(false)
    if (draft.redoSettings) onSetup(draft.redoSettings)
  })
  useShortcut("mod+z", undo)
  useShortcut("mod+shift+z", redo)
  useShortcut("mod+y", redo)
  // The same object until something in it differs: the cards are drawn from it.
  const steady = useMemo(
    () => ({ document, isTouched, undoWords, redoWords, change, undo, redo }),
    [document, isTouched, undoWords, redoWords, change, undo, redo],
  )
  const takeBack = useStable((of: string, changes: WrittenStrategy) => {
    // Elsewhere meanwhile: they wait for whoever opens the template again.
    if (of !== setup.strategy) putDraftAside(of, changes)
    else if (undoWords === BACK) undo()
    else change(changes, "Your changes again")
  })
  const turn = useStable(() => {
    if (isSetAside) {
      setAsked(false)
      onSetup({ params: none })
    } else if (template) {
      const { document: changes } = draft
      draft.change(template, BACK)
      void toastWithUndo({
        text: `${plainText(template.name, 60)} is the template again.`,
        onUndo: () => takeBack(setup.strategy, changes),
        onExpire: nothing,
      })
    }
  })
  const isOwn = opened !== undefined || (template !== undefined && isTouched)
  return {
    strategy: isOwn ? draft.document : template,
    // A link may ask for other values than the strategy's own; the first change takes them in.
    params: isOwn && !opened ? none : params,
    draft: steady,
    onParams,
    onSettings,
    unkept:
      isTemplate && draft.isTouched && (isSetAside || ofTemplate.isOfBefore)
        ? { isShown: !isSetAside, changedAtMs: ofTemplate.changedAtMs, turn }
        : undefined,
    forget: isSetAside ? nothing : ofTemplate.forget,
  }
}

const nothing = () => {}

/** The step to the template as it is for everybody. */
const BACK = "Back to the template"

/**
 * Whether the template itself is asked for: an address with values of its sliders is of the template, and holds until
 * its rules are changed, though the sliders move back.
 */
function useAskedTemplate({ strategy, params }: RunSetup): [boolean, (isAsked: boolean) => void] {
  const [asked, setAsked] = useState<string>()
  const isAsked = Object.keys(params).length > 0 || asked === strategy
  if (isAsked && asked !== strategy) setAsked(strategy)
  if (!isAsked && asked !== undefined) setAsked(undefined)
  return [isAsked, (is) => setAsked(is ? strategy : undefined)]
}
