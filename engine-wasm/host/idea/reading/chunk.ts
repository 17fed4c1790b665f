import type { Timeframe } from "../../candles/timeframe.ts"
import type { Piece } from "../words/piece.ts"
import { type Amount, amountAt } from "./amount.ts"
import { extremeAt } from "./extreme-mention.ts"
import { functionAt } from "./function-mention.ts"
import { marketAt } from "./market-mention.ts"
import type { Operand } from "./operand.ts"
import { priceAt } from "./price-mention.ts"
import { timeframeAt } from "./timeframe-mention.ts"

/** What a piece of the sentence is. */
export type ChunkKind =
  | Amount
  /** Several where they were said together: "the 20 and 50 EMA". */
  | { kind: "operand"; operands: Operand[] }
  | { kind: "market"; market: string }
  /** `isAdjective`: "daily"; `isChart`: "the daily chart". */
  | {
      kind: "timeframe"
      timeframe: Timeframe
      minutes: number
      isAdjective?: boolean
      isChart?: boolean
      isAttached?: boolean
    }
  | { kind: "pattern"; name: string }
  /** "Between 30 and 70". */
  | { kind: "range"; low: Amount; high: Amount }
  | { kind: "word"; concept: Piece["concept"] }
  /** A full stop, comma or the like. */
  | { kind: "mark"; text: string }
  | { kind: "unknown" }

/** A part of the sentence with its place. `isUsed`: a reader has taken it. */
export type Chunk = ChunkKind & { from: number; to: number; text: string; isUsed?: boolean }

/** A reader of pieces: what begins here, and the piece after it. */
export type FoundChunk = { chunk: ChunkKind; end: number }

const marks = new Set([".", ",", ";", ":", "!", "?", "(", ")", "\n", "->", "=>", "/", "|"])

/** Pieces put together: numbers with their units, functions with their lengths. */
export function chunksOf(pieces: readonly Piece[], markets: readonly string[]): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 0; at < pieces.length;) {
    const { chunk, end } = chunkAt(pieces, at, markets)
    const taken = pieces.slice(at, end)
    const text = taken.map((piece) => piece.text).join(" ")
    chunks.push({ ...chunk, from: taken[0].from, to: taken.at(-1)!.to, text })
    at = end
  }
  return chunks
}

function chunkAt(pieces: readonly Piece[], at: number, markets: readonly string[]): FoundChunk {
  return (
    markAt(pieces[at], at) ??
    marketAt(pieces, at, markets) ??
    timeframeAt(pieces, at) ??
    extremeAt(pieces, at) ??
    functionAt(pieces, at) ??
    amountAt(pieces, at) ??
    priceAt(pieces, at) ??
    wordAt(pieces, at)
  )
}

function markAt(piece: Piece, at: number): FoundChunk | undefined {
  return piece.concept === "sign" && marks.has(piece.text)
    ? { chunk: { kind: "mark", text: piece.text }, end: at + 1 }
    : undefined
}

/** The 1 of "TP1 4 %". */
function isLabel(pieces: readonly Piece[], at: number): boolean {
  const [label, next] = [pieces[at], pieces[at + 1]]
  return label?.concept === "figure" && !label.isSpaced && label.value! < 10 && next?.concept !== "percent"
}

function wordAt(pieces: readonly Piece[], at: number): FoundChunk {
  const piece = pieces[at]
  const end = at + 1
  if (piece.concept === "target" && isLabel(pieces, end))
    return { chunk: { kind: "word", concept: "target" }, end: end + 1 }
  if (piece.concept === "pattern") return { chunk: { kind: "pattern", name: piece.detail! }, end }
  if (piece.concept === "unknown") return { chunk: { kind: "unknown" }, end }
  return { chunk: { kind: "word", concept: piece.concept === "sign" ? "filler" : piece.concept }, end }
}
