import { knownTickers, quoteCurrencies } from "../words/coin-names.ts"
import type { Piece } from "../words/piece.ts"
import type { FoundChunk } from "./chunk.ts"

/** "BTC", "ETH/USDC", "SOLUSDT", and any market the person can trade. */
export function marketAt(pieces: readonly Piece[], at: number, markets: readonly string[]): FoundChunk | undefined {
  const base = baseAt(pieces, at, markets)
  if (base === undefined) return undefined
  const quote = quoteAfter(pieces, at + 1)
  const market = `${base.base}/${quote?.quote ?? base.quote ?? usualQuote(base.base, markets)}`
  return { chunk: { kind: "market", market }, end: quote?.end ?? at + 1 }
}

function baseAt(
  pieces: readonly Piece[],
  at: number,
  markets: readonly string[],
): { base: string; quote?: string } | undefined {
  const piece = pieces[at]
  if (piece.concept === "coin") return { base: piece.detail! }
  // "near/usdt": the pair was written as one.
  if (isPair(pieces, at)) return { base: piece.text.toUpperCase() }
  // A ticker that is a word too, such as LINK, is one in capitals.
  if (piece.isCapital && knownTickers.has(piece.text.toUpperCase()) && piece.concept !== "function")
    return { base: piece.text.toUpperCase() }
  if (isBoughtTicker(pieces, at)) return { base: piece.text.toUpperCase() }
  if (piece.concept !== "unknown") return undefined
  const ticker = piece.text.toUpperCase()
  const joined = quoteCurrencies.find((quote) => ticker.endsWith(quote) && ticker.length > quote.length + 1)
  if (joined) return { base: ticker.slice(0, -joined.length), quote: joined }
  const isListed = markets.some((market) => market.split("/")[0].toUpperCase() === ticker)
  if (isListed || (knownTickers.has(ticker) && piece.isCapital)) return { base: ticker }
  const next = quoteAfter(pieces, at + 1)
  return isTicker(piece) && (next !== undefined || (piece.isCapital && !isMeasured(pieces, at + 1)))
    ? { base: ticker }
    : undefined
}

/** "Buy link when …": the ticker is what is bought, where nothing else could be; "buy near the average" is none. */
function isBoughtTicker(pieces: readonly Piece[], at: number): boolean {
  const [before, next] = [pieces[at - 1], pieces[at + 1]]
  const isBought = before !== undefined && ["buy", "long", "short", "sell"].includes(before.concept)
  const isEnd = !next || next.concept === "when" || (next.concept === "sign" && /^[,.;:(]$/.test(next.text))
  return isBought && isEnd && knownTickers.has(pieces[at].text.toUpperCase())
}

function isPair(pieces: readonly Piece[], at: number): boolean {
  const [base, joint, quote] = pieces.slice(at, at + 3)
  if (joint?.text !== "/" || joint.isSpaced || quote?.isSpaced) return false
  return isTicker(base) && base.concept !== "dollar" && quoteAfter(pieces, at + 1) !== undefined
}

/** "XYZ 14 below 30", "QQQ(20)": a value with a length, not a market. */
function isMeasured(pieces: readonly Piece[], at: number): boolean {
  const [next, then] = pieces.slice(at, at + 2)
  if (next?.text === "(") return then?.concept === "figure"
  return next?.concept === "figure" && ["above", "below", "cross", "crossUp", "crossDown"].includes(then?.concept)
}

function isTicker({ text }: Piece): boolean {
  return /^[a-z][a-z0-9]{1,9}$/.test(text)
}

/** "/USDT", "-USD", " USDT". */
function quoteAfter(pieces: readonly Piece[], at: number): { quote: string; end: number } | undefined {
  const joint = pieces[at]?.text === "/" || pieces[at]?.text === "-" ? 1 : 0
  const piece = pieces[at + joint]
  const name = piece?.text.toUpperCase() as (typeof quoteCurrencies)[number]
  // "BTC/ETH" are two markets: nobody prices the first in the second.
  if (pieces[at - 1]?.detail === "BTC" && name === "ETH") return undefined
  if (!quoteCurrencies.includes(name) || (joint === 0 && !/^(USDT|USDC)$/.test(name))) return undefined
  return { quote: name, end: at + joint + 1 }
}

function usualQuote(base: string, markets: readonly string[]): string {
  return markets.find((market) => market.startsWith(`${base}/`))?.split("/")[1] ?? "USDT"
}
