import { isWord, lastMeaning, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isAverage, isChannel, type Operand } from "./operand.ts"

const beside = ["touch", "reach", "above", "below", "cross", "crossUp", "crossDown", "back"]
const articles = /^(the|der|die|das|dem|den|la|el|le|a|o|its)$/

/** "EMA 9/21/55, buy the pullback to the 21": a length that was said names its average. */
export function lengthsAgain(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "amount" || chunk.unit !== "plain" || chunk.list || !articles.test(chunks[at - 1]?.text ?? ""))
      return chunk
    if (!isWord(chunks[lastMeaning(chunks, at - 1)], ...beside) || isUnit(chunks[at + 1])) return chunk
    const said = linesOf(chunks).filter((each) => isAverage(each) && each.numbers[0] === chunk.value)
    const { from, to, text } = chunk
    return said.length > 0 ? { kind: "operand" as const, operands: [said[0]], from, to, text } : chunk
  })
}

function isUnit(chunk: Chunk | undefined): boolean {
  return chunk?.kind === "operand" || isWord(chunk, "day", "candle", "average", "length")
}

function linesOf(chunks: readonly Chunk[]): Operand[] {
  return chunks.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands : []))
}

const pronouns = /^(it|there|dahin|dorthin|ihn|ella|el|elle|ela|ele)$/

/** "5 % below the average, sell when it gets back to it": the line that was spoken of. */
export function linesAgain(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (!pronouns.test(chunk.text) || !isWord(chunks[lastMeaning(chunks, at - 1)], "reach", "touch")) return chunk
    const next = chunks[nextMeaning(chunks, at + 1)]
    if (next && next.kind !== "mark" && !isWord(next, "and", "or", "next")) return chunk
    const line = chunks
      .slice(0, at)
      .findLast((each) => each.kind === "operand" && each.operands.every((one) => isAverage(one) || isChannel(one)))
    const { from, to, text } = chunk
    return line?.kind === "operand" ? { kind: "operand" as const, operands: line.operands, from, to, text } : chunk
  })
}
