import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"

/** Takes every market that was named. */
export function readMarkets(chunks: readonly Chunk[], draft: IdeaDraft) {
  for (const chunk of chunks) {
    if (chunk.kind === "market") {
      if (!draft.markets.includes(chunk.market) && draft.markets.length < MOST_MARKETS) draft.markets.push(chunk.market)
      draft.understand([chunk], "market", chunk.market)
    } else if (chunk.kind === "word" && chunk.concept === "alts" && draft.markets.length === 0) {
      draft.markets = ["ETH/USDT", "SOL/USDT"]
      draft.assume("market", draft.markets.join(", "))
      draft.understand([chunk], "market", draft.markets.join(", "))
    }
  }
}

const MOST_MARKETS = 100
