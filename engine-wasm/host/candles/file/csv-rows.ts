import { candleColumnNames, refuseCandles, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import type { NumberedColumns } from "./candle-order.ts"
import { CountedLines } from "./counted-lines.ts"
import { cellDefect, meansNothing } from "./csv-cell-defect.ts"
import { CsvCells, MOST_CELLS } from "./csv-cells.ts"
import { CsvExtras } from "./csv-extras.ts"
import { CsvKeys } from "./csv-keys.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { isHeaderAgain } from "./csv-header-again.ts"
import { numberFromBytes, textFromBytes } from "./csv-number.ts"
import { peoplesNumber } from "./csv-number-style.ts"
import { CsvTimeColumn, type TimeChoices } from "./csv-time-column.ts"
import { GrowingColumn } from "./growing-column.ts"
import { RowColumns } from "./row-columns.ts"

/** The user's choices for an ambiguous file. */
export type RowChoices = TimeChoices & {
  /** Which of several markets. */
  market?: string
}

const COMMA = 44
const POINT = 46
const VOLUME = candleColumnNames.indexOf("volume")

/** Rows of a candle file as columns, one line of bytes at a time. A bad line leaves only its defect. */
export class CsvRows {
  readonly times: CsvTimeColumn
  readonly keys: CsvKeys
  /** Lines that repeat a header, since files were concatenated there. */
  readonly headerLines = new GrowingColumn(16)
  private readonly rows: RowColumns
  /**
   * In the order of candleColumnNames, as are `values`; a volume that the file does not have is cell -1.
   */
  private readonly orderedCells: number[]
  private readonly values = new Float64Array(candleColumnNames.length)
  /** The byte before a number's decimals. */
  private readonly point: number
  private readonly extras: CsvExtras
  private readonly cells = new CsvCells()
  private readonly repeatedHeaders = new CountedLines()
  private readonly withoutPrices = new CountedLines()
  private readonly withoutVolume = new CountedLines()
  otherHeader: CandleRefusal | undefined
  private lacksVolume = false
  private tookTicks = false

  constructor(
    private readonly layout: CsvLayout,
    choices: RowChoices = {},
    mostHeldBytes?: number,
  ) {
    this.rows = new RowColumns(candleColumnNames.length + layout.extras.length, mostHeldBytes)
    this.point = layout.style === "comma" ? COMMA : POINT
    this.orderedCells = candleColumnNames.map((name) => layout.cells[name])
    this.extras = new CsvExtras(layout)
    this.times = new CsvTimeColumn(layout.timesSaid, choices)
    this.keys = new CsvKeys(
      [...layout.keys, ...layout.ids],
      layout.texts,
      layout.namesMarket ? undefined : choices.market,
    )
  }

  /**
   * Adds the row in bytes[start, end). Returns what is wrong with it, as the end of a sentence, or undefined. Throws
   * `Unreadable` when there are more rows than fit.
   */
  addLine(bytes: Uint8Array, start: number, end: number, line: number): string | undefined {
    this.cells.split(bytes, start, end, this.layout.separator, this.point)
    const defect = this.countDefect(bytes) ?? this.readTime(bytes) ?? this.readValues(bytes, line)
    if (defect === undefined) return undefined
    const again = isHeaderAgain(this.texts(bytes), this.layout)
    if (again === "another") return this.foreignHeader(line)
    if (!again) return defect
    this.repeatedHeaders.add(line)
    this.headerLines.push(line)
    return undefined
  }

  /** Rows below a header of other columns would end up in the wrong ones: we refuse the whole file. */
  private foreignHeader(line: number): string {
    const what = "another header begins here, with its columns in another order; take the file apart."
    this.otherHeader ??= refuseCandles(line, `Row ${line}: ${what}`)
    return what
  }

  get length(): number {
    return this.rows.length
  }

  /** Lines without a candle, though nothing is wrong with them. */
  get idleLines(): number {
    return this.repeatedHeaders.count + this.withoutPrices.count
  }

  /** The rows so far, each with its line; take them when no more will come. */
  taken(): NumberedColumns {
    const extra = this.extras.taken()
    const { columns, rowNumbers } = this.rows.taken()
    const { [this.layout.tickVolume ?? ""]: ticks, ...others } = extra
    const hasVolume = columns.volume.some((volume) => volume > 0)
    if (ticks === undefined || hasVolume || !ticks.some((count) => count > 0))
      return { columns: { ...columns, extra }, rowNumbers }
    this.tookTicks = true
    return { columns: { ...columns, volume: ticks, extra: others }, rowNumbers }
  }

  /** What reading the rows involved, in sentences. Call this after the last row. */
  notes(): string[] {
    const { notes, tickVolume } = this.layout
    return [
      ...notes,
      ...this.times.notes,
      ...this.extras.notes(),
      ...this.repeatedHeaders.note("repeats the header and was left out.", "repeat the header and were left out"),
      ...this.withoutPrices.note("has no prices and was left out.", "have no prices and were left out"),
      ...this.withoutVolume.note("has no volume; it was taken as 0.", "have no volume, which was taken as 0"),
      ...(this.tookTicks ? [`The volume is 0 on every row, so ${quoted(tickVolume)} was taken for it.`] : []),
      ...(this.keys.leftOut > 0 ? [`${this.keys.leftOut} rows of other markets were left out.`] : []),
    ]
  }

  private countDefect(bytes: Uint8Array): string | undefined {
    const { count, starts, ends } = this.cells
    const wanted = this.layout.cellCount
    if (count === wanted) return undefined
    if (count < wanted) return `it ends after ${cellsInWords(count)} where ${wanted} are expected.`
    if (count === wanted + 1 && starts[wanted] === ends[wanted]) return undefined
    const advice =
      bytes.includes(44, starts[0]) && this.layout.separator === 44
        ? "; if its numbers have commas in them, put them in quotes, or export it with semicolons"
        : ""
    return `it has ${cellsInWords(count)} where ${wanted} are expected${advice}.`
  }

  private readTime(bytes: Uint8Array): string | undefined {
    const { times, cells, layout } = this
    const [cell] = this.orderedCells
    const day = layout.dayCell === undefined ? undefined : this.textOf(bytes, layout.dayCell)
    const usual = day === undefined ? times.readUsual(cells.numbers[cell]) : undefined
    const zone = layout.zoneCell === undefined ? undefined : this.textOf(bytes, layout.zoneCell)
    const time = usual ?? times.read(bytes, cells.starts[cell], cells.ends[cell], { day, zone })
    if (typeof time === "string") return time
    this.values[0] = time
    return undefined
  }

  private readValues(bytes: Uint8Array, line: number): string | undefined {
    const defect = this.readPrices(bytes) ?? this.extras.read(bytes, this.cells)
    if (defect !== undefined && this.hasNoPrices(bytes)) return void this.withoutPrices.add(line)
    if (defect !== undefined) return defect
    const isMeant = this.keys.isMeant(bytes, this.cells)
    this.keys.see(bytes, this.cells, { line, timeMs: this.values[0], open: this.values[1], close: this.values[4] })
    if (isMeant) this.keep(line)
    return undefined
  }

  private keep(line: number): void {
    this.times.keep(line)
    this.extras.keep(this.length, this.rows.mostRows)
    this.rows.push(this.values, line)
    if (this.lacksVolume) this.withoutVolume.add(line)
  }

  private readPrices(bytes: Uint8Array): string | undefined {
    const { numbers } = this.cells
    this.lacksVolume = false
    for (let at = 1; at < this.values.length; at++) {
      const cell = this.orderedCells[at]
      const plain = cell < 0 ? 0 : numbers[cell]
      const value = Number.isNaN(plain) ? this.numberAt(bytes, at) : plain
      if (Number.isNaN(value)) return cellDefect(candleColumnNames[at], this.textOf(bytes, cell), this.layout.style)
      this.values[at] = value
    }
    const { volumePlus } = this.layout
    if (volumePlus !== undefined) {
      const more = peoplesNumber(this.textOf(bytes, volumePlus), this.layout.style)
      if (Number.isNaN(more)) return cellDefect("volume", this.textOf(bytes, volumePlus), this.layout.style)
      this.values[VOLUME] += more
    }
    // Interactive Brokers' way of saying that midpoints and quotes have none.
    if (this.values[VOLUME] === -1) [this.values[VOLUME], this.lacksVolume] = [0, true]
    return undefined
  }

  private numberAt(bytes: Uint8Array, at: number): number {
    const cell = this.orderedCells[at]
    const written = numberFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell], this.point)
    return Number.isNaN(written) ? this.peoplesNumberAt(bytes, at) : written
  }

  /** A missing volume is 0, as exporters mean it on days without trades, with a note. */
  private peoplesNumberAt(bytes: Uint8Array, at: number): number {
    const text = this.textOf(bytes, this.orderedCells[at])
    this.lacksVolume ||= at === VOLUME && meansNothing(text)
    return at === VOLUME && this.lacksVolume ? 0 : peoplesNumber(text, this.layout.style)
  }

  private hasNoPrices(bytes: Uint8Array): boolean {
    return this.orderedCells.slice(1, VOLUME).every((cell) => meansNothing(this.textOf(bytes, cell)))
  }

  private texts(bytes: Uint8Array): string[] {
    return Array.from({ length: Math.min(this.cells.count, MOST_CELLS) }, (_, cell) => this.textOf(bytes, cell))
  }

  private textOf(bytes: Uint8Array, cell: number): string {
    return textFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
  }
}

function cellsInWords(count: number): string {
  return count === 1 ? "1 cell" : count > MOST_CELLS ? `more than ${MOST_CELLS} cells` : `${count} cells`
}
