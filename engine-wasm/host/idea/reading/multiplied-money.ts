import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

const doubled =
  /^(doubles?|doubled|doubling|duplica\w*|duplique\w*|doubl[eé]\w*|verdoppel\w*|verdopple|verdoppelt|dobr[ae]\w*|翻 ?倍)( |$)/
const tripled = /^(triples?|tripled|tripling|triplica\w*|triplique\w*|verdreifach\w*)( |$)/
const leaving = ["sell", "exit", "cover", "target"]

/** "Sell when I double my money", "out at a 3x": the price is up by as much as the entry, or twice that. */
export function multipliedMoney(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const percent = percentOf(chunk)
    return percent !== undefined && isOfExit(chunks, at)
      ? { from: chunk.from, to: chunk.to, text: chunk.text, kind: "amount", unit: "percent", value: percent, sign: "+" }
      : chunk
  })
}

function percentOf(chunk: Chunk): number | undefined {
  if (chunk.kind === "amount")
    return chunk.unit === "times" && chunk.value > 1 && chunk.value <= 100 ? (chunk.value - 1) * 100 : undefined
  if (chunk.kind !== "unknown" && chunk.kind !== "word") return undefined
  return doubled.test(chunk.text) ? 100 : tripled.test(chunk.text) ? 200 : undefined
}

/** Nothing but small words between it and the deed; "at 2x the average" is a line of the chart. */
function isOfExit(chunks: readonly Chunk[], at: number): boolean {
  const isOfValue = chunks.slice(at + 1, at + 5).some(({ kind }) => kind === "operand")
  let before = at - 1
  while (
    isWord(chunks[before], "filler", "at", "when", "it", "price", "market", "on", "position", "not") ||
    chunks[before]?.kind === "market"
  )
    before--
  const deed = chunks[before]
  const isTarget = isWord(deed, "target") && chunks[at].kind === "amount"
  return isWord(deed, ...leaving) && !isOfValue && !isTarget
}
