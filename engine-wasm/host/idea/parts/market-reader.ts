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

/** "Not BTC", "no btc ni eth": none but markets that are not meant. */
export function onlyDenied(chunks: readonly Chunk[]): boolean {
  const named = chunks.flatMap((chunk, at) => (chunk.kind === "market" ? [at] : []))
  return named.length > 0 && named.every((at) => isDenied(chunks, at))
}

/** "Not BTC": the word stands directly before it, or before the markets it is joined to. */
function isDenied(chunks: readonly Chunk[], at: number): boolean {
  for (let place = at - 1; place >= 0; place--) {
    const chunk = chunks[place]
    if (chunk.kind === "word" && chunk.concept === "not") return true
    const isJoint = chunk.kind === "word" && ["filler", "and", "or", "trade"].includes(chunk.concept)
    if (!isJoint && chunk.kind !== "market") return false
  }
  return false
}

/** "ETH instead of bitcoin": the second one is no longer meant. */
function isOld(chunks: readonly Chunk[], at: number): boolean {
  if (chunks[at].isUsed) return true
  if (isDenied(chunks, at) && !onlyDenied(chunks)) return true
  const before = chunks.slice(0, at).findLast((chunk) => chunk.kind !== "word" || chunk.concept !== "filler")
  return before?.kind === "word" && before.concept === "instead" && namesOld(before.text)
}

/** Whether what follows "instead" is what was before: "instead of", "statt", "en lugar de". */
export function namesOld(text: string): boolean {
  return / of$| de$|statt$|^(statt|anstatt|anstelle|вместо|замість|zamiast|daripada)$/.test(text)
}

const MOST_MARKETS = 100
