import type { Timeframe } from "../../candles/timeframe.ts"
import type { Piece } from "../words/piece.ts"
import { type Amount, amountAt } from "./amount.ts"
import { extremeAt } from "./extreme-mention.ts"
import { functionAt } from "./function-mention.ts"
import { marketAt } from "./market-mention.ts"
import { numberAt } from "./number-words.ts"
import type { Operand } from "./operand.ts"
import { hasScale } from "./spoken-limit.ts"
import { priceAt } from "./price-mention.ts"
import type { TimeZone } from "./time-zones.ts"
import { timeframeAt } from "./timeframe-mention.ts"

/** What a piece of the sentence is. */
export type ChunkKind =
  | Amount
  /** Several where they were said together: "the 20 and 50 EMA". */
  | { kind: "operand"; operands: Operand[]; isBetween?: boolean }
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
  /** "Between 30 and 70"; hours of the day are in UTC, and `zone` is the clock they were said on. */
  | { kind: "range"; low: Amount; high: Amount; zone?: TimeZone }
  /** `timeframe`: of a trend, "the 4h trend is up". */
  | { kind: "word"; concept: Piece["concept"]; timeframe?: Timeframe }
  /** A full stop, comma or the like. */
  | { kind: "mark"; text: string }
  | { kind: "unknown" }

/** A part of the sentence with its place. `isUsed`: a reader has taken it. */
export type Chunk = ChunkKind & { from: number; to: number; text: string; isUsed?: boolean }

/** A reader of pieces: what begins here, and the piece after it. */
export type FoundChunk = { chunk: ChunkKind; end: number }

const marks = new Set([".", ",", ";", ":", "!", "?", "(", ")", "\n", "->", "=>", "/", "|"])

/** Pieces put together: numbers with their units, functions with their lengths. */
export function chunksOf(given: readonly Piece[], markets: readonly string[]): Chunk[] {
  const pieces = withValueFirst(withLengthsFirst(dayLines(given)))
  const chunks: Chunk[] = []
  for (let at = 0; at < pieces.length;) {
    const { chunk, end } = chunkAt(pieces, at, markets)
    const taken = pieces.slice(at, end)
    const text = taken.map((piece) => piece.text).join(" ")
    const [from, to] = [Math.min(...taken.map((each) => each.from)), Math.max(...taken.map((each) => each.to))]
    chunks.push({ ...chunk, from, to, text })
    at = end
  }
  return chunks
}

/** "Die 50-Tage-Linie" is an average. */
function dayLines(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, at) => {
    const before = pieces[at - 1]?.text === "-" ? at - 2 : at - 1
    const isDays = piece.text === "linie" && pieces[before]?.concept === "day"
    return isDays ? { ...piece, concept: "average" as const } : piece
  })
}

const signs = new Set<Piece["concept"]>(["cross", "crossUp", "crossDown", "green", "red", "up", "down"])

/** "EMA cross 10/30", "supertrend green 10,3": the lengths belong to the name before the word. */
function withLengthsFirst(pieces: readonly Piece[]): Piece[] {
  const moved = [...pieces]
  for (let at = 1; at < moved.length - 2; at++) {
    const [name, sign, length, joint, other] = moved.slice(at - 1, at + 4)
    const isName = name.concept === "function" || name.concept === "average"
    const isSpaced =
      joint?.concept === "figure" &&
      length.list === undefined &&
      ["cross", "crossUp", "crossDown"].includes(sign.concept)
    const isList = length.list !== undefined || (/^[/,]$/.test(joint?.text ?? "") && other?.concept === "figure")
    if (!isName || !signs.has(sign.concept) || length.concept !== "figure" || !(isList || isSpaced)) continue
    if (isSpaced) {
      moved.splice(at, 3, length, { ...joint, text: "/", concept: "sign" }, joint, sign)
      continue
    }
    moved.splice(at, length.list ? 2 : 4, ...(length.list ? [length] : [length, joint, other]), sign)
  }
  return moved
}

/** "Between RSI 40 and 50": both numbers are limits of the value, neither is its length. */
function withValueFirst(pieces: readonly Piece[]): Piece[] {
  const moved = [...pieces]
  for (let at = 0; at < moved.length - 4; at++) {
    const [between, name, low, joint, high] = moved.slice(at, at + 5)
    const isBetween = between.concept === "between" && name.concept === "function" && hasScale({ name: name.detail! })
    const isPair = low.concept === "figure" && (joint.concept === "and" || joint.concept === "to")
    if (isBetween && isPair && high.concept === "figure") moved.splice(at, 2, name, between)
  }
  return moved
}

function chunkAt(pieces: readonly Piece[], at: number, markets: readonly string[]): FoundChunk {
  return (
    markAt(pieces[at], at) ??
    marketAt(pieces, at, markets) ??
    rollingAt(pieces, at) ??
    timeframeAt(pieces, at) ??
    mostAt(pieces, at) ??
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

/** "The 24h high" is that of the last 24 hours, not of a day's candle. */
function rollingAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const isDay = pieces[at]?.concept === "figure" && pieces[at].value === 24 && pieces[at + 1]?.concept === "hour"
  const price = ["high", "low", "highest", "lowest"]
  return isDay && price.includes(pieces[at + 2]?.concept) ? extremeAt(pieces, at) : undefined
}

/** "Máximo 3 operaciones", "maximal zwei Positionen": a bound on a count, not the highest price. */
function mostAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  if (pieces[at]?.concept !== "highest") return undefined
  const number = numberAt(pieces, at + 1)
  const counted = number && pieces[number.end]
  const isCount = counted && ["position", "trade", "safetyOrder"].includes(counted.concept)
  return isCount ? { chunk: { kind: "word", concept: "most" }, end: at + 1 } : undefined
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
