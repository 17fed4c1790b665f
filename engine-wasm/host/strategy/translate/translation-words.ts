import type { Translation } from "./translation.ts"

type WhatIsLeft = Pick<Translation, "notUnderstood" | "leftOut"> & { noStop?: string }

/**
 * What became of a script, in words. That every line is in the rules is said only where no line is left out and none
 * means something different.
 */
export function translationWords({ notUnderstood, leftOut, noStop }: WhatIsLeft): string {
  const missed = linesOf(notUnderstood)
  const left = linesOf(leftOut).filter((line) => !missed.includes(line))
  if (missed.length + left.length === 0) return "Every line that decides a trade is in its rules."
  return [...(noStop ? [noStop] : []), ...missedWords(missed.length), ...leftWords(left.length)].join(" ")
}

function linesOf(notes: Translation["leftOut"]): number[] {
  return [...new Set(notes.map(({ line }) => line))]
}

function missedWords(count: number): string[] {
  if (count === 0) return []
  const lines = count === 1 ? "One line that decides trades is" : `${count} lines that decide trades are`
  return [`${lines} not in its rules, or not whole, so it trades differently until you add them.`]
}

function leftWords(count: number): string[] {
  if (count === 0) return []
  return [
    count === 1
      ? "One line is left out, or means something a little different here."
      : `${count} lines are left out, or mean something a little different here.`,
  ]
}
