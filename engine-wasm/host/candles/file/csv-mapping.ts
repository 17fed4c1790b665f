import { candleColumnNames, type CandleColumnName } from "../candles.ts"
import { calendarTimeMs, millisecondsOf, timeUnitOf, type TimeUnit } from "./csv-time.ts"

/**
 * Which column of a table holds what, counted from 0, as the user chose. A volume of -1 is not in the file and counts
 * as 0.
 */
export type CsvMapping = { hasHeader: boolean; cells: Record<CandleColumnName, number> }

/**
 * The beginning of a table with unknown columns: at most eight lines as their cells, and a guess at its columns (-1
 * for "no idea").
 */
export type CsvPreview = { rows: string[][]; guess: CsvMapping }

/** A guess at the columns of a table, by their names where they have some and otherwise by their contents. */
export function guessedMapping(rows: string[][]): CsvMapping {
  const [first = [], second = first] = rows
  const hasHeader = first.filter(isNumber).length < 2
  const time = (hasHeader ? second : first).findIndex((cell) => timeGuess(cell) !== undefined)
  const named = candleColumnNames.map((name) => (hasHeader ? cellNamed(first, name) : -1))
  const used = new Set([time, ...named])
  const numbers = (hasHeader ? second : first).flatMap((cell, at) => (isNumber(cell) && !used.has(at) ? [at] : []))
  // Nothing has a name: the usual order is worth a try, since the user sees it before anything is read.
  const inOrder = named.every((at) => at < 0) ? numbers : []
  const cells = candleColumnNames.map((name, at) => [
    name,
    named[at] >= 0 ? named[at] : name === "openTimeMs" ? time : (inOrder[at - 1] ?? -1),
  ])
  return { hasHeader, cells: Object.fromEntries(cells) as CsvMapping["cells"] }
}

/** How a cell reads as a time: its unit and UTC ms; undefined when it is not a time between 1973 and 2100. */
export function timeGuess(cell: string): { unit: TimeUnit; timeMs: number } | undefined {
  const date = calendarTimeMs(cell)
  if (!Number.isNaN(date)) return { unit: "dates", timeMs: date }
  const number = isNumber(cell) ? Number(cell) : Number.NaN
  const unit = timeUnitOf(number)
  const timeMs = millisecondsOf(number, unit)
  return timeMs > 1e11 && timeMs < 4.1e12 ? { unit, timeMs } : undefined
}

/**
 * Whether two choices name the same column, or one other than the volume is missing; as a sentence, or undefined when
 * the mapping can be tried.
 */
export function mappingDefect({ cells }: CsvMapping): string | undefined {
  const missing = candleColumnNames.find((name) => name !== "volume" && cells[name] < 0)
  if (missing !== undefined) return `Say which column holds the ${missing === "openTimeMs" ? "time" : missing}.`
  const used = Object.values(cells).filter((cell) => cell >= 0)
  return new Set(used).size < used.length ? "Two of them are taken from the same column." : undefined
}

function cellNamed(header: string[], name: CandleColumnName): number {
  const part = name === "openTimeMs" ? /time|date|stamp/i : new RegExp(name === "volume" ? "vol" : name, "i")
  return header.findIndex((text) => part.test(text))
}

function isNumber(cell: string): boolean {
  return cell.trim() !== "" && Number.isFinite(Number(cell))
}
