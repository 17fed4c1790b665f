import { quotedList } from "../foreign-text.ts"
import { cellDefect } from "./csv-cell-defect.ts"
import type { CsvCells } from "./csv-cells.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { numberFromBytes, numberWithComma, textFromBytes } from "./csv-number.ts"
import { peoplesNumber } from "./csv-number-style.ts"
import { wordValue } from "./csv-words.ts"
import { GrowingColumn } from "./growing-column.ts"

/** The first number in it creates `column`. */
type ExtraColumn = { name: string; cell: number; column?: GrowingColumn; pending: number }

/** Further columns of numbers, by names that formulas can use; columns that turn out to hold text are left out. */
export class CsvExtras {
  private columns: ExtraColumn[]
  private readonly leftOut: string[]

  constructor(private readonly layout: Pick<CsvLayout, "extras" | "texts" | "style">) {
    this.columns = layout.extras.map((extra) => ({ ...extra, pending: Number.NaN }))
    this.leftOut = layout.texts.map(({ name }) => name)
  }

  /** Checks a row. Returns what is wrong with it, as the end of a sentence, or undefined. */
  read(bytes: Uint8Array, { starts, ends }: CsvCells): string | undefined {
    for (let at = 0; at < this.columns.length; at++) {
      const column = this.columns[at]
      const [start, end] = [starts[column.cell], ends[column.cell]]
      const value = this.valueOf(bytes, start, end)
      if (value !== undefined) column.pending = value
      else if (column.column !== undefined)
        return cellDefect(column.name, textFromBytes(bytes, start, end), this.layout.style)
      else this.leaveOut(this.columns[at--])
    }
    return undefined
  }

  /** Keeps the row last checked: the one after `rows` others, of at most `most`. */
  keep(rows: number, most: number): void {
    for (const column of this.columns) {
      if (!Number.isNaN(column.pending)) column.column ??= unknownSoFar(rows, most)
      column.column?.push(column.pending)
    }
  }

  /** The columns so far; take them when no more will come. */
  taken(): Record<string, Float64Array> {
    return Object.fromEntries(
      this.columns.flatMap(({ name, column }) => (column === undefined ? [] : [[name, column.taken()]])),
    )
  }

  /** Which columns are left out, since they hold text. */
  notes(): string[] {
    if (this.leftOut.length === 0) return []
    return this.leftOut.length === 1
      ? [`The column ${quotedList(this.leftOut)} holds text and was left out.`]
      : [`The columns ${quotedList(this.leftOut)} hold text and were left out.`]
  }

  /** A cell's number, NaN where it says that there is none; undefined when it is text. */
  private valueOf(bytes: Uint8Array, start: number, end: number): number | undefined {
    const { style } = this.layout
    const plain = (style === "comma" ? numberWithComma : numberFromBytes)(bytes, start, end)
    if (!Number.isNaN(plain)) return plain
    const word = wordValue(bytes, start, end)
    if (word !== undefined) return word
    const number = peoplesNumber(textFromBytes(bytes, start, end), style)
    return Number.isNaN(number) ? undefined : number
  }

  private leaveOut(column: ExtraColumn): void {
    this.columns = this.columns.filter((each) => each !== column)
    this.leftOut.push(column.name)
  }
}

function unknownSoFar(rows: number, most: number): GrowingColumn {
  const column = new GrowingColumn(rows, { most })
  for (let row = 0; row < rows; row++) column.push(Number.NaN)
  return column
}
