import { alignedItems } from "./alignment.ts"

/** Lines `from` up to `to` of a text, replaced by others. */
type Hunk = { from: number; to: number; lines: string[] }

/** One text from two that began as the same. `isClean`: nothing of either is missing. */
export type MergedText = { text: string; isClean: boolean }

/** Puts what two people changed in a text together, line by line. Where both changed the same lines, `mine` counts. */
export function mergedText(before: string, mine: string, theirs: string): MergedText {
  if (theirs === before || theirs === mine) return { text: mine, isClean: true }
  if (mine === before) return { text: theirs, isClean: true }
  const lines = before.split("\n")
  const ours = hunksBetween(lines, mine.split("\n"))
  const others = hunksBetween(lines, theirs.split("\n")).filter((other) => !ours.some((own) => isSame(own, other)))
  const kept = others.filter((other) => !ours.some((own) => other.from < own.to && own.from < other.to))
  return { text: withHunks(lines, [...kept, ...ours]).join("\n"), isClean: kept.length === others.length }
}

function hunksBetween(before: string[], after: string[]): Hunk[] {
  const hunks: Hunk[] = []
  let at = 0
  let open: Hunk | undefined
  for (const { kind, text } of alignedItems(before, after)) {
    if (kind === "same") open = undefined
    else if (!open) hunks.push((open = { from: at, to: at, lines: [] }))
    if (kind === "added") open!.lines.push(text)
    else at++
    if (open) open.to = at
  }
  return hunks
}

function isSame(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && a.to === b.to && a.lines.join("\n") === b.lines.join("\n")
}

function withHunks(lines: string[], hunks: Hunk[]): string[] {
  let at = 0
  const merged = hunks
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .flatMap(({ from, to, lines: next }) => {
      const part = [...lines.slice(at, from), ...next]
      at = to
      return part
    })
  return [...merged, ...lines.slice(at)]
}
