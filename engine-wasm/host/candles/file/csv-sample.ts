import type { CandleQuestion } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import { CsvCells } from "./csv-cells.ts"
import { headerFrom, namesColumns, type Header } from "./csv-header.ts"
import { bareColumns, bareDoubt, looksBare } from "./csv-headerless.ts"
import { layoutOfBare, layoutOfHeader, layoutOfMapping, type CsvLayout } from "./csv-layout.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { textFromBytes } from "./csv-number.ts"
import { numberStyleOf, type NumberStyle } from "./csv-number-style.ts"
import { headerOverLines } from "./csv-pandas-header.ts"

/** A line of a table before we recognise it; `line` counts from 1. */
export type HeldLine = { bytes: Uint8Array; line: number }

/** How to read the table that begins with these lines, and which of them is its first row of values. */
export type LayoutOrRefusal = { ok: true; layout: CsvLayout; firstRow: number } | LayoutRefusal
/** `mappable`: this may well be a table of candles, if the user says which column is which. */
export type LayoutRefusal = { ok: false; line: number; because: string; mappable?: true; ask?: CandleQuestion }

export type LayoutChoices = {
  mapping?: CsvMapping
  /** Which of several markets. */
  market?: string
  /** The separator in Excel's line "sep=;". */
  separator?: number
}

/** Tables with fewer columns than this are not candles. */
const FEWEST_COLUMNS = 5
/** Titles and remarks that may come above a header. */
const MOST_LINES_ABOVE = 10
/** `, ; tab |` */
const separators = [44, 59, 9, 124]

/** Understands the first lines of a table: tries every separator, the one with most columns first. */
export function layoutFromLines(lines: HeldLine[], choices: LayoutChoices): LayoutOrRefusal {
  const tried = choices.separator === undefined ? separators : [choices.separator]
  const answers = tried.map((separator) => layoutBy(separator, lines, choices))
  const found = answers.filter((answer) => answer.ok).toSorted((a, b) => b.layout.cellCount - a.layout.cellCount)
  if (found.length > 0) return found[0]
  // Nothing fits: the error refers to the most frequent separator.
  const usual = separatorOf(lines[0].bytes, 0, lines[0].bytes.length)
  return answers[Math.max(tried.indexOf(usual), 0)]
}

/** The byte that splits a line into cells: the most frequent of , ; tab and |. */
export function separatorOf(bytes: Uint8Array, start: number, end: number): number {
  const counts = separators.map((byte) => ({
    byte,
    count: bytes.subarray(start, end).filter((each) => each === byte).length,
  }))
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).byte
}

type Row = { line: number; cells: string[] }

function layoutBy(separator: number, lines: HeldLine[], choices: LayoutChoices): LayoutOrRefusal {
  const rows = lines.map(({ bytes, line }) => ({ line, cells: cellsOf(bytes, separator) }))
  const beginning =
    choices.mapping === undefined ? beginningOf(rows, choices.market) : mappedBeginning(rows, choices.mapping)
  if (!beginning.ok) return beginning
  const { at, header, count } = beginning
  const values = rows.slice(at + count)
  const style = styleOf(values, header)
  if (typeof style !== "string") return style
  const table = { separator, style, rows: values.map(({ cells }) => cells) }
  const found = (layout: CsvLayout) => ({ ok: true as const, firstRow: at + count, layout })
  if (choices.mapping !== undefined) return found(layoutOfMapping(choices.mapping, rows[0].cells, table))
  if (header !== undefined)
    return found(
      layoutOfHeader(
        header,
        rows.slice(at, at + count).map(({ cells }) => cells),
        table,
      ),
    )
  const bare = bareColumns(table.rows, style)
  const doubt = bare === undefined || bare.of === "Kraken" ? bareDoubt(table.rows, style) : undefined
  return bare === undefined || doubt !== undefined
    ? refusalAt(rows[at], doubt === undefined ? unknownRows(rows[at].cells.length) : `there is no header: ${doubt}`)
    : found(layoutOfBare(bare.columns, bare.of, table))
}

/** Where the table begins: at which line, and how many lines its header has. */
type Beginning = { ok: true; at: number; count: number; header?: Header }

function beginningOf(rows: Row[], market: string | undefined): Beginning | LayoutRefusal {
  const refusals: (LayoutRefusal & { names: boolean })[] = []
  for (let at = 0; at < Math.min(rows.length, MOST_LINES_ABOVE); at++) {
    const over = headerOverLines(
      rows.slice(at, at + 3).map(({ cells }) => cells),
      market,
    )
    const answer = over?.answer ?? headerFrom(rows[at].cells, market)
    if (answer.ok) return { ok: true, at, count: over?.lines ?? 1, header: answer.header }
    const isBelowTitles = rows.slice(0, at).every(({ cells }) => cells.length < FEWEST_COLUMNS && !namesColumns(cells))
    if (isBelowTitles && looksBare(rows[at].cells)) return { ok: true, at, count: 0 }
    const ask: CandleQuestion | undefined = answer.beside && { kind: "market", choices: answer.beside.names }
    refusals.push({ ...refusalAt(rows[at], answer.because, ask), names: namesColumns(rows[at].cells) })
  }
  // The line most like a header shows best what is missing.
  const best = refusals.find(({ ask }) => ask !== undefined) ?? refusals.find(({ names }) => names)
  const { names: _, ...refusal } = best ?? refusals.find(({ mappable }) => mappable) ?? refusals[0]
  return refusal
}

function mappedBeginning(rows: Row[], { hasHeader, cells }: CsvMapping): Beginning | LayoutRefusal {
  const count = rows[0].cells.length
  const last = Math.max(...Object.values(cells))
  if (last < count) return { ok: true, at: 0, count: hasHeader ? 1 : 0 }
  return { ok: false, line: rows[0].line, because: `it has ${count} columns, and column ${last + 1} was asked for.` }
}

function refusalAt({ line, cells }: Row, because: string, ask?: CandleQuestion): LayoutRefusal {
  const refusal: LayoutRefusal = { ok: false, line, because }
  if (ask !== undefined) refusal.ask = ask
  else if (cells.length >= FEWEST_COLUMNS) refusal.mappable = true
  return refusal
}

function unknownRows(cellCount: number): string {
  return `there is no header, and these ${cellCount} cells are in no order we know; add a line open_time_ms,open,high,low,close,volume on top.`
}

/** Numbers of candles decide; if they are ambiguous, any other number of the table may settle it. */
function styleOf(rows: Row[], header: Header | undefined): NumberStyle | LayoutRefusal {
  const isAmount = new Set(header && [...Object.values(header.prices), header.volume])
  const isOther = new Set(header && [...header.timeCells, ...header.keys.map(({ cell }) => cell)])
  const cells = rows.flatMap((row) => row.cells.map((text, cell) => ({ text, cell, row })))
  // Seconds since 1970 as pandas writes them, 1704067200.0, have a point whatever the prices have.
  const numbers = cells.filter(({ cell, text }) => !isOther.has(cell) && !/^1\d{9,18}\.0+$/.test(text))
  const answer = numberStyleOf(numbers.map(({ text }) => text))
  if ("style" in answer) return answer.style
  const doubted = "mixed" in answer ? answer.mixed : [answer.doubtful]
  const first = numbers.find(({ text }) => text === doubted[0])!
  if ("doubtful" in answer && header !== undefined && !isAmount.has(first.cell)) return "point"
  return { ok: false, line: first.row.line, because: doubtInWords(doubted) }
}

function doubtInWords([first, other]: string[]): string {
  return other === undefined
    ? `${quoted(first)} may have a decimal comma or a comma between thousands, and nothing in the file shows which; export it with decimal points and without commas.`
    : `${quoted(first)} has a decimal comma, ${quoted(other)} a decimal point; export the file with decimal points alone.`
}

/** The cells of a line as texts. */
export function cellsOf(bytes: Uint8Array, separator: number): string[] {
  const cells = new CsvCells()
  cells.split(bytes, 0, bytes.length, separator)
  return Array.from({ length: Math.min(cells.count, cells.starts.length) }, (_, at) =>
    textFromBytes(bytes, cells.starts[at], cells.ends[at]),
  )
}
