import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react"
import {
  completionsAt,
  type Completion,
  helpAt,
  parseFormula,
  type StrategyProblem,
  type WrittenStrategy,
} from "#engine/strategy"
import { CompletionList } from "./completion-list.tsx"
import { FormulaBackdrop, type HoveredWord } from "./formula-backdrop.tsx"
import { useChosenName } from "./use-chosen-name.ts"

type FormulaFieldProps = {
  label: string
  text: string
  document: WrittenStrategy
  problem?: StrategyProblem
  /** Takes the focus when it appears: the person asked to type. */
  isFocused?: boolean
  onChange: (text: string) => void
}

/** A formula to type: names are completed, the name at the caret is explained, a mistake is marked at its place. */
export function FormulaField(props: FormulaFieldProps) {
  const { label, text: written, document, problem: given, isFocused = false, onChange } = props
  const id = useId()
  const [draft, setDraft] = useRestingDraft(onChange)
  const text = draft ?? written
  const problem = draft === undefined || draft === written ? given : readingProblem(draft)
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(text.length)
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useChosenName(box, text)
  const [hovered, setHovered] = useState<HoveredWord>()
  const focusAtEnd = useEffectEvent(() => {
    if (!isFocused) return
    field.current?.focus()
    field.current?.setSelectionRange(written.length, written.length)
  })
  useEffect(() => focusAtEnd(), [])
  const close = () => setChosen(undefined)
  const { fromCharacter, items } =
    chosen === undefined ? { fromCharacter: 0, items: [] } : completionsAt(text, caret, document)
  const isOpen = chosen !== undefined && items.length > 0
  const at = Math.min(chosen ?? 0, items.length - 1)
  const help = helpAt(text, caret, document)

  const onType = (typed: string, caretAt: number) => {
    const oneLine = typed.replaceAll(/\s*\n\s*/g, " ")
    setDraft(oneLine)
    setCaret(caretAt)
    setChosen(/(\w|\.|@\s?)$/.test(oneLine.slice(0, caretAt)) ? 0 : undefined, oneLine)
  }
  const accept = ({ insert }: Completion) => {
    const next = `${text.slice(0, fromCharacter)}${insert}${text.slice(caret)}`
    const caretAt = fromCharacter + insert.length
    setDraft(next)
    setCaret(caretAt)
    close()
    requestAnimationFrame(() => field.current?.setSelectionRange(caretAt, caretAt))
    field.current?.focus()
  }
  const handOn = () => {
    if (draft !== undefined) onChange(draft)
    setDraft(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && hovered) setHovered(undefined)
    if (isUndo(event)) handOn()
    const act = keyAct(event, isOpen)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    if (act === "accept") accept(items[at])
    else if (act === "close") close()
    else if (act === "open") setChosen(0)
    else if (act !== "nothing") setChosen((at + (act === "next" ? 1 : items.length - 1)) % items.length)
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm text-ink-soft">
        {label}
      </label>
      <div
        ref={box}
        className="relative grid rounded-md border border-control-line bg-surface-0 has-aria-invalid:border-loss"
      >
        <FormulaBackdrop text={text} character={problem?.character} hovered={hovered} document={document} />
        <textarea
          ref={field}
          id={id}
          value={text}
          rows={1}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-autocomplete="list"
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
          aria-describedby={`${id}-help`}
          aria-invalid={problem ? true : undefined}
          className="col-start-1 row-start-1 resize-none overflow-hidden bg-transparent px-2 py-1.5 font-mono text-sm wrap-anywhere whitespace-pre-wrap text-ink-strong"
          onChange={(event) => onType(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            close()
            handOn()
          }}
          onPointerMove={(event) => setHovered(wordUnder(event.currentTarget.parentElement!, event))}
          onPointerLeave={() => setHovered(undefined)}
        />
        {isOpen && <CompletionList id={id} items={items} at={at} onPick={accept} />}
      </div>
      <div id={`${id}-help`} className="min-h-10 text-sm wrap-anywhere">
        {problem ? (
          <p className="text-loss">
            {problem.character !== undefined && text !== "" && `At character ${problem.character + 1}: `}
            {problem.because}
          </p>
        ) : (
          help && (
            <p className="text-ink-soft">
              <code className="font-mono text-ink">{help.signature}</code> {help.about}
            </p>
          )
        )}
      </div>
    </div>
  )
}

/** The rules follow when the fingers rest: between two keys of a word nothing is worth a test. */
const REST_MS = 250

/** What is being typed, handed on when it rests. */
function useRestingDraft(onRest: (text: string) => void) {
  const [draft, setDraft] = useState<string>()
  const rest = useEffectEvent(() => {
    if (draft !== undefined) onRest(draft)
    setDraft(undefined)
  })
  useEffect(() => {
    if (draft === undefined) return
    const timer = setTimeout(rest, REST_MS)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => {
    // Before what is put aside when the window closes.
    addEventListener("pagehide", rest, { capture: true })
    return () => removeEventListener("pagehide", rest, { capture: true })
  }, [])
  return [draft, setDraft] as const
}

/** What is typed becomes a step first: going back takes all of it, and it does not come again when the fingers rest. */
function isUndo({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && /^[zy]$/i.test(key)
}

/** What can be said of a text before the rules know it: whether it can be read at all. */
function readingProblem(text: string): Pick<StrategyProblem, "because" | "character"> | undefined {
  const parsed = parseFormula(text)
  return parsed.ok ? undefined : parsed
}

type KeyAct = "accept" | "close" | "open" | "next" | "before" | "nothing"

function keyAct({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, isOpen: boolean): KeyAct | undefined {
  if (key === " " && ctrlKey) return "open"
  if (ctrlKey || metaKey) return undefined
  if (!isOpen) return key === "Enter" ? "nothing" : undefined
  if (key === "Tab" && shiftKey) return undefined
  const acts: Record<string, KeyAct> = {
    Enter: "accept",
    Tab: "accept",
    Escape: "close",
    ArrowDown: "next",
    ArrowUp: "before",
  }
  return acts[key]
}

/** The name below the pointer, found among the marks behind the text. */
function wordUnder(
  box: HTMLElement,
  { clientX, clientY }: { clientX: number; clientY: number },
): HoveredWord | undefined {
  for (const mark of box.querySelectorAll<HTMLElement>("[data-word]")) {
    const isUnder = [...mark.getClientRects()].some(
      ({ left, right, top, bottom }) => clientX >= left && clientX <= right && clientY >= top && clientY <= bottom,
    )
    if (isUnder) return { word: mark.dataset.word!, top: mark.offsetTop + mark.offsetHeight }
  }
  return undefined
}
