// Knows Pine and Python. It is fetched when a script comes in.
import { translateStrategy, translationWords, type Translation } from "#engine/strategy"

export { translateStrategy, translationWords }

/** One row of a foreign script: `missed` rows decide trades and are in no rule, `left` rows decide none. */
export type ScriptRow = { line: number; text: string; state: "missed" | "left" | "carried"; notes: string[] }

/** The rows of a script, each with what became of it. `line` counts from 1, as the notes do. */
export function scriptRows(script: string, { notUnderstood, leftOut }: Translation): ScriptRow[] {
  const missed = reasonsByLine(notUnderstood)
  const left = reasonsByLine(leftOut)
  return script
    .trimEnd()
    .split(/\r\n?|\n/)
    .map((text, at) => {
      const line = at + 1
      const state = missed.has(line) ? "missed" : left.has(line) ? "left" : "carried"
      const notes = [...(missed.get(line) ?? []), ...(left.get(line) ?? [])]
      return { line, text, state, notes: notes.map(sentence) }
    })
}

/** How many lines decide trades and are in no rule of the strategy the script became. */
export function missedLines(script: string): number {
  return reasonsByLine(translateStrategy(script).notUnderstood).size
}

/** What became of the script, in words. */
export function movedWords(script: string): string {
  return translationWords(translateStrategy(script))
}

function reasonsByLine(notes: Translation["leftOut"]): Map<number, string[]> {
  const byLine = new Map<number, string[]>()
  for (const { line, why } of notes) byLine.set(line, [...(byLine.get(line) ?? []), why])
  return byLine
}

function sentence(why: string): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}${/[.!?]$/.test(why) ? "" : "."}`
}
