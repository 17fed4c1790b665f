import { formulaText, type Formula } from "../formula/formula.ts"
import type { DraftStrategy, Side } from "./draft-strategy.ts"
import { isNumber, NotOurs, whileHolding } from "./formula-making.ts"
import { isForAll, SEPARATE_EXITS, type PineEnding, type PineEntries } from "./pine-entries.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

/** One `strategy.close` or `strategy.close_all`; without an id it is for every entry. */
export type PineClose = { line: ScriptLine; id: string; condition: Formula }

type Part = PineEnding & { close: PineClose; side: Side }

/** Closes become exits of a side where they hold for every entry of it; the others are noted. */
export function takeCloses(closes: PineClose[], entries: PineEntries, draft: DraftStrategy, notes: TranslationNotes) {
  const parts = closes.flatMap((close) => partsOf(close, entries))
  for (const close of closes) notes.attempt(close.line, () => take(close, parts))

  function take(close: PineClose, all: Part[]) {
    const own = all.filter((part) => part.close === close)
    if (close.id !== "" && !entries.has(close.id))
      throw new NotOurs(`there is no entry named "${close.id.slice(0, 40)}" that was understood`)
    if (own.length === 0) return notes.left(close.line, "there is never a position that it could close")
    for (const part of own) {
      const sameSide = all.filter(({ side }) => side === part.side)
      if (!isForAll(part, sameSide, entries.of(part.side))) throw new NotOurs(SEPARATE_EXITS)
    }
    for (const { side } of own) draft.exit(side, close.condition)
  }
}

/** What the close means on each side where it can ever act. */
function partsOf(close: PineClose, entries: PineEntries): Part[] {
  return entries.sidesOf(close.id).flatMap((side) => {
    const condition = whileHolding(close.condition, side)
    if (isNumber(condition, 0)) return []
    const waysIn = entries.of(side).filter(({ id }) => close.id === "" || id === close.id)
    return [{ close, side, text: formulaText(condition), waysIn }]
  })
}
