import { Redo2, Undo2 } from "lucide-react"
import { useDeferredValue, useMemo } from "react"
import { type StrategyOrProblems, strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { IconButton } from "../../ui/button.tsx"
import type { Draft } from "../use-draft.ts"
import type { Edit } from "./edit.ts"
import { PlainWords } from "./plain-words.tsx"
import { RuleCard } from "./rule-card.tsx"

export type RuleCardsProps = { draft: Draft }

/** The whole strategy as cards that can be edited, with the way back, and what it does in plain words. */
export function RuleCards({ draft }: RuleCardsProps) {
  const { document, change } = draft
  const checked = useMemo(() => checkedDocument(document), [document])
  const edit: Edit = { document, change, problems: checked.ok ? [] : checked.problems }
  return (
    <div className="flex flex-col gap-8">
      <UndoBar draft={draft} />
      <RuleCard
        edit={edit}
        place="long.enter"
        about="Not yet. Add a condition, and the strategy buys when it is true."
      />
      <RuleCard edit={edit} place="long.exit" about="No condition: only the protection below closes the position." />
      <PlainWords checked={useDeferredValue(checked)} />
    </div>
  )
}

function checkedDocument(document: WrittenStrategy): StrategyOrProblems {
  return strategyFromJson(document)
}

function UndoBar({ draft: { undo, redo, undoWords, redoWords } }: { draft: Draft }) {
  return (
    <div className="flex items-center justify-between gap-2">
      <h2 className="text-base font-semibold">Rules</h2>
      <div className="flex">
        <IconButton
          label={undoWords === undefined ? "Undo" : `Undo: ${undoWords}`}
          disabled={undoWords === undefined}
          onClick={undo}
        >
          <Undo2 aria-hidden className="size-4" />
        </IconButton>
        <IconButton
          label={redoWords === undefined ? "Redo" : `Redo: ${redoWords}`}
          disabled={redoWords === undefined}
          onClick={redo}
        >
          <Redo2 aria-hidden className="size-4" />
        </IconButton>
      </div>
    </div>
  )
}
