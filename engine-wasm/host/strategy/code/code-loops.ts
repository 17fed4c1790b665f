import { withoutTexts } from "./code-entry.ts"

/** More lines than these are no help. */
const SHOWN = 3

/** Where the loops of a strategy in code begin, as a sentence for one that takes too long. */
export function loopsInWords(source: string): string {
  const lines = loopLinesOf(source)
  if (lines.length === 0) return "It has no loop: look for a function that calls itself."
  if (lines.length === 1) return `Its only loop begins in line ${lines[0]}.`
  if (lines.length > SHOWN) return `It has ${lines.length} loops, the first in line ${lines[0]}.`
  return `Its loops begin in lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}.`
}

/** The lines in which loops begin, from 1. Words inside comments and texts do not count. */
function loopLinesOf(source: string): number[] {
  const lines: number[] = []
  const doing: number[] = []
  let depth = 0
  for (const { 0: found, index } of withoutTexts(source).matchAll(
    /[{}]|(?<![.\w$])(?:while|for|do)\b(?!\s*[:=,;)])/g,
  )) {
    if (found === "{") depth++
    else if (found === "}") depth--
    // `do { } while ()` is one loop: it begins at its `do`.
    else if (found === "while" && doing.at(-1) === depth) doing.pop()
    else lines.push(source.slice(0, index).split("\n").length)
    if (found === "do") doing.push(depth)
  }
  return lines
}
