import type { WrittenStrategy } from "../document/strategy-document.ts"
import type { DraftStrategy, LeftLine } from "./draft-strategy.ts"
import { NotOurs } from "./formula-making.ts"
import { NotAnExpression } from "./script-expression.ts"
import type { ScriptLine } from "./script-token.ts"

/**
 * What became of a peer's strategy. `notUnderstood`: lines that change what it trades and are not in the document.
 * `leftOut`: lines that draw or name things, or that act a little differently here.
 */
export type Translation =
  | { ok: true; document: WrittenStrategy; notUnderstood: LeftLine[]; leftOut: LeftLine[] }
  | { ok: false; because: string; notUnderstood: LeftLine[]; leftOut: LeftLine[] }

const MOST_LINES_TOLD = 500
const LONGEST_TEXT = 200

/** Notes about lines while a script is read. */
export class TranslationNotes {
  readonly notUnderstood: LeftLine[] = []
  readonly leftOut: LeftLine[] = []

  missed(line: ScriptLine, why: string) {
    note(this.notUnderstood, line, why)
  }

  left(line: ScriptLine, why: string) {
    note(this.leftOut, line, why)
  }

  /** Does a step of the translation; what it cannot say in our rules is noted at the line. Tells whether it was done. */
  attempt(line: ScriptLine, step: () => void): boolean {
    try {
      step()
      return true
    } catch (error) {
      if (error instanceof NotOurs) this.missed(line, error.why)
      else if (error instanceof NotAnExpression) this.missed(line, error.message)
      else throw error
      return false
    }
  }

  /** The answer: the draft as a document, or why there is none. */
  answer(draft: DraftStrategy): Translation {
    const { notUnderstood, leftOut } = this
    if (draft.hasEntry) return { ok: true, document: draft.document, notUnderstood, leftOut }
    const because =
      "No entry was understood, so there is no strategy to show. Nothing was lost: the script is as it was."
    return { ok: false, because, notUnderstood, leftOut }
  }
}

function note(lines: LeftLine[], { line, text }: ScriptLine, why: string) {
  if (lines.length < MOST_LINES_TOLD) lines.push({ line, text: text.slice(0, LONGEST_TEXT), why })
}
