import { isWord, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isAverage, isChannel, type Operand } from "./operand.ts"

const USUAL_LENGTH = 14

/** "2 ATR below the 20 EMA" is one line: the average less two average ranges. Distances of a stop stay apart. */
export function rangeDistances(chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = []
  for (let at = 0; at < chunks.length;) {
    const found = isOfExit(chunks, at) ? undefined : distanceAt(chunks, at)
    joined.push(...(found?.chunks ?? [chunks[at]]))
    at = found?.end ?? at + 1
  }
  return joined
}

function distanceAt(chunks: readonly Chunk[], at: number): { chunks: Chunk[]; end: number } | undefined {
  const [amount, ranges] = [chunks[at], chunks[nextMeaning(chunks, at + 1)]]
  if (amount?.kind !== "amount" || (amount.unit !== "plain" && amount.unit !== "times")) return undefined
  if (ranges?.kind !== "operand" || ranges.operands.length !== 1 || ranges.operands[0].name !== "atr") return undefined
  const way = nextMeaning(chunks, nextMeaning(chunks, at + 1) + 1)
  const place = nextMeaning(chunks, way + 1)
  const [word, line] = [chunks[way], chunks[place]]
  if (!isWord(word, "below", "above") || line?.kind !== "operand" || !line.operands.every(isLine)) return undefined
  const multiple = isWord(word, "below") ? -amount.value : amount.value
  const rangesOff = {
    multiple,
    length: ranges.operands[0].numbers[0] ?? USUAL_LENGTH,
  }
  const operands = line.operands.map((operand) => ({ ...operand, rangesOff }))
  return {
    chunks: [
      { ...word, from: amount.from },
      { ...line, operands },
    ],
    end: place + 1,
  }
}

function isLine(operand: Operand): boolean {
  return isAverage(operand) || isChannel(operand) || operand.name === "highest" || operand.name === "lowest"
}

/** "Stop 2 ATR below the EMA". */
function isOfExit(chunks: readonly Chunk[], at: number): boolean {
  const before = chunks.slice(Math.max(0, at - 3), at)
  return before.some((chunk) => isWord(chunk, "stop", "target", "trailing", "breakEven"))
}
