import type { Amount } from "./amount.ts"
import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import type { FoundRun } from "./candle-run.ts"
import { breakoutOver, wordCondition } from "./condition-words.ts"
import { isAverage, isPrice } from "./operand.ts"

/** "The breakout of the last 20 candles with volume above …": a break of its own, whatever value is spoken of next. */
export function breakIn(chunks: readonly Chunk[]): FoundRun | undefined {
  const at = chunks.findIndex((chunk) => !chunk.isUsed && isWord(chunk, "breakout", "breakdown", "cross"))
  if (at < 0) return undefined
  const word = chunks[at]
  const isUp = !isWord(word, "breakdown")
  const span = spanAt(chunks, at)
  if (span && (isWord(word, "cross") || chunks.slice(at).some(isOtherValue)))
    return { chunks: [word, span], condition: breakoutOver(span, isUp) }
  const next = chunks.slice(at + 1).find((chunk) => !chunk.isUsed && chunk.kind === "operand")
  const own = next && isOtherValue(next) && word.kind === "word" ? wordCondition(word.concept) : undefined
  return own && { chunks: [word], ...own }
}

/** A value that no price breaks: the volume, an oscillator. */
function isOtherValue(chunk: Chunk): boolean {
  return (
    chunk.kind === "operand" &&
    !chunk.isUsed &&
    chunk.operands.every(
      ({ name, ...operand }) =>
        !onChart.has(name) && !isPrice({ name, ...operand }) && !isAverage({ name, ...operand }),
    )
  )
}

const onChart = new Set([
  "highest",
  "lowest",
  "donchian",
  "bbands",
  "keltner",
  "cloudTop",
  "cloudBottom",
  "ichimoku",
  "number",
])

/** "Of the last 20 candles", "20 days", directly before or after; "crosses in 5 candles" only after. */
function spanAt(chunks: readonly Chunk[], at: number): (Chunk & Amount) | undefined {
  let place = at + 1
  while (isWord(chunks[place], "filler", "of", "on", "last", "from")) place++
  const isLast = chunks.slice(at + 1, place).some((chunk) => isWord(chunk, "last"))
  const isOfLine = chunks.slice(0, at).some((chunk) => chunk.kind === "operand" && !chunk.operands.every(isPrice))
  if (isWord(chunks[at], "cross") && (isOfLine || isWord(chunks[at + 1], "on"))) return undefined
  if (isWord(chunks[at], "cross") && !isLast && !isPastCandles(chunks[place])) return undefined
  return (isWord(chunks[at], "cross") ? [chunks[place]] : [chunks[place], chunks[at - 1]]).find(
    (chunk): chunk is Chunk & Amount =>
      chunk?.kind === "amount" && !chunk.isUsed && (chunk.unit === "candles" || chunk.unit === "minutes"),
  )
}

/** "Des 20 dernières bougies". */
function isPastCandles(chunk: Chunk | undefined): boolean {
  return chunk?.kind === "amount" && chunk.isLast === true
}
