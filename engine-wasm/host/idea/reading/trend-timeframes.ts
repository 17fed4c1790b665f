import { isWord, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

type TimeframeChunk = Extract<Chunk, { kind: "timeframe" }>

/** "If the 4h trend is up", "in an uptrend on the daily", "tendencia diaria alcista": that timeframe's trend, not the strategy's. */
export function trendTimeframes(chunks: readonly Chunk[]): Chunk[] {
  if (!chunks.some(({ kind }) => kind === "timeframe")) return [...chunks]
  const joined = spokenTrends(chunks.map((chunk) => ({ ...chunk })))
  joined.forEach((chunk, at) => {
    if (!isTrend(chunk)) return
    const timeframe = timeframeBefore(joined, at) ?? timeframeAfter(joined, at)
    if (!timeframe) return
    timeframe.isAttached = true
    if (!explained(joined, at, timeframe)) chunk.timeframe = timeframe.timeframe
  })
  return joined
}

function isTrend(chunk: Chunk | undefined): chunk is Extract<Chunk, { kind: "word" }> {
  return isWord(chunk, "uptrend", "downtrend", "sideways", "trendFilter")
}

/** "La tendencia en 4h es alcista": the way it goes stands apart from its noun. */
function spokenTrends(chunks: Chunk[]): Chunk[] {
  chunks.forEach((noun, at) => {
    if (!/^(tendencia|tendance|trend|趋 ?势|趨 ?勢)$/.test(noun.text) || noun.kind === "operand" || isTrend(noun))
      return
    const near = chunks.slice(at + 1, at + 7)
    const place = near.findIndex((chunk) => wayOf(chunk) !== undefined)
    const between = near.slice(0, place)
    const isOne = between.every(
      (chunk) => chunk.kind === "timeframe" || isWord(chunk, "filler", "on", "of", "and", "at", "for"),
    )
    if (place < 0 || !isOne || !between.some(({ kind }) => kind === "timeframe")) return
    const { from, to, text } = near[place]
    chunks[at + 1 + place] = { kind: "word", concept: wayOf(near[place])!, from, to, text }
    for (const place of [at, ...between.map((_, n) => at + 1 + n)]) {
      const chunk = chunks[place]
      if (chunk.kind !== "timeframe")
        chunks[place] = { kind: "word", concept: "filler", from: chunk.from, to: chunk.to, text: chunk.text }
    }
  })
  return chunks
}

function wayOf({ text }: Chunk): "uptrend" | "downtrend" | undefined {
  if (
    /^(alcista|haussiere|de alta|alta|positiva|positive|a la hausse|up|bullish|aufwarts|steigend|向 ?上|上 ?涨)$/.test(
      text,
    )
  )
    return "uptrend"
  return /^(bajista|baissiere|de baixa|baixa|negativa|negative|a la baisse|down|bearish|abwarts|fallend|向 ?下|下 ?跌)$/.test(
    text,
  )
    ? "downtrend"
    : undefined
}

function timeframeBefore(chunks: readonly Chunk[], at: number): TimeframeChunk | undefined {
  let place = at - 1
  while (isWord(chunks[place], "filler", "of", "on") && place > at - 5) place--
  return openTimeframe(chunks[place])
}

/** "Uptrend on the 4h", "Aufwärtstrend im Tageschart". */
function timeframeAfter(chunks: readonly Chunk[], at: number): TimeframeChunk | undefined {
  return isWord(chunks[at + 1], "on", "of", "at") ? openTimeframe(chunks[nextMeaning(chunks, at + 2)]) : undefined
}

function openTimeframe(chunk: Chunk | undefined): TimeframeChunk | undefined {
  return chunk?.kind === "timeframe" && !chunk.isAttached ? chunk : undefined
}

/** "The 4h trend is up (ema50 > ema200)": the brackets say how it is measured. */
function explained(chunks: Chunk[], at: number, { timeframe }: TimeframeChunk): boolean {
  const end = chunks.findIndex((chunk, place) => place > at && chunk.kind === "mark" && chunk.text === ")")
  const inside = chunks[at + 1]?.text === "(" && end >= 0 ? chunks.slice(at + 2, end) : []
  if (!inside.some(({ kind }) => kind === "operand")) return false
  for (const chunk of inside)
    if (chunk.kind === "operand")
      chunk.operands = chunk.operands.map((operand) => ({ ...operand, timeframe: operand.timeframe ?? timeframe }))
  const { from, to, text } = chunks[at]
  chunks[at] = { kind: "word", concept: "filler", from, to, text }
  return true
}
