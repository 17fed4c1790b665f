import { candleColumnNames, columnsBy } from "../candles.ts"
import type { NumberedColumns } from "./candle-order.ts"
import { fileLimits } from "./file-limits.ts"
import { GrowingColumn } from "./growing-column.ts"
import { Unreadable } from "./unreadable.ts"

/** The six columns of candles and the row of each, while a file's rows arrive; never more than allowed. */
export class RowColumns {
  readonly mostRows: number
  private readonly bytesARow: number
  private readonly rowNumbers: GrowingColumn<Uint32Array>
  private readonly columns: GrowingColumn[]

  /** `columnCount`: how many columns the file has in all, for they share the room. */
  constructor(
    private readonly columnCount: number = candleColumnNames.length,
    private readonly mostHeldBytes = fileLimits.mostHeldBytes,
  ) {
    // Numbers of eight bytes, and the row's own of four.
    this.bytesARow = columnCount * 8 + 4
    this.mostRows = Math.floor(mostHeldBytes / this.bytesARow)
    this.rowNumbers = new GrowingColumn(1024, { most: this.mostRows, whole: true })
    this.columns = candleColumnNames.map(() => new GrowingColumn(1024, { most: this.mostRows }))
  }

  get length(): number {
    return this.rowNumbers.length
  }

  /** Adds the first six of `values`. Throws `Unreadable` when there are more rows than fit. */
  push(values: Float64Array, row: number): void {
    if (this.length >= this.mostRows) this.refuseBeyond(1)
    for (let at = 0; at < this.columns.length; at++) this.columns[at].push(values[at])
    this.rowNumbers.push(row)
  }

  /** Adds whole columns, numbered from the last row on. */
  append(columns: Float64Array[]): void {
    columns.forEach((values, at) => this.columns[at].append(values))
    for (let row = 0; row < columns[0].length; row++) this.rowNumbers.push(this.rowNumbers.length + 1)
  }

  /** The memory of the rows so far, including the other columns of the file. */
  get heldBytes(): number {
    return this.length * this.bytesARow
  }

  /** Throws `Unreadable` when there is no room for this many more rows and for other bytes beside them. */
  refuseBeyond(rows: number, otherBytes = 0): void {
    if ((this.length + rows) * this.bytesARow + otherBytes > this.mostHeldBytes) throw this.tooMany()
  }

  /** The rows so far; take them when no more will come. */
  taken(): NumberedColumns {
    return {
      columns: columnsBy((name) => this.columns[candleColumnNames.indexOf(name)].taken()),
      rowNumbers: this.rowNumbers.taken(),
    }
  }

  private tooMany(): Unreadable {
    const rows = this.mostRows.toLocaleString("en")
    return new Unreadable(
      `The file holds more than ${rows} rows of ${this.columnCount} columns, which is more than is read at once; split it into shorter periods, or leave out columns.`,
    )
  }
}
