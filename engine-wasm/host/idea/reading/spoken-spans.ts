import { isWord, lastMeaning, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

type TimeframeChunk = Extract<Chunk, { kind: "timeframe" }>

/** "Drops 3 % in 4h" beside another chart, "sell at 2 % or after 12h": lengths of time, no charts. */
export function spokenSpans(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "timeframe" || chunk.isAdjective || chunk.isChart || chunk.isAttached) return chunk
    return isWait(chunks, at) || (hasOther(chunks, chunk) && isOfMove(chunks, at)) ? span(chunk) : chunk
  })
}

function span({ from, to, text, minutes }: TimeframeChunk & Chunk): Chunk {
  const unitMinutes = minutes % 1_440 === 0 ? 1_440 : minutes % 60 === 0 ? 60 : 1
  return { kind: "amount", unit: "minutes", value: minutes, unitMinutes, from, to, text }
}

/** "Sell at +2 % or after 12h": the clause says how it is left. */
function isWait(chunks: readonly Chunk[], at: number): boolean {
  // "Wait 4h after a loss".
  if (isWord(chunks[lastMeaning(chunks, at - 1)], "cooldown")) return true
  const next = chunks[nextMeaning(chunks, at + 1)]
  if (!isWord(chunks[lastMeaning(chunks, at - 1)], "after") || isWord(next, "close", "open", "candle")) return false
  for (let place = at - 1; place >= 0; place--) {
    const chunk = chunks[place]
    if (chunk.kind === "mark" || isWord(chunk, "buy", "long", "short")) return false
    if (isWord(chunk, "sell", "exit", "cover", "take", "target", "hold")) return true
  }
  return false
}

function hasOther(chunks: readonly Chunk[], one: TimeframeChunk): boolean {
  return chunks.some(
    (chunk) => chunk.kind === "timeframe" && !chunk.isAttached && chunk !== one && chunk.minutes !== one.minutes,
  )
}

/** "Falls 5 % in 4h": a percentage and the way of it stand before. */
function isOfMove(chunks: readonly Chunk[], at: number): boolean {
  let place = at - 1
  while (isWord(chunks[place], "filler", "last")) place--
  if (!isWord(chunks[place], "on", "of")) return false
  const near = chunks.slice(Math.max(0, place - 3), place)
  return (
    near.some((chunk) => chunk.kind === "amount" && chunk.unit === "percent") &&
    chunks
      .slice(Math.max(0, place - 5), place)
      .some((chunk) => isWord(chunk, "up", "down", "dip", "rally", "falling", "rising", "lose", "win"))
  )
}
