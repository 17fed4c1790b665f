import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { Piece } from "../words/piece.ts"
import { afterHyphen, unitMinutes } from "./amount.ts"
import type { FoundChunk } from "./chunk.ts"
import { numberAt } from "./number-words.ts"
import type { Operand } from "./operand.ts"

/** "The highest high of the last 20 candles", "20 day low", "yesterday's high", "the previous candle's low". */
export function extremeAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  if (isAllTimeHigh(pieces, at)) return answer(allTimeHigh, { isAllTime: true }, at + 1)
  const window = windowAt(pieces, at)
  const start = window ? fillersEnd(pieces, window.end) : at
  const extreme = extremeWordAt(pieces, start)
  if (!extreme) return undefined
  const after = window ? undefined : windowAfter(pieces, extreme.end)
  const found = window ?? after
  const isPast = found?.isYesterday || found?.isOne
  if ((extreme.source === "open" || (extreme.source === "close" && !extreme.isSure)) && !(window && isPast))
    return undefined
  // "Under the swing low": that of the last ten candles, which the reader of stops names.
  const isSwing = !found && pieces[start]?.text.startsWith("swing")
  if (isSwing) return answer({ ...extreme, isSure: true }, { length: SWING_CANDLES, isSwing: true }, extreme.end)
  if (!found) return extreme.isSure ? answer(extreme, {}, extreme.end) : undefined
  return answer(extreme, found, after?.end ?? extreme.end)
}

const allTimeHigh: ExtremeWord = { name: "highest", source: "", isSure: true, end: 0 }

/** "10 % below the ATH": the high is in the word. */
function isAllTimeHigh(pieces: readonly Piece[], at: number): boolean {
  const isHigh = pieces[at]?.concept === "allTime" && /^(ath|allzeithochs?)$/.test(pieces[at].text)
  return isHigh && !["high", "highest"].includes(pieces[at + 1]?.concept)
}

type ExtremeWord = { name: "highest" | "lowest"; source: string; isSure: boolean; end: number }
type Window = {
  isSwing?: boolean
  length?: number
  unitMinutes?: number
  isOne?: boolean
  isYesterday?: boolean
  isAllTime?: boolean
}

function answer(extreme: ExtremeWord, window: Window, end: number): FoundChunk {
  return { chunk: { kind: "operand", operands: [operandOf(extreme, window)] }, end }
}

const ALL_TIME_DAYS = 365
const SWING_CANDLES = 10

function operandOf(
  { name, source }: ExtremeWord,
  { length, unitMinutes: unit, isOne, isYesterday, isAllTime, isSwing }: Window,
): Operand {
  const own = name === "highest" ? "high" : "low"
  const price = source === "close" || source === "open" ? source : own
  if (isAllTime) return { name, numbers: [ALL_TIME_DAYS], source: price, ago: 1, unitMinutes: 1_440 }
  if (isYesterday) return { name: price, numbers: [], timeframe: "1d", isPast: true }
  if (isOne) {
    const timeframe = unit === undefined ? undefined : strategyTimeframeOf(unit * MINUTE_MS)
    return timeframe ? { name: price, numbers: [], timeframe, isPast: true } : { name: price, numbers: [], ago: 1 }
  }
  const numbers = length === undefined ? [] : [length]
  return {
    name,
    numbers,
    source: price,
    ago: 1,
    hasLength: length !== undefined,
    ...(isSwing && { isSwing }),
    ...(unit && { unitMinutes: unit }),
  }
}

/** "Highest", "highest high", "high", "highest close". */
function extremeWordAt(pieces: readonly Piece[], at: number): ExtremeWord | undefined {
  const concept = pieces[at]?.concept
  const next = pieces[at + 1]?.concept
  if (concept === "highest" || concept === "lowest") {
    const hasPrice = next === "high" || next === "low" || next === "close" || next === "price"
    return { name: concept, source: next === "close" ? "close" : "", isSure: true, end: hasPrice ? at + 2 : at + 1 }
  }
  if (concept === "close" || concept === "open") return { name: "highest", source: concept, isSure: false, end: at + 1 }
  if (concept === "high" || concept === "low") {
    return { name: concept === "high" ? "highest" : "lowest", source: "", isSure: false, end: at + 1 }
  }
  return undefined
}

/** "20 day", "20-candle", "last 20 candles'", "yesterday's", "previous candle's", "all-time" before the extreme. */
function windowAt(pieces: readonly Piece[], at: number): (Window & { end: number }) | undefined {
  const first = pieces[at]
  if (first?.concept === "yesterday") return { isYesterday: true, end: at + 1 }
  if (first?.concept === "allTime") return { isAllTime: true, end: at + 1 }
  const isRecent = first?.concept === "last" && ["high", "low"].includes(pieces[at + 1]?.concept)
  if (isRecent) return { end: at + 1 }
  const start = first?.concept === "last" || first?.concept === "new" ? at + 1 : at
  const counted = countedUnit(pieces, start)
  if (counted) return counted
  return first?.concept === "last" ? oneUnit(pieces, start) : undefined
}

/** "20 candles", "20 days", "20". */
function countedUnit(pieces: readonly Piece[], at: number): (Window & { end: number }) | undefined {
  const number = numberAt(pieces, at)
  if (!number || number.sign !== undefined) return undefined
  // "20 derniers jours": the word for "last" comes second.
  const isLast = pieces[number.end]?.concept === "last"
  const place = afterHyphen(pieces, isLast ? number.end + 1 : number.end)
  const unit = pieces[place]?.concept
  const minutes = unit && unitMinutes[unit]
  if (minutes !== undefined) return { length: number.value, unitMinutes: minutes, end: place + 1 }
  if (unit === "candle" || unit === "length") return { length: number.value, end: place + 1 }
  if (isBareLength(pieces, at, number)) return { length: number.value, end: number.end }
  return isLast ? { length: number.value, end: place } : undefined
}

/** "Breaks the 20 high": nothing else is said of that high. */
function isBareLength(pieces: readonly Piece[], at: number, { value, end }: { value: number; end: number }): boolean {
  const isExtreme = pieces[end]?.concept === "high" || pieces[end]?.concept === "low"
  const [before, after] = [pieces[at - 1]?.concept, pieces[end + 1]]
  if (!isExtreme || !Number.isInteger(value) || value < 2 || value > 500 || before === "function") return false
  const isEnd =
    !after || after.concept === "sign" || ["and", "or", "when", "next", "breakout", "breakdown"].includes(after.concept)
  return isEnd
}

/** "The previous candle", "last week". */
function oneUnit(pieces: readonly Piece[], at: number): (Window & { end: number }) | undefined {
  const concept = pieces[at]?.concept
  if (concept === "candle" || concept === "length") return { isOne: true, end: at + 1 }
  const minutes = concept && unitMinutes[concept]
  return minutes === undefined ? undefined : { isOne: true, unitMinutes: minutes, end: at + 1 }
}

const joints = new Set<Piece["concept"]>(["of", "on", "filler", "from", "for", "at"])

/** "… of the previous 20 days", "… over 20 candles", "… of the last candle" after the extreme. */
function windowAfter(pieces: readonly Piece[], at: number): (Window & { end: number }) | undefined {
  let place = at
  while (pieces[place] && joints.has(pieces[place].concept) && place < at + 4) place++
  const isLast = pieces[place]?.concept === "last"
  if (pieces[place]?.concept === "yesterday") return { isYesterday: true, end: place + 1 }
  if (pieces[place]?.concept === "allTime") return { isAllTime: true, end: place + 1 }
  const direct = place === at ? countedUnit(pieces, at) : undefined
  if (direct) return isLastAfter(pieces, direct)
  if (place === at && !isLast && pieces[at]?.text !== "(") return undefined
  const start = isLast ? place + 1 : pieces[place]?.text === "(" ? place + 1 : place
  const counted = countedUnit(pieces, start)
  if (counted) return isLastAfter(pieces, counted)
  const number = numberAt(pieces, start)
  if (isLast && number && number.sign === undefined) return { length: number.value, end: number.end }
  return isLast ? oneUnit(pieces, start) : undefined
}

/** "Of the 20 previous days", as Romance languages have it. */
function isLastAfter(pieces: readonly Piece[], window: Window & { end: number }) {
  return pieces[window.end]?.concept === "last" || pieces[window.end]?.text === ")"
    ? { ...window, end: window.end + 1 }
    : window
}

function fillersEnd(pieces: readonly Piece[], at: number): number {
  let place = at
  while (place < at + 2 && (pieces[place]?.text === "s" || pieces[place]?.text === "'" || pieces[place]?.text === "-"))
    place++
  return place
}
