import type { Chunk } from "../reading/chunk.ts"

export type WordName = Extract<Chunk, { kind: "word" }>["concept"]

/** Whether a chunk is one of these words. */
export const isWord = (chunk: Chunk | undefined, ...concepts: WordName[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)

/** Whether one of these words was said. */
export const says = (chunks: readonly Chunk[], ...concepts: WordName[]) =>
  chunks.some((chunk) => isWord(chunk, ...concepts))
