import type { WrittenStrategy } from "../document/strategy-document.ts"

/** Fewer lines than this can go without making another strategy of a short one, while something is left. */
const FEWEST_GONE = 3

/**
 * Whether a strategy became another one, so that words about it are true no more: most lines of its code, or most of
 * its rules, are gone. Numbers do not count, and rules that became code make the same trades.
 */
export function isAnotherStrategy(from: WrittenStrategy, to: WrittenStrategy): boolean {
  if (Boolean(from.code) !== Boolean(to.code)) return false
  const [before, after] = [linesOf(from), new Set(linesOf(to))]
  const gone = before.filter((line) => !after.has(line)).length
  return gone > before.length / 2 && (gone >= FEWEST_GONE || gone === before.length)
}

function linesOf({ code, series, long, short }: WrittenStrategy): string[] {
  const text = code?.source ?? JSON.stringify({ series, long, short }, null, 1)
  const lines = text.split("\n").map((line) => line.trim().replaceAll(/\d+(\.\d+)?/g, "#"))
  return lines.filter((line) => !isCommon.test(line))
}

/** What every strategy has: brackets, imports, the class and its methods, names of the rules' parts. */
const isCommon =
  /^[\s{}()[\],;]*$|^(import|export|class|constructor|super|onCandle|onHigher)\b|^"\w+": [[{]$|^\/\/|^\/?\*/
