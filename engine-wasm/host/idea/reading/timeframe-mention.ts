import { isTimeframe, MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { Piece } from "../words/piece.ts"
import { afterHyphen, amountAt } from "./amount.ts"
import type { FoundChunk } from "./chunk.ts"
import { numberAt } from "./number-words.ts"

const adjectives: Partial<Record<Piece["concept"], number>> = { minutely: 1, hourly: 60, daily: 1_440, weekly: 10_080 }

/** "4h", "the daily chart", "15 minute candles", "H4". */
export function timeframeAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  return chartSpeak(pieces, at) ?? adjective(pieces, at) ?? counted(pieces, at) ?? ofCandles(pieces, at)
}

/** "H4", "M15", "D1": as other programs name them. */
function chartSpeak(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const [letter, number] = [pieces[at], pieces[at + 1]]
  if (!/^[mhdw]$/.test(letter.text) || number?.concept !== "figure" || number.isSpaced) return undefined
  const name = `${number.text}${letter.text}`
  return isTimeframe(name) ? withChart(pieces, at + 2, minutesOf(number.value!, letter.text)) : undefined
}

function minutesOf(value: number, letter: string): number {
  return value * { m: 1, h: 60, d: 1_440, w: 10_080 }[letter as "m"]
}

function adjective(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const minutes = adjectives[pieces[at].concept]
  return minutes === undefined ? undefined : withChart(pieces, at + 1, minutes, true)
}

/** "1 saatlik", "4-часовой": a count before the adjective. */
function counted(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const number = numberAt(pieces, at)
  const place = number && afterHyphen(pieces, number.end)
  const minutes = place === undefined ? undefined : adjectives[pieces[place]?.concept]
  return minutes === undefined ? undefined : withChart(pieces, place! + 1, number!.value * minutes, true)
}

/** "15 minute chart"; "4h" alone. Minutes without a chart are a length of time, which others read. */
function ofCandles(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const found = amountAt(pieces, at)
  if (found?.chunk.unit !== "minutes") return unitChart(pieces, at)
  const { value, isShort } = found.chunk
  const named = withChart(pieces, found.end, value)
  if (!named) return undefined
  const isChart = named.chunk.kind === "timeframe" && named.chunk.isChart
  return isChart || isShort ? named : undefined
}

/** "Hour chart", "Stundenchart": one of the unit. */
function unitChart(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const minutes = { minute: 1, hour: 60, day: 1_440, week: 10_080 }[pieces[at].concept as "minute"]
  if (minutes === undefined) return undefined
  const named = withChart(pieces, at + 1, minutes)
  return named?.chunk.kind === "timeframe" && named.chunk.isChart ? named : undefined
}

function withChart(
  pieces: readonly Piece[],
  end: number,
  minutes: number,
  isAdjective?: boolean,
): FoundChunk | undefined {
  const timeframe = strategyTimeframeOf(minutes * MINUTE_MS)
  if (!timeframe) return undefined
  const place = afterHyphen(pieces, end)
  const isChart =
    pieces[place]?.concept === "timeframe" || (pieces[place]?.concept === "candle" && !isCount(pieces, place))
  return { chunk: { kind: "timeframe", timeframe, minutes, isAdjective, isChart }, end: isChart ? place + 1 : end }
}

/** "Daily candle close": the candle belongs to the value that follows. */
function isCount(pieces: readonly Piece[], at: number): boolean {
  return ["close", "open", "high", "low"].includes(pieces[at + 1]?.concept)
}
