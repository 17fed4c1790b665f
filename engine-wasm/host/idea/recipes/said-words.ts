import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"

export type WordName = Extract<Chunk, { kind: "word" }>["concept"]

/** Whether a chunk is one of these words. */
export const isWord = (chunk: Chunk | undefined, ...concepts: WordName[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)

/** Whether one of these words was said. */
export const says = (chunks: readonly Chunk[], ...concepts: WordName[]) =>
  chunks.some((chunk) => isWord(chunk, ...concepts))

/** Takes the words by which a recipe was known. */
export function understandName(chunks: readonly Chunk[], draft: IdeaDraft, name: WordName) {
  const words = chunks.filter((chunk) => !chunk.isUsed && isWord(chunk, name))
  for (const word of words) draft.understand([word], "enter", name)
}
