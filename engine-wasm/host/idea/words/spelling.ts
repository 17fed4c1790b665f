import { editDistance } from "../../strategy/formula/closest-name.ts"

/** So few unknown words are looked up in one sentence; it bounds the time. */
export const MOST_SPELLED = 60

/** The word of a vocabulary that a mistyped one most likely is: the same first letter, one slip, or two in a long word. */
export function spelled(typed: string, vocabularies: readonly ReadonlySet<string>[]): string | undefined {
  if (typed.length < 4 || typed.length > 24) return undefined
  const letters = lettersOf(typed)
  const farthest = typed.length < 6 ? 1 : 2
  let best: { word: string; distance: number } | undefined
  for (const vocabulary of vocabularies) {
    for (const word of vocabulary) {
      if (Math.abs(word.length - typed.length) > farthest || !beginsAlike(word, typed)) continue
      if (lettersApart(letters, lettersOf(word)) > 2 * farthest) continue
      const distance = editDistance(typed, word)
      if (distance <= farthest && distance < (best?.distance ?? Infinity)) best = { word, distance }
    }
    if (best) return best.word
  }
  return undefined
}

/** A bit for each letter: words that share few are not compared further. */
function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

function lettersApart(one: number, other: number): number {
  let left = one ^ other
  let count = 0
  for (; left !== 0; left &= left - 1) count++
  return count
}

function beginsAlike(word: string, typed: string): boolean {
  return word[0] === typed[0] || (word[0] === typed[1] && word[1] === typed[0])
}
