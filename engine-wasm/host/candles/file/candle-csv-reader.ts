import { refuseCandles, type CandleGate, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import type { CandleProblems } from "./candle-problems.ts"
import {
  candlesFromNumbered,
  uselessRows,
  type CandleReader,
  type CandleRows,
  type ReadCandles,
} from "./candle-reader.ts"
import { toUtf8From, WESTERN, type ToUtf8 } from "./csv-encoding.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { textFromBytes } from "./csv-number.ts"
import { CsvRows, type RowChoices } from "./csv-rows.ts"
import { layoutFromLines, type HeldLine } from "./csv-sample.ts"
import { fileLimits } from "./file-limits.ts"
import { foreignFormat } from "./foreign-format.ts"
import { HeldBytes } from "./held-bytes.ts"
import { settledTimes } from "./settled-times.ts"

const LONGEST_LINE = 1 << 20
const NEWLINE = 10
const RETURN = 13
/** A longer last line is no remark. */
const LONGEST_REMARK = 500
const dateName = /^"?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i
/** We look at this many of the first lines before we decide how to read the table. */
const SAMPLE_LINES = 100
const SAMPLE_BYTES = 1 << 18
/** Comments, an exporter's address, and Excel's "sep=;": above a header, and again in concatenated files. */
const aside = /^(?:#(?!#*[,;\t|"])|"?https?:|"?sep=)/i

/**
 * Reads a candle file as its bytes arrive: `push` each piece, then `finish`. It recognises header, separator,
 * encoding and time unit. Rows are numbered by the line of the file, header included, from 1. With `problems`
 * unreadable rows are noted there and skipped instead of refusing the file.
 */
export class CandleCsvReader implements CandleReader {
  private readonly carry = new HeldBytes()
  private toUtf8: ToUtf8 | undefined
  private rows: CsvRows | undefined
  private held: HeldLine[] = []
  private sampleBytes = 0
  private separator: number | undefined
  private line: number
  private uselessLines = 0
  private refusal: CandleRefusal | undefined
  /** A line of words behind the rows, which exporters end a file with; a row below it makes it a bad one. */
  private remark: { line: number; text: string; what: string } | undefined

  constructor(private readonly options: CandleGate & CsvChoices & CsvReading = {}) {
    this.line = options.lineBefore ?? 0
  }

  /** Takes the next bytes. Ignores further bytes after a refusal; `refused` lets a caller stop reading. */
  push(bytes: Uint8Array): void {
    if (this.refusal !== undefined) return
    if (this.toUtf8 !== undefined) return this.readLines(this.toUtf8(bytes, false), false)
    this.carry.push(bytes)
    if (this.carry.length >= 4) this.begin(false)
  }

  /** Whether the file is already refused. */
  get refused(): boolean {
    return this.refusal !== undefined
  }

  /** The candles, or why not. Call once, after the last `push`. */
  finish(): ReadCandles {
    const numbered = this.finishRows()
    if (!numbered.ok) return numbered
    return candlesFromNumbered(numbered, this.options, this.notes)
  }

  /**
   * Every readable row in file order with its line, unchecked: for looking at dirty files. Call instead of `finish`.
   */
  finishRows(): CandleRows {
    if (this.toUtf8 === undefined) this.begin(true)
    else if (!this.refused) this.readLines(this.toUtf8(new Uint8Array(0), true), true)
    if (this.rows === undefined && !this.refused && this.held.length > 0) this.decide()
    if (this.refusal !== undefined) return this.refusal
    if (this.rows === undefined) return refuseCandles(0, "The file is empty.")
    return this.settled(this.rows)
  }

  /** What reading the file involved, in sentences. */
  readonly notes: string[] = []

  private settled(rows: CsvRows): CandleRows {
    const many = rows.keys.refusal()
    if (many !== undefined) return many
    // Unreadable rows were reported, each with its problem.
    if (rows.length === 0 && !this.options.problems?.count)
      return refuseCandles(0, "The file has a header but no candles.")
    if (this.remark !== undefined)
      this.notes.push(`Row ${this.remark.line} is a remark, ${quoted(this.remark.text)}, and was left out.`)
    const { columns, rowNumbers } = rows.taken()
    const settled = settledTimes(rows.times, columns.openTimeMs, rowNumbers)
    if (!settled.ok) return settled
    this.notes.push(...rows.notes(), ...settled.notes)
    const facts = { seams: rows.headerLines.taken(), later: settled.later, suspect: rows.keys.suspect() }
    return { ok: true, columns: { ...columns, openTimeMs: settled.times }, rowNumbers, ...facts }
  }

  private begin(last: boolean): void {
    const first = this.carry.taken().slice()
    this.carry.clear()
    const foreign = foreignFormat(first)
    if (foreign !== undefined) return this.refuse(0, foreign)
    this.toUtf8 = toUtf8From(first, () => this.notes.push(WESTERN))
    this.readLines(this.toUtf8(first, last), last)
  }

  private readLines(bytes: Uint8Array, last: boolean): void {
    let start = this.finishCarriedLine(bytes)
    for (let end = bytes.indexOf(NEWLINE, start); end >= 0 && !this.refused; end = bytes.indexOf(NEWLINE, start)) {
      this.readLine(bytes, start, end)
      start = end + 1
    }
    this.carry.push(bytes.subarray(start))
    if (this.carry.length > LONGEST_LINE) this.refuse(this.line + 1, longLine(this.line + 1))
    if (last && !this.refused) this.readLine(this.carry.taken(), 0, this.carry.length)
  }

  // Copies only the line that began in the last piece; reads the others in place. Returns where they begin.
  private finishCarriedLine(bytes: Uint8Array): number {
    const end = bytes.indexOf(NEWLINE)
    if (end < 0 || this.carry.length === 0) return 0
    this.carry.push(bytes.subarray(0, end))
    this.readLine(this.carry.taken(), 0, this.carry.length)
    this.carry.clear()
    return end + 1
  }

  private readLine(bytes: Uint8Array, start: number, end: number): void {
    this.line++
    while (end > start && (bytes[end - 1] === RETURN || bytes[end - 1] === 32)) end--
    if (end === start) return this.useless()
    if (end - start > LONGEST_LINE) return this.refuse(this.line, longLine(this.line))
    if (this.rows === undefined) return this.hold(bytes.subarray(start, end))
    this.readRow(bytes, start, end, this.line)
  }

  private readRow(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.remark !== undefined) this.problem(this.remark.line, this.remark.what)
    this.remark = undefined
    if (this.refused) return
    const idle = this.rows!.idleLines
    const what = this.rows!.addLine(bytes, start, end, line)
    if (this.rows!.otherHeader !== undefined) this.refusal ??= this.rows!.otherHeader
    else if (what !== undefined && !isAside(bytes, start, end))
      this.readBad(line, what, textFromBytes(bytes, start, end))
    else if (what !== undefined || this.rows!.idleLines > idle) this.useless()
  }

  private readBad(line: number, what: string, text: string): void {
    if (this.remark === undefined && this.rows!.length > 0 && isRemark(text)) this.remark = { line, text, what }
    else this.problem(line, what)
  }

  /** Keeps a first line until there are enough to recognise the table. */
  private hold(bytes: Uint8Array): void {
    if (this.held.length === 0 && isAside(bytes, 0, bytes.length)) return this.heed(bytes)
    if (bytes.includes(RETURN))
      return this.refuse(
        this.line,
        `Row ${this.line}: its lines end as on old Macintoshes; save it with ordinary line ends.`,
      )
    this.held.push({ bytes: bytes.slice(), line: this.line })
    this.sampleBytes += bytes.length
    if (this.held.length >= SAMPLE_LINES || this.sampleBytes >= SAMPLE_BYTES) this.decide()
  }

  /** The lines above a header say at most, as Excel does, which separator the table has. */
  private heed(bytes: Uint8Array): void {
    const said = /^"?sep=(.)/i.exec(textFromBytes(bytes, 0, Math.min(bytes.length, 16)))
    if (said !== null) this.separator = said[1].charCodeAt(0)
    this.useless()
  }

  private decide(): void {
    const { mapping, market, mostHeldBytes } = this.options
    const answer = layoutFromLines(this.held, { mapping, market, separator: this.separator })
    if (!answer.ok) {
      const { line, because, mappable, ask } = answer
      const other = this.notes.includes(WESTERN) ? ` ${WESTERN} If they are others, save it as UTF-8.` : ""
      const refusal = refuseCandles(line, `Row ${line}: ${because}${other}`)
      this.refusal = { ...refusal, ...(mappable && { mappable }), ...(ask && { ask }) }
      return
    }
    const zone = this.options.zone === undefined ? answer.layout.timesSaid.zone : undefined
    if (zone !== undefined && zone.zone === undefined)
      return this.refuse(
        this.held[answer.firstRow - 1].line,
        unknownZone(this.held[answer.firstRow - 1].line, zone.name),
      )
    this.rows = new CsvRows(answer.layout, this.options, mostHeldBytes)
    const lines = this.held.slice(answer.firstRow)
    this.held = []
    for (const { bytes, line } of lines) if (!this.refused) this.readRow(bytes, 0, bytes.length, line)
  }

  private problem(row: number, what: string): void {
    const { problems } = this.options
    if (problems === undefined) return this.refuse(row, `Row ${row}: ${what}`)
    problems.add(row, what)
    this.useless()
  }

  private useless(): void {
    const { mostUselessRows = fileLimits.mostUselessRows } = this.options
    if (++this.uselessLines > mostUselessRows) this.refuse(this.line, uselessRows(this.line, mostUselessRows))
  }

  private refuse(row: number, because: string): void {
    this.refusal ??= refuseCandles(row, because)
  }
}

/** The user's choices for an ambiguous table. */
export type CsvChoices = RowChoices & {
  /** What its columns are. */
  mapping?: CsvMapping
}

/** What a table needs besides the gate and the user's choices. */
export type CsvReading = {
  problems?: CandleProblems
  mostHeldBytes?: number
  mostUselessRows?: number
  /** The number of the line before the first one; usually 0. */
  lineBefore?: number
}

function isAside(bytes: Uint8Array, start: number, end: number): boolean {
  return aside.test(textFromBytes(bytes, start, Math.min(end, start + 16)))
}

/** Three words or more and no cells of numbers, nor the beginning of a date: no row that was cut off. */
function isRemark(text: string): boolean {
  const isWords = text.length <= LONGEST_REMARK && /^"?[A-Za-z©(*]\S*\s+\S+\s+\S/.test(text)
  return isWords && !/[,;|\t]\s*"?[\d.+-]/.test(text) && !dateName.test(text)
}

function unknownZone(row: number, name: string): string {
  return `Row ${row}: the header names a zone, ${quoted(name)}, that is not known or means several; choose one, such as +02:00 or Europe/Berlin.`
}

function longLine(row: number): string {
  return `Row ${row}: the line is longer than 1 MB; this is no candle file.`
}
