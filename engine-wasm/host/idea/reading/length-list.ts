import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { Piece } from "../words/piece.ts"
import { afterHyphen, unitMinutes } from "./amount.ts"
import { numberAt } from "./number-words.ts"

type Lengths = { numbers: number[]; unitMinutes?: number; hasUnit?: boolean; end: number }

/** The most lengths said together: more is a ribbon nobody names one by one. */
const MOST_LENGTHS = 8

/** Lengths said before a name: "50-day", "9 and 21", "20/50". `end`: where the name must begin. */
export function listBefore(pieces: readonly Piece[], at: number): Lengths | undefined {
  const numbers: number[] = []
  let place = at
  for (;;) {
    const number = numberAt(pieces, place)
    if (!number || number.sign !== undefined) return undefined
    numbers.push(...(number.list ?? number.range ?? [number.value]))
    place = number.end
    const joint = jointAt(pieces, place)
    if (joint === place || numbers.length >= MOST_LENGTHS || !numberAt(pieces, joint)) break
    place = joint
  }
  const unit = unitAt(pieces, afterHyphen(pieces, place))
  return { numbers, ...unit, end: kindWords(pieces, unit.end) }
}

/** "/", ",", "and" between lengths. */
function jointAt(pieces: readonly Piece[], at: number): number {
  const piece = pieces[at]
  if (piece?.text === "/" || piece?.text === "-" || piece?.concept === "and" || piece?.text === "x") return at + 1
  if (piece?.text !== ",") return at
  return pieces[at + 1]?.concept === "and" ? at + 2 : at + 1
}

/** "-day", " period", " candle" after a length. */
function unitAt(pieces: readonly Piece[], at: number): { unitMinutes?: number; hasUnit?: boolean; end: number } {
  const piece = pieces[at]
  if (!piece) return { end: at }
  // "200er EMA".
  if (piece.text === "er" && !piece.isSpaced) return { hasUnit: true, end: at + 1 }
  const minutes = unitMinutes[piece.concept]
  if (minutes !== undefined) return { unitMinutes: minutes, end: afterHyphen(pieces, at + 1) }
  if (piece.concept === "length" || piece.concept === "candle") return { hasUnit: true, end: at + 1 }
  return { end: at }
}

function kindWords(pieces: readonly Piece[], at: number): number {
  const text = pieces[at]?.text
  return text === "s" ? at + 1 : at
}

type Following = { lists: number[][]; unitMinutes?: number; end: number }

const openers = new Set(["(", "[", "{"])
const closers = new Set([")", "]", "}"])

/** Lengths said after a name: "RSI(14)", "EMA 9 and 21", "MACD 12,26,9", "average of the last 20 candles". */
export function numbersAfter(
  pieces: readonly Piece[],
  at: number,
  { most, isAverage }: { most: number; isAverage: boolean },
): Following {
  if (most === 0) return { lists: [], end: emptyBrackets(pieces, at) }
  if (isAverage && pieces[at]?.text === "," && isPair(pieces, at + 1))
    return numbersAfter(pieces, at + 1, { most, isAverage })
  const first = pieces[at]?.concept === "bands" && openers.has(pieces[at + 1]?.text) ? at + 1 : at
  const isBracket = openers.has(pieces[first]?.text)
  const start = isBracket ? skippedSource(pieces, first + 1) : leadIn(pieces, first)
  const room = isAverage ? MOST_LENGTHS : most
  const { numbers, unitMinutes: unit, end } = numbersFrom(pieces, start, { room, isBracket, isAverage })
  if (numbers.length === 0) return { lists: [], end: at }
  const close = isBracket && closers.has(pieces[end]?.text) ? end + 1 : end
  const lists = isAverage ? numbers.map((each) => [each]) : [numbers.slice(0, most)]
  return { lists, ...(unit !== undefined && { unitMinutes: unit }), end: close }
}

/** "Two EMAs, 10 and 30": a list after a comma, not a limit. */
function isPair(pieces: readonly Piece[], at: number): boolean {
  const number = numberAt(pieces, at)
  const joint = number && jointAt(pieces, number.end)
  return joint !== undefined && joint > number!.end && numberAt(pieces, joint) !== undefined
}

/** "RSI (close, 14)": the source is the close unless the formula language says otherwise. */
function skippedSource(pieces: readonly Piece[], at: number): number {
  return ["close", "open", "high", "low", "volume"].includes(pieces[at]?.concept) && pieces[at + 1]?.text === ","
    ? at + 2
    : at
}

function emptyBrackets(pieces: readonly Piece[], at: number): number {
  return openers.has(pieces[at]?.text) && closers.has(pieces[at + 1]?.text) ? at + 2 : at
}

const leading = new Set<Piece["concept"]>(["of", "length", "last", "filler", "bands", "on"])
/** Fillers that lead to a length; "is" leads to a limit. */
const leadingFillers = /^(the|a|with|using|de|des|der|del|la|las|los|les|von|mit|com|con|avec|a|an|su|sur)$/

/** "Of length", "over the last", ":" before a length. */
function leadIn(pieces: readonly Piece[], at: number): number {
  let place = at
  for (let n = 0; n < 4; n++) {
    const piece = pieces[place]
    if (!piece) break
    if (piece.concept === "at" && isLengthWithUnit(pieces, place + 1)) {
      place++
      continue
    }
    const leads = leading.has(piece.concept) && (piece.concept !== "filler" || leadingFillers.test(piece.text))
    if (!leads && piece.text !== "-" && piece.text !== "=" && piece.text !== ":") break
    place++
  }
  return numberAt(pieces, place) ? place : at
}

/** "A 200 giorni", "à 50 périodes". */
function isLengthWithUnit(pieces: readonly Piece[], at: number): boolean {
  const number = numberAt(pieces, at)
  const unit = number && pieces[afterHyphen(pieces, number.end)]
  return unit !== undefined && (unit.concept === "day" || unit.concept === "length" || unit.concept === "candle")
}

type NumberRoom = { room: number; isBracket: boolean; isAverage: boolean }

function numbersFrom(pieces: readonly Piece[], start: number, { room, isBracket, isAverage }: NumberRoom): Lengths {
  const numbers: number[] = []
  let place = start
  let unit: number | undefined
  let end = start
  while (numbers.length < room) {
    const number = numberAt(pieces, place)
    if (!number || isLimit(pieces, number.end, isBracket)) break
    if (!isBracket && !isAverage && isSaidBefore(pieces, number.end)) break
    // "Ichimoku 4h": a timeframe follows, not a length.
    if (!isBracket && isShortTime(pieces, number.end)) break
    if (!isBracket && numbers.length > 0 && isTimeframe(pieces, number)) break
    numbers.push(...(room > 1 ? (number.list ?? number.range ?? [number.value]) : [number.value]))
    const after = unitAt(pieces, afterHyphen(pieces, number.end))
    unit ??= after.unitMinutes
    end = after.end
    const joint = jointAt(pieces, end)
    // Figures in a row belong to a function of several numbers: "MACD 12 26 9".
    if (joint === end && (isAverage || !isBracket) && !(room > 1 && !isAverage)) break
    place = joint
  }
  return { numbers, ...(unit !== undefined && { unitMinutes: unit }), end }
}

/** "RSI 30 altına": where the relation follows its limit, and no other number does. */
function isSaidBefore(pieces: readonly Piece[], at: number): boolean {
  const isFiller = (place: number) => pieces[place]?.concept === "filler" || pieces[place]?.text === "'"
  const place = [at, at + 1, at + 2].find((each) => !isFiller(each))
  const relation = place === undefined ? undefined : pieces[place]?.concept
  if (relation !== "above" && relation !== "below") return false
  return !numberAt(pieces, isFiller(place! + 1) ? place! + 2 : place! + 1)
}

/** "SMA 50, 15 minutes": after a length the candles may follow; "EMA 20, 50 and 200 days" are lengths. */
function isTimeframe(pieces: readonly Piece[], { value, end }: { value: number; end: number }): boolean {
  const minutes = unitMinutes[pieces[end]?.concept]
  const isOne = strategyTimeframeOf(value * (minutes ?? 0) * MINUTE_MS) !== undefined
  return minutes !== undefined && isOne && (minutes < unitMinutes.day! || value === 1)
}

function isShortTime(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  return piece !== undefined && unitMinutes[piece.concept] !== undefined && !piece.isSpaced && piece.text.length <= 3
}

const limitUnits = new Set<Piece["concept"]>(["percent", "dollar", "times", "reward"])

/** A number with a percent or money sign is no length. */
export function isLimit(pieces: readonly Piece[], at: number, isBracket = false): boolean {
  const concept = pieces[at]?.concept
  return concept !== undefined && limitUnits.has(concept) && !(isBracket && concept === "times")
}
