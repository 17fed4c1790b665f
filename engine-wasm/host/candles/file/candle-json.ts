import { candleColumnNames, refuseCandles, type CandleGate, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import { BareRowDoubts } from "./bare-row-doubts.ts"
import type { CsvChoices, CsvReading } from "./candle-csv-reader.ts"
import { uselessRows, type CandleReader, type CandleRows } from "./candle-reader.ts"
import { CsvCells } from "./csv-cells.ts"
import { isDatedDigits } from "./csv-date.ts"
import { numberFromBytes, textFromBytes } from "./csv-number.ts"
import { millisecondsOf, timeUnitOf } from "./csv-time.ts"
import { fileLimits } from "./file-limits.ts"
import { JsonElements } from "./json-elements.ts"
import { JsonObjectRows } from "./json-object-rows.ts"
import { RowColumns } from "./row-columns.ts"

const COMMA = 44
const LIST = 91
const LIST_END = 93
const OBJECT = 123
/** The place of the cell behind the volume, the time not counted. */
const NEXT = candleColumnNames.length - 1
/** What 2024010203 and 20240102030405 would be as seconds and milliseconds since 1970: years without candles. */
const FAR_TIMES = [
  [1.9e12, 2.1e12],
  [1.9e13, 2.1e13],
]
const needsSix = "a candle needs six values: open time, open, high, low, close, volume."
const damaged = "The JSON is damaged or cut off; export or download it again."

type JsonReading = CandleGate & CsvChoices & CsvReading

/**
 * Reads a JSON list `[[open time, open, high, low, close, volume, …], …]` of numbers or numeric texts as it arrives,
 * as freqtrade stored its candles and Binance sends them; the time in any unit since 1970. Rows are numbered by their
 * place in the list, from 1. Lists of objects with named fields are read by these names. With `problems` bad rows are noted there and left out.
 */
export class CandleJsonReader implements CandleReader {
  readonly notes: string[] = []
  private readonly elements = new JsonElements()
  private readonly cells = new CsvCells()
  private readonly values = new Float64Array(candleColumnNames.length)
  /** The numbers of a row without its time, and one more. */
  private readonly behindTime = new Float64Array(candleColumnNames.length)
  private readonly rows: RowColumns
  private readonly doubts = new BareRowDoubts()
  /** The rows of a list that begins with an object. */
  private objects: JsonObjectRows | undefined
  private row = 0
  private refusal: CandleRefusal | undefined

  constructor(private readonly options: JsonReading = {}) {
    this.rows = new RowColumns(candleColumnNames.length, options.mostHeldBytes)
  }

  /** Whether the file is already refused. */
  get refused(): boolean {
    return this.refusal !== undefined || this.objects?.refused === true
  }

  /** Takes the next bytes. Throws `Unreadable` when there are more rows than fit. */
  push(bytes: Uint8Array): void {
    if (this.refused) return
    const defect = this.elements.push(bytes, (of, start, end) => this.readElement(of, start, end))
    if (defect === "damaged") this.refuse(0, damaged)
    if (defect === "long") this.refuse(this.row + 1, `Row ${this.row + 1}: it is too long for a candle.`)
  }

  /** The rows, or why there are none. */
  finishRows(): CandleRows {
    if (this.refusal !== undefined) return this.refusal
    if (!this.elements.isWhole) return refuseCandles(0, damaged)
    if (this.objects !== undefined) return this.finishObjects(this.objects)
    const doubt = this.doubts.because()
    if (doubt !== undefined) return refuseCandles(1, `Row 1: ${doubt}`)
    return this.row === 0 ? refuseCandles(0, "The list has no candles.") : { ok: true, ...this.rows.taken() }
  }

  private readElement(bytes: Uint8Array, start: number, end: number): void {
    if (this.refused) return
    this.row++
    if (this.row === 1 && bytes[start] === OBJECT) this.objects = new JsonObjectRows(this.options)
    if (this.objects !== undefined) return this.readObject(this.objects, textFromBytes(bytes, start, end))
    const what = this.readRow(bytes, start, end)
    if (what === undefined) this.rows.push(this.values, this.row)
    else this.problem(what)
  }

  private readObject(objects: JsonObjectRows, text: string): void {
    if (!objects.add(text)) this.refuse(this.row, `Row ${this.row}: a candle is an object here, as in row 1.`)
  }

  private finishObjects(objects: JsonObjectRows): CandleRows {
    const rows = objects.finishRows()
    this.notes.push(...objects.notes)
    return rows
  }

  private readRow(bytes: Uint8Array, start: number, end: number): string | undefined {
    if (bytes[start] !== LIST || bytes[end - 1] !== LIST_END) return needsSix
    this.cells.split(bytes, start + 1, end - 1, COMMA)
    if (this.cells.count < candleColumnNames.length) return needsSix
    for (let cell = 0; cell < candleColumnNames.length; cell++) {
      const value = numberFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
      if (Number.isNaN(value)) return this.cellDefect(bytes, cell)
      this.values[cell] = cell === 0 ? millisecondsOf(value, timeUnitOf(value)) : value
    }
    if (FAR_TIMES.some(([from, to]) => this.values[0] >= from && this.values[0] < to)) {
      const text = textFromBytes(bytes, this.cells.starts[0], this.cells.ends[0])
      if (isDatedDigits(text)) return `the time ${quoted(text)} is a date in digits; write milliseconds since 1970.`
    }
    this.seeOrder(bytes)
    return undefined
  }

  /** Names are missing here: what the cells are shows in their numbers, of which one behind the volume says more. */
  private seeOrder(bytes: Uint8Array): void {
    const { starts, ends, count } = this.cells
    const hasNext = count > candleColumnNames.length
    for (let at = 0; at < NEXT; at++) this.behindTime[at] = this.values[at + 1]
    if (hasNext) this.behindTime[NEXT] = numberFromBytes(bytes, starts[NEXT + 1], ends[NEXT + 1])
    this.doubts.see(this.behindTime, hasNext ? NEXT + 1 : NEXT)
  }

  private cellDefect(bytes: Uint8Array, cell: number): string {
    const text = textFromBytes(bytes, this.cells.starts[cell], this.cells.ends[cell])
    return `the ${cell === 0 ? "time" : candleColumnNames[cell]} holds ${quoted(text, 40)}, which is not a number.`
  }

  private problem(what: string): void {
    const { problems, mostUselessRows = fileLimits.mostUselessRows } = this.options
    if (problems === undefined) return this.refuse(this.row, `Row ${this.row}: ${what}`)
    problems.add(this.row, what)
    if (problems.count > mostUselessRows) this.refuse(this.row, uselessRows(this.row, mostUselessRows))
  }

  private refuse(row: number, because: string): void {
    this.refusal ??= refuseCandles(row, because)
  }
}
