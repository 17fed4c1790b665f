import { expect, test } from "vitest"
import { asksToUndo } from "./undo.ts"

test("undoing is asked for in plain words, and nothing else is taken for it", () => {
  for (const say of [
    "undo that",
    "Undo",
    "undo the last change",
    "take it back",
    "Please undo that.",
    "rückgängig",
    "撤销",
  ])
    expect([say, asksToUndo(say)]).toEqual([say, true])
  for (const say of ["undo the stop", "take profit 4 %", "take half back at 5 %", "make it safer"])
    expect([say, asksToUndo(say)]).toEqual([say, false])
})
