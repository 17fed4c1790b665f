import type { Chunk } from "./chunk.ts"

/** Whether a chunk is one of these words. */
export const isWord = (chunk: Chunk | undefined, ...concepts: string[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)

/** The next chunk that is no filler. */
export function nextMeaning(chunks: readonly Chunk[], at: number): number {
  let place = at
  while (isWord(chunks[place], "filler", "of")) place++
  return place
}

/** The last chunk before that is no filler. */
export function lastMeaning(chunks: readonly Chunk[], at: number): number {
  let place = at
  while (isWord(chunks[place], "filler")) place--
  return place
}

/** From the first letter of chunks to the last. */
export function placeOf(chunks: readonly Chunk[]): { from: number; to: number } {
  return { from: Math.min(...chunks.map((each) => each.from)), to: Math.max(...chunks.map((each) => each.to)) }
}
