import type { Meaning, PhraseBook } from "./phrase-book.ts"
import { knownTickers } from "./coin-names.ts"
import { MOST_SPELLED, spelled } from "./spelling.ts"
import type { Token } from "./token.ts"

/** One or more tokens with what they mean; without a meaning where no table knows them. */
export type Piece = {
  /** UTF-16 offsets in the person's sentence. */
  from: number
  to: number
  /** Folded. */
  text: string
  isSpaced: boolean
  isCapital?: boolean
  concept: Meaning["concept"] | "figure" | "sign" | "unknown"
  detail?: string
  value?: number
  list?: number[]
}

/** A single Latin letter is one of these units only beside a number. */
const units = new Set<Meaning["concept"]>([
  "times",
  "minute",
  "hour",
  "day",
  "week",
  "month",
  "year",
  "reward",
  "dollar",
])

/** Reads tokens as pieces by phrase books, the first book's meaning first; unknown words are spelled anew once. */
export function piecesOf(tokens: readonly Token[], books: readonly PhraseBook[]): Piece[] {
  const mended = mendedTokens(tokens, books)
  const pieces: Piece[] = []
  for (let at = 0; at < mended.length;) {
    const found = longestPhrase(mended, at, books)
    const end = found?.end ?? at + 1
    pieces.push(pieceOf(mended.slice(at, end), found?.meaning))
    at = end
  }
  return pieces
}

function longestPhrase(tokens: readonly Token[], at: number, books: readonly PhraseBook[]) {
  let best: ReturnType<PhraseBook["longestAt"]>
  for (const book of books) {
    const found = book.longestAt(tokens, at)
    if (found && found.end > (best?.end ?? at)) best = found
  }
  const isUnit = best?.end === at + 1 && units.has(best.meaning.concept) && /^[a-z]$/.test(tokens[at].text)
  if (isUnit && !besideNumber(tokens, at)) return undefined
  return best
}

function besideNumber(tokens: readonly Token[], at: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  return before?.kind === "number" || (after?.kind === "number" && !after.isSpaced)
}

function pieceOf(tokens: readonly Token[], meaning: Meaning | undefined): Piece {
  const [first, last] = [tokens[0], tokens.at(-1)!]
  const place = {
    from: first.from,
    to: last.to,
    isSpaced: first.isSpaced,
    isCapital: first.isCapital,
    text: tokens.map(({ text }) => text).join(" "),
  }
  if (meaning) return { ...place, ...meaning }
  if (first.kind === "number") return { ...place, concept: "figure", value: first.value, list: first.list }
  return { ...place, concept: first.kind === "sign" ? "sign" : "unknown" }
}

function mendedTokens(tokens: readonly Token[], books: readonly PhraseBook[]): Token[] {
  let left = MOST_SPELLED
  return tokens.map((token, at) => {
    // "link/usdt" is a market, however it is spelled.
    const isPair = tokens[at + 1]?.text === "/" && !tokens[at + 1].isSpaced
    if (
      isPair ||
      token.kind !== "word" ||
      token.isCapital ||
      knownTickers.has(token.text.toUpperCase()) ||
      token.text.length < 4 ||
      isKnown(token, books) ||
      left-- <= 0
    )
      return token
    const text = spelled(
      token.text,
      books.slice(0, 3).map(({ vocabulary }) => vocabulary),
    )
    return text === undefined ? token : { ...token, text }
  })
}

function isKnown(token: Token, books: readonly PhraseBook[]): boolean {
  return (
    books.some((book) => book.longestAt([token], 0) !== undefined) ||
    books.some((book) => book.vocabulary.has(token.text))
  )
}
