import { ChevronDown } from "lucide-react"
import { type ReactNode, useState } from "react"
import { type PlanPart, type PlanSentence, problemInWords } from "#engine/strategy"
import { classNames } from "../../ui/class-names.ts"
import { isWithinPlace } from "../sought-place.ts"
import type { Edit } from "./edit.ts"

type FoldedCardProps = {
  edit: Edit
  /** The places of the document it holds, such as "protect". */
  holds: readonly string[]
  title: string
  /** Which sentences of the plan it is about; they are shown while it is closed. */
  part: PlanPart
  words: PlanSentence[]
  children: ReactNode
}

/** A card that says what it holds in plain words, and opens to change it: by itself, for what is wrong or sought in it. */
export function FoldedCard({ edit, holds, title, part, words, children }: FoldedCardProps) {
  const isIn = (path: string) => holds.some((place) => isWithinPlace(path, place))
  const wrong = edit.problems.find(({ path }) => isIn(path))
  const problem = wrong && problemInWords(edit.document, wrong)
  const [isOpen, setOpen] = useState(problem !== undefined)
  if (edit.sought && isIn(edit.sought.path) && !isOpen) setOpen(true)
  const own = words.filter((sentence) => sentence.part === part)
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-3">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-8 w-full items-center justify-between gap-2 rounded-md text-left text-base font-semibold text-ink-strong"
        >
          {title}
          <ChevronDown
            aria-hidden
            className={classNames("size-4 shrink-0 text-ink-soft transition-transform", isOpen && "rotate-180")}
          />
        </button>
      </h3>
      {problem && <p className="text-sm wrap-anywhere text-loss">{problem}</p>}
      {isOpen ? (
        <div className="flex flex-col gap-4 pb-2">{children}</div>
      ) : (
        <p className="text-sm wrap-anywhere text-ink-soft">
          {own.length > 0 ? own.map(({ text }) => text).join(" ") : "Not used."}
        </p>
      )}
    </section>
  )
}
