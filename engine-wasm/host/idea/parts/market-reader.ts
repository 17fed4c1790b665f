import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"

/** Takes every market that was named. */
export function readMarkets(chunks: readonly Chunk[], draft: IdeaDraft) {
  for (const [at, chunk] of chunks.entries()) {
    if (chunk.kind === "market") {
      if (!isOld(chunks, at) && !draft.markets.includes(chunk.market) && draft.markets.length < MOST_MARKETS)
        draft.markets.push(chunk.market)
      draft.understand([chunk], "market", chunk.market)
    } else if (chunk.kind === "word" && chunk.concept === "alts" && draft.markets.length === 0) {
      draft.markets = ["ETH/USDT", "SOL/USDT"]
      draft.assume("market", draft.markets.join(", "))
      draft.understand([chunk], "market", draft.markets.join(", "))
    }
  }
}

/** "ETH instead of bitcoin": the second one is no longer meant. */
function isOld(chunks: readonly Chunk[], at: number): boolean {
  if (chunks[at].isUsed) return true
  const before = chunks.slice(0, at).findLast((chunk) => chunk.kind !== "word" || chunk.concept !== "filler")
  return before?.kind === "word" && before.concept === "instead" && namesOld(before.text)
}

/** Whether what follows "instead" is what was before: "instead of", "statt", "en lugar de". */
export function namesOld(text: string): boolean {
  return / of$| de$|statt$|^(statt|anstatt|anstelle|вместо|замість|zamiast|daripada)$/.test(text)
}

const MOST_MARKETS = 100
