import type { FoldedText } from "./folded-text.ts"
import { numeralAt } from "./numeral.ts"

/** A word, number or sign of the person's sentence. */
export type Token = {
  kind: "word" | "number" | "sign"
  /** Folded. Writings without spaces give one token for each letter. */
  text: string
  /** UTF-16 offsets in the person's sentence. */
  from: number
  to: number
  /** Whether white space stands before it. */
  isSpaced: boolean
  /** Whether it was written in capitals, as tickers are. */
  isCapital?: boolean
  value?: number
  /** See `Numeral`. */
  list?: number[]
}

/** Nobody says a strategy in more words; the rest is named as not understood. */
export const MOST_TOKENS = 1_200

const capitals = /^[A-Z]{2,6}$/
const space = /\s+/y
const letterOfItsOwn = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]/uy
const word = /(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー])[\p{L}\p{M}_])+/uy
/** ".5" as many write a half. */
const bareFraction = /[-+]?\.\d+(?!\.?\d)/y
const signs = /<=|>=|==|=>|->|\.{2,}|[^]/uy

/** Cuts a folded text into tokens, at most `MOST_TOKENS`. */
export function tokensOf({ say, text, at }: FoldedText, { decimalComma = false } = {}): Token[] {
  const tokens: Token[] = []
  let next = 0
  while (next < text.length && tokens.length < MOST_TOKENS) {
    const start = matchEnd(space, text, next)
    const gap = text.slice(next, start)
    if (gap.includes("\n")) tokens.push({ kind: "sign", text: "\n", from: at[next], to: at[next + 1], isSpaced: false })
    if (start >= text.length) break
    const { end, ...rest } = tokenAt(text, start, decimalComma)
    const place = { from: at[start], to: at[end], isSpaced: gap !== "" }
    tokens.push({
      ...rest,
      ...place,
      text: text.slice(start, end),
      isCapital: capitals.test(say.slice(place.from, place.to)),
    })
    next = end
  }
  return withoutShouting(tokens)
}

/** Where all is in capitals, none of it is a ticker for that. */
function withoutShouting(tokens: Token[]): Token[] {
  const words = tokens.filter(({ kind }) => kind === "word")
  const capital = words.filter(({ isCapital }) => isCapital)
  if (words.length < 4 || capital.length < words.length * 0.6) return tokens
  return tokens.map((token) => ({ ...token, isCapital: false }))
}

type Found = Pick<Token, "kind" | "value" | "list"> & { end: number }

function tokenAt(text: string, place: number, decimalComma: boolean): Found {
  const sign = signAt(text, place)
  const digits = sign === 0 ? place : place + 1
  const first = text[digits] ?? ""
  if (first >= "0" && first <= "9") {
    const numeral = numeralAt(text, digits, decimalComma)
    return { kind: "number", ...numeral, value: sign < 0 ? -numeral.value : numeral.value }
  }
  const fraction = matchEnd(bareFraction, text, place)
  if (fraction > place && !/[\d.\p{L}]/u.test(text[place - 1] ?? ""))
    return { kind: "number", end: fraction, value: Number(text.slice(place, fraction)) }
  const own = matchEnd(letterOfItsOwn, text, place)
  if (own > place) return { kind: "word", end: own }
  // "2xATR": the x belongs to the number.
  if (text[place] === "x" && /[0-9]/.test(text[place - 1] ?? "") && /[a-z]/.test(text[place + 1] ?? ""))
    return { kind: "word", end: place + 1 }
  const letters = matchEnd(word, text, place)
  if (letters > place) return { kind: "word", end: letters }
  return { kind: "sign", end: matchEnd(signs, text, place) }
}

/** A plus or minus belongs to the number that follows at once, unless it joins two things as in "8-16". */
function signAt(text: string, place: number): -1 | 0 | 1 {
  const sign = text[place]
  if (sign !== "-" && sign !== "+") return 0
  if (!/[0-9]/.test(text[place + 1] ?? "")) return 0
  if (/[\p{L}\p{N}%)]/u.test(text[place - 1] ?? "")) return 0
  return sign === "-" ? -1 : 1
}

function matchEnd(pattern: RegExp, text: string, place: number): number {
  pattern.lastIndex = place
  return pattern.test(text) ? pattern.lastIndex : place
}
