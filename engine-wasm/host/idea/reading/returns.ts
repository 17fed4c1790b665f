import { isWord, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isPrice, numberOperand, type Operand, priceOperand } from "./operand.ts"

const downs = ["down", "falling", "dip", "below", "crossDown"]
/** What is done, or a condition of its own, between the two. */
const deeds = ["buy", "sell", "exit", "short", "cover", "long", "when", "or", "unless"]
const LONGEST_RETURN = 10

/** "Dips below 95k but closes back above": the low was beyond it, the close is not. */
export function returns(chunks: readonly Chunk[]): Chunk[] {
  const back = chunks.findIndex((chunk, at) => isWord(chunk, "back", "opposite") && isOpenEnd(chunks, at))
  if (back < 0) return [...chunks]
  const place = chunks.findLastIndex(
    (chunk, at) => at < back && at >= back - LONGEST_RETURN && levelOf(chunk) !== undefined,
  )
  const level = levelOf(chunks[place])
  const side = chunks.findLastIndex(
    (chunk, at) => at < place && isWord(chunk, "below", "above", "crossDown", "crossUp"),
  )
  const end = sideAfter(chunks, back)
  const isApart = chunks.slice(place, back).some((chunk) => isWord(chunk, ...deeds))
  if (isApart || chunks[priceBefore(chunks, side)]?.text.startsWith("clos")) return [...chunks]
  if (!level || side < 0 || place - side > 3 || end < 0) return [...chunks]
  const isBelow = downs.some((concept) => isWord(chunks[side], concept))
  if (isBelow !== isWord(chunks[end], "above", "crossUp")) return [...chunks]
  const start = priceBefore(chunks, side)
  const at = (chunk: Chunk) => ({ from: chunk.from, to: chunk.to, text: chunk.text })
  return chunks.flatMap((chunk, n): Chunk[] => {
    if (n === start) return []
    if (n > start && n < side && isWord(chunk, "down", "up", "dip", "rally", "falling", "rising", "cross"))
      return [{ ...chunk, kind: "word", concept: "filler" }]
    if (n === side) {
      const edge: Chunk = {
        kind: "operand",
        operands: [priceOperand(isBelow ? "low" : "high")],
        ...at(chunks[start] ?? chunk),
      }
      return [edge, { ...chunk, kind: "word", concept: isBelow ? "below" : "above" }]
    }
    if (n === back) return [{ ...chunk, kind: "word", concept: "filler" }]
    if (n === end)
      return [
        { ...chunk, kind: "word", concept: isBelow ? "above" : "below" },
        { kind: "operand", operands: [level], ...at(chunk) },
      ]
    return [chunk]
  })
}

function levelOf(chunk: Chunk | undefined): Operand | undefined {
  if (chunk?.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")) return numberOperand(chunk.value)
  return chunk?.kind === "operand" && chunk.operands.length === 1 && !isPrice(chunk.operands[0])
    ? chunk.operands[0]
    : undefined
}

/** The word for the side, next to "back". */
function sideAfter(chunks: readonly Chunk[], at: number): number {
  return (
    [nextMeaning(chunks, at + 1), at - 1].find((n) => isWord(chunks[n], "above", "below", "crossUp", "crossDown")) ?? -1
  )
}

/** Nothing is named after "back above". */
function isOpenEnd(chunks: readonly Chunk[], at: number): boolean {
  const side = sideAfter(chunks, at)
  const next = side < 0 ? undefined : chunks[nextMeaning(chunks, Math.max(side, at) + 1)]
  return side >= 0 && (!next || next.kind === "mark" || isWord(next, "it", "buy", "long", "and", "next"))
}

function priceBefore(chunks: readonly Chunk[], side: number): number {
  return chunks.findLastIndex(
    (chunk, n) =>
      n < side && n >= side - 4 && chunk.kind === "operand" && chunk.operands.every(({ name }) => name === "close"),
  )
}
