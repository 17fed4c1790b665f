import { isWord, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import type { FoundRun } from "./candle-run.ts"
import { callText } from "./operand.ts"

const apart = /^(abstand|distancia|diferencia|ecart|diferenca|差 ?距|距 ?离)$/

/** "The spread between EMA 10 and EMA 30 is more than 2 %": how far two lines are apart, whichever is higher. */
export function spreadIn(chunks: readonly Chunk[]): FoundRun | undefined {
  const at = chunks.findIndex((chunk) => (isWord(chunk, "width") || apart.test(chunk.text)) && !chunk.isUsed)
  const place = nextMeaning(chunks, at + 1)
  const lines = at < 0 ? undefined : chunks[place]
  if (lines?.kind !== "operand" || !lines.isBetween || lines.isUsed) return undefined
  const word = chunks[nextMeaning(chunks, place + 1)]
  const amount = chunks.find((chunk, n) => n > place && chunk.kind === "amount" && !chunk.isUsed)
  if (!isWord(word, "above", "below", "atLeast", "atMost") || amount?.kind !== "amount" || word.kind !== "word")
    return undefined
  const [one, other] = lines.operands.map(callText)
  const distance = amount.unit === "percent" ? `abs(${one} / ${other} - 1) * 100` : `abs(${one} - ${other})`
  const sign = word.concept === "above" || word.concept === "atLeast" ? ">" : "<"
  const text = `${distance} ${sign} ${amount.value}`
  // To a seller they are as far apart.
  return { chunks: [chunks[at], lines, word, amount], condition: { kind: "formula", text, opposite: text } }
}
