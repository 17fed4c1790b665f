import { GrowingColumn } from "../../candles/file/growing-column.ts"
import { view, type EngineExports } from "../engine/engine.ts"
import type { StrategySeriesAnswer } from "../strategy-series.ts"
import { textAt, type CodeExports } from "./code-instance.ts"

/** Rows between two takes: a slice of candles, and the one that was at work before it. */
const MOST_ROWS = 65_536 + 1
/** Times, and a column for each name (assembly/code/shown.ts). */
const COLUMNS = 17

/** The numbers that code shows on one market of a run, gathered slice by slice. */
export class ShownNumbers {
  readonly #code: CodeExports
  readonly #address: number
  readonly #times = new GrowingColumn()
  readonly #columns: GrowingColumn[] = []

  /** Lays out room in a run that has not started. */
  constructor(instance: EngineExports, market: number) {
    this.#code = instance as CodeExports
    this.#address = instance.allocate(MOST_ROWS * COLUMNS * 8)
    this.#code.setShown(market, this.#address, MOST_ROWS)
  }

  /** Takes the rows since the last time. Call it after each slice of at most 65,536 candles. */
  take(): void {
    const rows = this.#code.shownRows()
    for (let n = this.#columns.length; n < this.#code.shownNames(); n++) this.#columns.push(unknown(this.#times.length))
    this.#times.append(this.#rows(0, rows))
    for (const [n, column] of this.#columns.entries()) column.append(this.#rows(n + 1, rows))
    this.#code.emptyShown()
  }

  #rows(column: number, rows: number): Float64Array {
    return view(this.#code, this.#address + column * MOST_ROWS * 8, rows)
  }

  /** Everything shown so far, in the order it was first shown. */
  answer(): Extract<StrategySeriesAnswer, { ok: true }> {
    const series = this.#columns.map((column, n) => {
      const name = textAt(this.#code, this.#code.shownNameAddress(n), this.#code.shownNameLength(n))
      const isPrice = this.#code.shownAmongPrices(n) !== 0
      return { name, group: groupOf(name), isPrice, values: column.taken() }
    })
    return { ok: true, openTimeMs: this.#times.taken(), series }
  }
}

function unknown(rows: number): GrowingColumn {
  const column = new GrowingColumn()
  column.append(new Float64Array(rows).fill(Number.NaN))
  return column
}

/** "bands.upper" is drawn with "bands.lower". */
function groupOf(name: string): string {
  const dot = name.lastIndexOf(".")
  return dot > 0 ? name.slice(0, dot) : name
}
