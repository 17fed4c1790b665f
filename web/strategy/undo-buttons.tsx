import { Redo2, Undo2 } from "lucide-react"
import { IconButton } from "../ui/button.tsx"
import type { Draft } from "./use-draft.ts"

/** The way back through all that was done to a strategy and its test, and forth again. */
export function UndoButtons({ draft: { undo, redo, undoWords, redoWords } }: { draft: Draft }) {
  return (
    <div className="flex">
      <IconButton
        label={undoWords === undefined ? "Undo" : `Undo: ${undoWords}`}
        className="disabled:opacity-40"
        disabled={undoWords === undefined}
        onClick={undo}
      >
        <Undo2 aria-hidden className="size-4" />
      </IconButton>
      <IconButton
        label={redoWords === undefined ? "Redo" : `Redo: ${redoWords}`}
        className="disabled:opacity-40"
        disabled={redoWords === undefined}
        onClick={redo}
      >
        <Redo2 aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
