import { candleColumnNames } from "../candles.ts"
import type { NumberedColumns } from "./candle-order.ts"
import { CsvCells, MOST_CELLS } from "./csv-cells.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { numberFromBytes, textFromBytes } from "./csv-number.ts"
import { calendarTimeMs, isAmbiguousDate, millisecondsOf, saysZone, timeUnitOf, type TimeUnit } from "./csv-time.ts"
import { GrowingColumn } from "./growing-column.ts"
import { RowColumns } from "./row-columns.ts"

/** `column` is made by the first number in it. */
type ExtraColumn = { name: string; cell: number; column?: GrowingColumn }

/** Rows of a candle file as columns, one line of bytes at a time. A bad line leaves nothing behind but its defect. */
export class CsvRows {
  readonly notes: string[] = []
  /**
   * `values` and `orderedCells` are in the order of candleColumnNames; a volume that the file does not have is cell -1.
   */
  private readonly rows: RowColumns
  private readonly orderedCells: number[]
  private extras: ExtraColumn[]
  private readonly cells = new CsvCells()
  private readonly values = new Float64Array(candleColumnNames.length + MOST_CELLS)
  private timeUnit: TimeUnit | undefined

  constructor(
    private readonly layout: CsvLayout,
    mostHeldBytes?: number,
  ) {
    this.rows = new RowColumns(candleColumnNames.length + layout.extras.length, mostHeldBytes)
    this.orderedCells = candleColumnNames.map((name) => layout.cells[name])
    this.extras = layout.extras.map((extra) => ({ ...extra }))
    this.timeUnit = layout.millisecondsSaid ? "milliseconds" : undefined
    this.notes.push(...layout.notes)
  }

  /**
   * Adds the row in bytes[start, end). Returns what is wrong with it, as the end of a sentence, or undefined. Throws
   * `Unreadable` when there are more rows than can be held.
   */
  addLine(bytes: Uint8Array, start: number, end: number, line: number): string | undefined {
    this.cells.split(bytes, start, end, this.layout.separator)
    const defect = this.countDefect(bytes) ?? this.readTime(bytes) ?? this.readPrices(bytes) ?? this.readExtras(bytes)
    if (defect !== undefined) return defect
    this.rows.push(this.values, line)
    for (let at = 0; at < this.extras.length; at++)
      this.extras[at].column?.push(this.values[candleColumnNames.length + at])
    return undefined
  }

  get length(): number {
    return this.rows.length
  }

  /** The rows so far, each with its line; take them when no more will come. */
  taken(): NumberedColumns {
    const extra = Object.fromEntries(
      this.extras.flatMap(({ name, column }) => (column === undefined ? [] : [[name, column.taken()]])),
    )
    const { columns, rowNumbers } = this.rows.taken()
    return { columns: { ...columns, extra }, rowNumbers }
  }

  private countDefect(bytes: Uint8Array): string | undefined {
    const { count, starts, ends } = this.cells
    const wanted = this.layout.cellCount
    if (count === wanted) return undefined
    if (count < wanted) return `it ends after ${cellsInWords(count)} where ${wanted} are expected.`
    if (count === wanted + 1 && starts[wanted] === ends[wanted]) return undefined
    const advice =
      bytes.includes(44, starts[0]) && this.layout.separator === 44
        ? "; if its numbers use decimal commas, export them with decimal points"
        : ""
    return `it has ${cellsInWords(count)} where ${wanted} are expected${advice}.`
  }

  private readTime(bytes: Uint8Array): string | undefined {
    const cell = this.orderedCells[0]
    const number = numberFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
    // 20240131 is a day on the calendar, not a second in August 1970.
    if (Number.isNaN(number) || (this.timeUnit !== "milliseconds" && number >= 19_000_101 && number <= 20_991_231))
      return this.readDate(bytes, cell)
    if (!Number.isFinite(number)) return `the time ${this.textOf(bytes, cell)} is too large for any unit.`
    const unit = this.layout.millisecondsSaid && number < 1e14 ? "milliseconds" : timeUnitOf(number)
    if (!this.unitsAgree(unit)) return `the time ${number} is in ${unit}, the rows before it in ${this.timeUnit}.`
    this.timeUnit = unit
    this.values[0] = millisecondsOf(number, unit)
    return undefined
  }

  // Binance changed its bulk files from milliseconds to microseconds in 2025, so one series holds both; any other mix
  // is a mistake.
  private unitsAgree(unit: TimeUnit): boolean {
    const before = this.timeUnit ?? unit
    const both = [before, unit]
    return before === unit || (both.includes("milliseconds") && both.includes("microseconds"))
  }

  private readDate(bytes: Uint8Array, cell: number): string | undefined {
    const { dayCell } = this.layout
    const text =
      dayCell === undefined
        ? this.textOf(bytes, cell)
        : `${this.textOf(bytes, dayCell)} ${this.textOf(bytes, cell)}`.trim()
    const timeMs = calendarTimeMs(text)
    if (text === "") return "the time is empty."
    if (isAmbiguousDate(text)) return `the date "${text}" can be read in two ways; write it as 2024-01-31.`
    if (Number.isNaN(timeMs)) return `the time "${text}" is neither a number nor a date like 2024-01-31 10:00.`
    if (this.length > 0 && this.timeUnit !== "dates")
      return `the time "${text}" is a date, the rows before it are in ${this.timeUnit}.`
    if (this.timeUnit !== "dates" && !saysZone(text)) this.notes.push("Its times name no zone and were taken as UTC.")
    this.timeUnit = "dates"
    this.values[0] = timeMs
    return undefined
  }

  private readPrices(bytes: Uint8Array): string | undefined {
    for (let at = 1; at < candleColumnNames.length; at++) {
      const cell = this.orderedCells[at]
      const value = cell < 0 ? 0 : numberFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
      if (Number.isNaN(value)) return cellDefect(candleColumnNames[at], this.textOf(bytes, cell))
      this.values[at] = value
    }
    return undefined
  }

  private readExtras(bytes: Uint8Array): string | undefined {
    for (let at = 0; at < this.extras.length; at++) {
      const extra = this.extras[at]
      const start = this.cells.starts[extra.cell]
      const end = this.cells.ends[extra.cell]
      const number = numberFromBytes(bytes, start, end)
      const value = Number.isNaN(number) ? wordValue(bytes, start, end) : number
      if (value === undefined) {
        if (extra.column !== undefined) return cellDefect(extra.name, this.textOf(bytes, extra.cell))
        this.leaveOut(extra)
        at--
        continue
      }
      this.values[candleColumnNames.length + at] = value
      if (!Number.isNaN(value)) extra.column ??= unknownSoFar(this.length, this.rows.mostRows)
    }
    return undefined
  }

  private leaveOut(extra: ExtraColumn): void {
    this.extras = this.extras.filter((each) => each !== extra)
    this.notes.push(`The column "${extra.name}" holds text and was left out.`)
  }

  private textOf(bytes: Uint8Array, cell: number): string {
    return textFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
  }
}

/** Signals written as words, as tables from Python have them, and the ways to write that a value is not known. */
const words = new Map(
  Object.entries({ true: 1, false: 0, "": NaN, nan: NaN, null: NaN, none: NaN, na: NaN, "n/a": NaN, "-": NaN }).map(
    ([word, value]) => [wordKey(new TextEncoder().encode(word), 0, word.length), value],
  ),
)
const LONGEST_WORD = 5

/** What a word in a column of numbers means, NaN for "not known"; undefined for any other text. */
function wordValue(bytes: Uint8Array, start: number, end: number): number | undefined {
  return end - start > LONGEST_WORD ? undefined : words.get(wordKey(bytes, start, end))
}

/** A short word as one number, large and small letters alike: a text for each cell would take for ever. */
function wordKey(bytes: Uint8Array, start: number, end: number): number {
  let key = 1
  for (let at = start; at < end; at++)
    key = key * 256 + (bytes[at] >= 65 && bytes[at] <= 90 ? bytes[at] | 32 : bytes[at])
  return key
}

function unknownSoFar(rows: number, most: number): GrowingColumn {
  const column = new GrowingColumn(rows, { most })
  for (let row = 0; row < rows; row++) column.push(Number.NaN)
  return column
}

function cellDefect(name: string, text: string): string {
  if (text === "") return `the column "${name}" is empty.`
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  if (/^[+-]?[\d.\s']*\d,\d+$/.test(text))
    return `the column "${name}" holds "${shown}" with a decimal comma; export the file with decimal points.`
  return `the column "${name}" holds "${shown}", which is not a number.`
}

function cellsInWords(count: number): string {
  return count === 1 ? "1 cell" : count > MOST_CELLS ? `more than ${MOST_CELLS} cells` : `${count} cells`
}
