import { ChevronDown, GripVertical, Trash2 } from "lucide-react"
import { conditionInWords, pathText, type RulePlace, type WrittenStrategy } from "#engine/strategy"
import { IconButton } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { ConditionEditor } from "./condition-editor.tsx"
import type { Edit } from "./edit.ts"
import { problemAt } from "./problem-of.ts"
import { ruleTitles } from "./rule-titles.ts"
import type { RowHandle } from "./use-reorder.ts"

type ConditionRowProps = {
  edit: Edit
  place: RulePlace
  path: (string | number)[]
  text: string
  /** The word that joins it to the row above; undefined for the first. */
  joined: "and" | "or" | undefined
  isOpen: boolean
  handle: RowHandle
  onToggle: () => void
  onRemove: () => void
}

/** One condition in words. Pressing the words opens it. */
export function ConditionRow(props: ConditionRowProps) {
  const { edit, place, path, text, joined, isOpen, handle, onToggle, onRemove } = props
  const words = conditionWordsOf(text, edit.document)
  const problem = problemAt(edit.problems, path)
  return (
    <li
      {...handle.row}
      data-place={pathText(path)}
      className={classNames("border-t border-line", handle.isDragged && "bg-surface-2")}
    >
      <div className="flex min-w-0 items-center">
        <button
          type="button"
          {...handle.grip}
          aria-label={`Move “${words}”: arrow keys, or drag`}
          title="Drag, or use the arrow keys"
          className="inline-flex size-8 shrink-0 cursor-grab touch-none items-center justify-center rounded-md text-ink-faint hover:bg-surface-2 hover:text-ink-strong"
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex min-h-10 min-w-0 grow items-center gap-2 rounded-md px-1 py-2 text-left hover:bg-surface-1"
        >
          <span className="min-w-0 grow wrap-anywhere text-ink-strong">
            {joined && <span className="text-ink-soft">{joined} </span>}
            <bdi>{joined ? inSentence(words) : words}</bdi>
          </span>
          <ChevronDown
            aria-hidden
            className={classNames("size-4 shrink-0 text-ink-soft transition-transform", isOpen && "rotate-180")}
          />
        </button>
        <IconButton label={`Remove “${words}”`} onClick={onRemove}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </div>
      {problem && !isOpen && (
        <p className="pb-2 pl-9 text-sm wrap-anywhere text-loss">Not finished: {problem.because}</p>
      )}
      {isOpen && (
        <div className="pl-2">
          <ConditionEditor
            edit={edit}
            place={place}
            path={path}
            wordsOfChange={(next) => `${ruleTitles[place]}: ${words} → ${conditionWordsOf(next, edit.document)}`}
          />
        </div>
      )}
    </li>
  )
}

/** As it goes on after "and". */
function inSentence(words: string): string {
  return words.replace(/^If /, "if ")
}

function conditionWordsOf(text: string, { params = {} }: WrittenStrategy): string {
  return conditionInWords(text, params)
}
