import type { TextPlace } from "./text-place.ts"

const tagged =
  /<\/?\s*(?:system|user|assistant|developer|instructions?|admin|prompt|tool|script|important)\b[^>]{0,80}>[^\n]*?(?:<\/[^>]{1,40}>(?!\s*<)|$)/gim
const enclosed =
  /\[[^\]\n]{3,400}\]|\{[^}\n]{3,400}\}|"[^"\n]{3,400}"|“[^”\n]{3,400}”|«[^»\n]{3,400}»|\([^()\n]{3,400}\)/g
const commanding =
  /\b(?:system|assistant|developer|admin|prompt|instructions?|jailbreak|override|ignore|disregard|forget)\b|\bset\s+\w+\s+to\b/i

/** "F***ING": a word that was starred out is no ticker. */
const starred = /\p{L}+\*{2,}\p{L}*/gu

/** Text in tags, brackets or quotes that pretends to give instructions: it is no part of an idea. */
export function pretendedPlaces(say: string): TextPlace[] {
  const tags = placesOf(say, tagged)
  const others = placesOf(say, enclosed).filter(({ from, to }) => commanding.test(say.slice(from, to)))
  return [
    ...tags,
    ...placesOf(say, starred),
    ...others.filter(({ from }) => !tags.some((tag) => tag.from <= from && from < tag.to)),
  ].toSorted((a, b) => a.from - b.from)
}

/** The sentence with spaces in these places, so that all others stay where they are. */
export function withoutPlaces(say: string, places: readonly TextPlace[]): string {
  return places.reduce((text, { from, to }) => text.slice(0, from) + " ".repeat(to - from) + text.slice(to), say)
}

function placesOf(say: string, pattern: RegExp): TextPlace[] {
  return [...say.matchAll(pattern)].map(({ 0: found, index }) => ({ from: index, to: index + found.length }))
}
