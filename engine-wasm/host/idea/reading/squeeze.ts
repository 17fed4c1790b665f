import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import type { Condition } from "./condition.ts"

/** A squeeze with numbers of its own, and the chunks that say it. */
export type FoundSqueeze = { chunks: Chunk[]; condition: Condition; assumes: string }

/** "Bollinger squeeze of 20 candles", "Bollinger 30 squeeze": narrow among so many widths of those bands. */
export function squeezeIn(chunks: readonly Chunk[]): FoundSqueeze | undefined {
  const at = chunks.findIndex((chunk) => isWord(chunk, "squeeze") && !chunk.isUsed)
  if (at < 0) return undefined
  const near = chunks.slice(Math.max(0, at - REACH), at + REACH + 1).filter(({ isUsed }) => !isUsed)
  const bands = near.find((chunk) => chunk.kind === "operand" && chunk.operands[0].name === "bbands")
  const span = near.find((chunk) => chunk.kind === "amount" && chunk.unit === "candles" && !chunk.list)
  const isCompared = near.some((chunk) => isWord(chunk, "above", "below", "cross", "crossUp", "crossDown"))
  if ((!bands && !span) || isCompared) return undefined
  const [length = 20, deviations = 2] = bands?.kind === "operand" ? bands.operands[0].numbers : []
  const candles = span?.kind === "amount" ? span.value : 100
  if (!Number.isInteger(candles) || candles < 2) return undefined
  const text = `percentRank(bbands(close, ${length}, ${deviations}).width, ${candles}) < 20`
  const said = [bands, chunks[at], span].filter((each) => each !== undefined)
  return { chunks: said, condition: { kind: "formula", text }, assumes: "squeeze" }
}

/** Chunks on either side of the word in which its numbers stand. */
const REACH = 3
