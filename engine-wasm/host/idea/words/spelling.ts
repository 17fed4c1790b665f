import { editDistance } from "../../strategy/formula/closest-name.ts"

/** So few unknown words are looked up in one sentence; it bounds the time. */
export const MOST_SPELLED = 60

/** The word of a vocabulary that a mistyped one most likely is: the same first letter, one slip, or two in a long word. */
export function spelled(typed: string, vocabularies: readonly ReadonlySet<string>[]): string | undefined {
  if (typed.length < 4 || typed.length > 24) return undefined
  const farthest = typed.length < 6 ? 1 : 2
  let best: { word: string; distance: number } | undefined
  for (const vocabulary of vocabularies) {
    for (const word of vocabulary) {
      if (Math.abs(word.length - typed.length) > farthest || !beginsAlike(word, typed)) continue
      const distance = editDistance(typed, word)
      if (distance <= farthest && distance < (best?.distance ?? Infinity)) best = { word, distance }
    }
    if (best) return best.word
  }
  return undefined
}

function beginsAlike(word: string, typed: string): boolean {
  return word[0] === typed[0] || (word[0] === typed[1] && word[1] === typed[0])
}
