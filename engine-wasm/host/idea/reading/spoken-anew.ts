import { isWord, lastMeaning, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isPrice } from "./operand.ts"

/** "Limit 1 % under the close" is an order; "safety orders: base $20" is the first one's size, no line of Ichimoku. */
export function orderWords(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const [next, way] = [chunks[at + 1], chunks[at + 2]]
    const isMoney = next?.kind === "amount" && next.unit === "money"
    if (
      /^base( order)?$/.test(chunk.text) &&
      (isWord(chunk, "base") || chunk.kind === "operand") &&
      (isMoney || next?.text === "order")
    )
      return { ...chunk, kind: "word" as const, concept: "filler" as const }
    const isOffset = next?.kind === "amount" && next.unit === "percent" && isWord(way, "below", "above", "away")
    const price = chunks[nextMeaning(chunks, at + 3)]
    const isOfPrice = price?.kind === "operand" ? price.operands.every(isPrice) : isWord(price, "price", "it")
    return /^(limite?|límite)$/.test(chunk.text) && isOffset && isOfPrice
      ? { ...chunk, kind: "word" as const, concept: "limitOrder" as const }
      : chunk
  })
}

/** "Compre a queda", "achète le creux": a fall that is bought is a dip. */
export function boughtDips(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const isFall = /^(queda|caida|caida de|creux|baisse|bajada)$/.test(chunk.text)
    const next = chunks[nextMeaning(chunks, at + 1)]
    return isFall && isWord(chunks[lastMeaning(chunks, at - 1)], "buy") && next?.kind !== "amount"
      ? { ...chunk, kind: "word" as const, concept: "dip" as const }
      : chunk
  })
}

const LEAST_MONEY = 100

/** "Use 1k per trade": no trade takes so many percent. */
export function plainMoney(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "amount" || chunk.unit !== "plain" || chunk.list || chunk.value < LEAST_MONEY) return chunk
    const isSpent = isWord(chunks[nextMeaning(chunks, at + 1)], "perTrade")
    return isSpent && !isWord(chunks[at - 1], "above", "below", "at") ? { ...chunk, unit: "money" as const } : chunk
  })
}

/** "Volume is 3x the average": that of the volume, not the price a position was bought at. */
export function volumeAverages(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const times = chunks[at - 1]
    const isTimes = times?.kind === "amount" && times.unit === "times"
    const isOfVolume = chunks.slice(0, at).some((each) => each.kind === "operand" && each.operands[0].name === "volume")
    if (!isWord(chunk, "entryPrice") || !/average|durchschnitt|media|moyenne|m[eé]dio/.test(chunk.text)) return chunk
    if (!isTimes || !isOfVolume) return chunk
    const { from, to, text } = chunk
    return { kind: "operand" as const, operands: [{ name: "sma", numbers: [], source: "volume" }], from, to, text }
  })
}
