import type { Chunk } from "../reading/chunk.ts"
import { foldedText } from "../words/folded-text.ts"

/** A part of a sentence between commas, full stops and "and", with its words as they are once folded. */
export type Clause = { text: string; from: number; to: number }

const ends = /[;\n!?。！？；，、]|[.,](?!\d)|\s(?:and|und|y|et|e)\s|并且|同时/g

/** The clauses of what was said, with offsets in the person's own text. */
export function clausesOf(say: string): Clause[] {
  const { text, at } = foldedText(say)
  const clauses: Clause[] = []
  let from = 0
  for (const end of [...text.matchAll(ends), { index: text.length, 0: "" }]) {
    const words = text.slice(from, end.index)
    if (words.trim() !== "") clauses.push({ text: words.trim(), from: at[from], to: at[end.index] })
    from = end.index + end[0].length
  }
  return clauses
}

/** The chunks that stand in a clause and that no reader has taken. */
export function chunksIn({ from, to }: Pick<Clause, "from" | "to">, chunks: readonly Chunk[]): Chunk[] {
  return chunks.filter((chunk) => !chunk.isUsed && chunk.from >= from && chunk.to <= to)
}
