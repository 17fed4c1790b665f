import type { Chunk } from "../reading/chunk.ts"
import { isAverage, isChannel, type Operand } from "../reading/operand.ts"
import type { Sentence } from "../reading/sentence.ts"

const USUAL_ATR_LENGTH = 14
const lines = new Set(["highest", "lowest", "high", "low", "cloudTop", "cloudBottom", "sar", "supertrend", "vwap"])

/** "1 % below the 20 day low", "2 ATR under the EMA": a line of the chart at a distance, where a stop or target may be. */
export function levelAtDistance(sentence: Sentence, at: number): { operand: Operand; chunks: Chunk[] } | undefined {
  const first = meaningAfter(sentence, at + 1)
  const percent = sentence.amount(first, ["percent"])
  const count = sentence.amount(first, ["plain", "times"])
  const unit = count ? meaningAfter(sentence, first + 1) : first
  const ranges = count ? sentence.chunks[unit] : undefined
  const isRanges = ranges?.kind === "operand" && ranges.operands[0].name === "atr"
  if (!percent && !isRanges) return undefined
  const way = meaningAfter(sentence, unit + 1)
  const line = sentence.chunks[meaningAfter(sentence, way + 1)]
  if (!sentence.isWord(way, "below", "above") || line?.kind !== "operand" || line.isUsed || !isLine(line.operands[0]))
    return undefined
  const sign = sentence.isWord(way, "below") ? -1 : 1
  const [operand] = line.operands
  const words = sentence.chunks.slice(first, unit + 1)
  const distance = percent
    ? { percentOff: sign * Math.abs(percent.value) }
    : { rangesOff: { multiple: sign * count!.value, length: lengthOf(ranges!) } }
  return { operand: { ...operand, ...distance }, chunks: [...words, sentence.chunks[way], line] }
}

function lengthOf(ranges: Chunk): number {
  return (ranges.kind === "operand" && ranges.operands[0].numbers[0]) || USUAL_ATR_LENGTH
}

function isLine(operand: Operand): boolean {
  return isAverage(operand) || isChannel(operand) || lines.has(operand.name)
}

function meaningAfter(sentence: Sentence, at: number): number {
  let place = at
  while (sentence.isWord(place, "filler", "of", "at", "on", "it")) place++
  return place
}
