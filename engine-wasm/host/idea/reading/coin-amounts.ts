import { isWord, lastMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

/** "Buy 0.01 BTC": a count of coins is no price; no size is said in coins, so it is named as not used. */
export function coinAmounts(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const isCount = chunk.kind === "amount" && chunk.unit === "plain" && !chunk.list && chunk.value > 0
    const isBought = isWord(chunks[lastMeaning(chunks, at - 1)], "buy", "long", "short", "sell")
    if (!isCount || !isBought || chunks[at + 1]?.kind !== "market") return chunk
    const { from, to, text } = chunk
    return { kind: "unknown" as const, from, to, text }
  })
}
