import { refuseCandles, type CandleGate, type CandleRefusal } from "../candles.ts"
import type { CandleProblems } from "./candle-problems.ts"
import {
  candlesFromNumbered,
  uselessRows,
  type CandleReader,
  type CandleRows,
  type ReadCandles,
} from "./candle-reader.ts"
import { toUtf8From, type ToUtf8 } from "./csv-encoding.ts"
import { layoutFromLine } from "./csv-layout.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { textFromBytes } from "./csv-number.ts"
import { CsvRows } from "./csv-rows.ts"
import { fileLimits } from "./file-limits.ts"
import { HeldBytes } from "./held-bytes.ts"
import { foreignFormat } from "./foreign-format.ts"

const LONGEST_LINE = 1 << 20
const NEWLINE = 10
const RETURN = 13

/**
 * Reads a candle file as its bytes arrive: `push` each piece, then `finish`. Header, separator, encoding and time
 * unit are recognised.
 * Rows are numbered by the line of the file, header included, from 1. With `problems` unreadable rows are noted there
 * and skipped instead of refusing the file.
 */
export class CandleCsvReader implements CandleReader {
  private readonly carry = new HeldBytes()
  private toUtf8: ToUtf8 | undefined
  private rows: CsvRows | undefined
  private line = 0
  private uselessLines = 0
  private refusal: CandleRefusal | undefined

  constructor(private readonly options: CandleGate & CsvReading = {}) {}

  /** Takes the next bytes. After a refusal further bytes are ignored; `refused` tells a caller it may stop reading. */
  push(bytes: Uint8Array): void {
    if (this.refusal !== undefined) return
    if (this.toUtf8 !== undefined) return this.readLines(this.toUtf8(bytes, false), false)
    this.carry.push(bytes)
    if (this.carry.length >= 4) this.begin(false)
  }

  /** Whether the file is already known to be refused. */
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
   * Every readable row in file order with its line, nothing judged: for looking at dirty files. Call instead of
   * `finish`.
   */
  finishRows(): CandleRows {
    if (this.toUtf8 === undefined) this.begin(true)
    else if (!this.refused) this.readLines(this.toUtf8(new Uint8Array(0), true), true)
    if (this.refusal !== undefined) return this.refusal
    if (this.rows === undefined) return refuseCandles(0, "The file is empty.")
    // Rows that are there and cannot be read are told, each with what is wrong.
    if (this.rows.length === 0 && !this.options.problems?.count)
      return refuseCandles(0, "The file has a header but no candles.")
    return { ok: true, ...this.rows.taken() }
  }

  /** What was left out while reading. */
  get notes(): string[] {
    return this.rows?.notes ?? []
  }

  private begin(last: boolean): void {
    const first = this.carry.taken().slice()
    this.carry.clear()
    const foreign = foreignFormat(first)
    if (foreign !== undefined) return this.refuse(0, foreign)
    this.toUtf8 = toUtf8From(first)
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

  // Only the line that began in the last piece is copied together; the others are read where they lie. Returns where
  // they begin.
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
    if (this.rows === undefined) return this.readFirstLine(bytes, start, end)
    const what = this.rows.addLine(bytes, start, end, this.line)
    if (what !== undefined) this.problem(what)
  }

  private readFirstLine(bytes: Uint8Array, start: number, end: number): void {
    // Comment lines, an exporter's address, and Excel's "sep=;" may stand above the header.
    if (/^(#|"?https?:|sep=)/i.test(textFromBytes(bytes, start, Math.min(end, start + 16)))) return this.useless()
    if (bytes.subarray(start, end).includes(RETURN))
      return this.refuse(
        this.line,
        `Row ${this.line}: its lines end as on old Macintoshes; save it with ordinary line ends.`,
      )
    const answer = layoutFromLine(bytes, start, end, this.options.mapping)
    if (!answer.ok) {
      this.refuse(this.line, `Row ${this.line}: ${answer.because}`)
      if (answer.mappable && this.refusal) this.refusal.mappable = true
      return
    }
    this.rows = new CsvRows(answer.layout, this.options.mostHeldBytes)
    if (answer.layout.hasHeader) return
    const what = this.rows.addLine(bytes, start, end, this.line)
    if (what !== undefined) this.problem(what)
  }

  private problem(what: string): void {
    const { problems } = this.options
    if (problems === undefined) return this.refuse(this.line, `Row ${this.line}: ${what}`)
    problems.add(this.line, what)
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

/** What a table is read with beside the gate. */
export type CsvReading = {
  /** What its columns are, where the header does not say. */
  mapping?: CsvMapping
  problems?: CandleProblems
  mostHeldBytes?: number
  mostUselessRows?: number
}

function longLine(row: number): string {
  return `Row ${row}: the line is longer than 1 MB; this is no candle file.`
}
