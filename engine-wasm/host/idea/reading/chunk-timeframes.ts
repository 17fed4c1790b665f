import { isWord, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

/** "The daily 50 EMA", "RSI on the 4h": the value is that timeframe's. */
export function onTimeframes(chunks: readonly Chunk[]): Chunk[] {
  const joined = chunks.map((chunk) => ({ ...chunk }))
  joined.forEach((chunk, at) => {
    if (chunk.kind !== "operand") return
    const place = timeframeBefore(joined, at) ?? timeframeAfter(joined, at)
    const found = place === undefined ? undefined : joined[place]
    if (found?.kind !== "timeframe") return
    chunk.operands = chunk.operands.map((operand) => ({ ...operand, timeframe: operand.timeframe ?? found.timeframe }))
    found.isAttached = true
  })
  joined.forEach((chunk, at) => {
    const next = joined[at + 1]
    // "Two EMAs, 10 and 30": the count says nothing more.
    if (
      chunk.kind === "amount" &&
      next?.kind === "operand" &&
      next.operands.length > 1 &&
      chunk.value === next.operands.length
    )
      chunk.isUsed = true
    // "At 4h closes": where, not a comparison.
    if (isWord(chunk, "at") && joined[at + 1]?.kind === "timeframe") chunk.isUsed = true
  })
  return joined
}

/** "Daily RSI", "4h 50 EMA": directly before, and no chart of its own. */
function timeframeBefore(chunks: readonly Chunk[], at: number): number | undefined {
  const before = chunks[at - 1]
  return before?.kind === "timeframe" && !before.isChart && !before.isAttached ? at - 1 : undefined
}

/** "RSI on the daily", "EMA 50 on 4h". */
function timeframeAfter(chunks: readonly Chunk[], at: number): number | undefined {
  if (!isWord(chunks[at + 1], "on", "of")) return undefined
  const place = nextMeaning(chunks, at + 2)
  const found = chunks[place]
  return found?.kind === "timeframe" && !found.isAttached ? place : undefined
}
