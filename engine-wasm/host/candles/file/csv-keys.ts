import { refuseCandles, type CandleRefusal } from "../candles.ts"
import { quoted, quotedList } from "../foreign-text.ts"
import { shownTimeFrom } from "./csv-date.ts"
import type { CsvCells } from "./csv-cells.ts"
import type { KeyColumn } from "./csv-header.ts"
import { textFromBytes } from "./csv-number.ts"

/** Nobody chooses among more; for a file that has more we say so. */
export const MOST_MARKETS = 1_000

/** A column of text that may say which market a row belongs to. */
export type SuspectColumn = { name: string; values: string[] }

/** A number that says which market a row belongs to stays the same for this many rows on average. */
export const STEADY_ROWS = 3

/** Longer texts name no market. */
const LONGEST_NAME = 200

type Kept = KeyColumn & {
  last: Uint8Array
  values: Map<string, number>
  isFull: boolean
  /** How often the text changes from one row to the next, and how often time or price breaks there. */
  changes: number
  atBreaks: number
  atPriceBreaks: number
}

type Break = "none" | "time" | "price"

/** What a row holds beside its texts. */
type SeenRow = { line: number; timeMs: number; open: number; close: number }

/** A price that moves by this factor where a text changes is another market's. */
const BREAK_FACTOR = 1.5

/** Columns that say which market or kind a row belongs to: a file holds one of each, or the user chooses one. */
export class CsvKeys {
  /** Rows of other markets, left out because the user chose one, and the others. */
  leftOut = 0
  taken = 0
  private columns: Kept[]
  private rows = 0
  private before: SeenRow | undefined
  /** 1 where the file's first rows go forward in time, -1 where they go back. */
  private direction = 0

  /** `texts` are columns that may say it too, under unknown names. */
  constructor(
    keys: KeyColumn[],
    texts: { name: string; cell: number }[],
    private readonly wanted?: string,
  ) {
    const all = [...keys, ...texts.map((text) => ({ ...text, kind: "text" as const }))]
    this.columns = all.map((key) => ({
      ...key,
      last: new Uint8Array(0),
      values: new Map<string, number>(),
      isFull: false,
      changes: 0,
      atBreaks: 0,
      atPriceBreaks: 0,
    }))
  }

  /** Whether a row belongs to the chosen market. */
  isMeant(bytes: Uint8Array, cells: CsvCells): boolean {
    if (this.wanted === undefined) return true
    const named = this.columns.filter(({ kind }) => kind === "market")
    const texts = (named.length > 0 ? named : this.columns).map(({ cell }) =>
      textFromBytes(bytes, cells.starts[cell], cells.ends[cell]),
    )
    const isMeant = texts.includes(this.wanted)
    if (isMeant) this.taken++
    else this.leftOut++
    return isMeant
  }

  /** Records a row's values, chosen or not. */
  see(bytes: Uint8Array, cells: CsvCells, row: SeenRow): void {
    if (this.columns.length === 0) return
    this.rows++
    const broken = this.breakAt(row)
    for (const column of this.columns) {
      const [start, end] = [cells.starts[column.cell], cells.ends[column.cell]]
      if (!isSame(column.last, bytes, start, end)) this.change(column, bytes.slice(start, end), { broken, row })
    }
    this.before = row
  }

  private change(column: Kept, cell: Uint8Array, { broken, row }: { broken: Break; row: SeenRow }): void {
    if (column.values.size > 0) {
      column.changes++
      if (broken !== "none") column.atBreaks++
      if (broken === "price") column.atPriceBreaks++
    }
    column.last = cell
    if (column.values.size < MOST_MARKETS) {
      const text = textFromBytes(cell, 0, Math.min(cell.length, LONGEST_NAME))
      if (!column.values.has(text)) column.values.set(text, row.line)
    } else if (isNumber(column) && !this.isSteady(column)) this.columns = this.columns.filter((each) => each !== column)
    else column.isFull = true
  }

  /** Whether a column of numbers holds each for many rows: row numbers and amounts do not. */
  private isSteady({ values }: Kept): boolean {
    return values.size * STEADY_ROWS <= this.rows
  }

  /** Whether a row goes against the order of time, or its price has nothing to do with the one before. */
  private breakAt({ timeMs, open }: SeenRow): Break {
    if (this.before === undefined) return "none"
    const step = Math.sign(timeMs - this.before.timeMs)
    if (this.direction === 0) this.direction = step
    const { close } = this.before
    if (Math.max(open / close, close / open) >= BREAK_FACTOR) return "price"
    return step === this.direction ? "none" : "time"
  }

  /** Why the rows are not a single market; undefined when they are, or the user chose one. */
  refusal(): CandleRefusal | undefined {
    if (this.wanted !== undefined) return this.leftOut > 0 && this.taken === 0 ? this.nothingMeant() : undefined
    const changing = this.changing().find(saysMarket)
    return changing && changeRefusal(changing)
  }

  private changing(): Kept[] {
    return this.columns.filter((column) => column.values.size > 1 && (!isNumber(column) || this.isSteady(column)))
  }

  /** A column under an unknown name whose text changes: a possible reason for rows that contradict one another. */
  suspect(): SuspectColumn | undefined {
    const changing = this.wanted === undefined ? this.changing()[0] : undefined
    return changing && { name: changing.name, values: [...changing.values.keys()] }
  }

  private nothingMeant(): CandleRefusal {
    const [column] = this.columns
    const there =
      column === undefined
        ? "it names no markets"
        : `the column ${quoted(column.name)} names ${quotedList([...column.values.keys()])}`
    return refuseCandles(0, `No row is of ${quoted(this.wanted)}; ${there}.`)
  }
}

/**
 * Whether a column that changes says which market a row belongs to: by its name; by time or price that break where its
 * text does; or by tickers of which each has its rows in one stretch.
 */
function saysMarket({ kind, values, isFull, changes, atBreaks, atPriceBreaks }: Kept): boolean {
  // Years and months change where files meet that were put together, so time alone says nothing about a number.
  if (kind === "number") return atPriceBreaks * 2 >= changes
  if (kind !== "text") return true
  if (atBreaks * 2 >= changes) return true
  return !isFull && changes === values.size - 1 && [...values.keys()].every(isTicker)
}

function isNumber({ kind }: Kept): boolean {
  return kind === "id" || kind === "number"
}

/** BTC, ETH-USD, EURUSD=X, ES_H24: what exchanges name markets with; no word, no day, no number. */
function isTicker(text: string): boolean {
  return /^(?=.*[A-Z])[A-Z0-9]{1,12}(?:[-_/.:=^][A-Z0-9]{1,12}){0,3}$/.test(text) && shownTimeFrom(text) === undefined
}

function changeRefusal({ name, kind, values, isFull }: Kept): CandleRefusal {
  const [first, second] = values.keys()
  const row = [...values.values()][1]
  const changes = `Row ${row}: the column ${quoted(name)} changes from ${quoted(first)} to ${quoted(second)}`
  if (kind === "kind")
    return refuseCandles(row, `${changes}: candles of two kinds cannot be one market; take the file apart.`)
  const count = `${isFull ? "more than " : ""}${values.size}`
  const refusal = refuseCandles(row, `${changes}: the file holds ${count} markets; say which one.`)
  return { ...refusal, ask: { kind: "market", choices: [...values.keys()] } }
}

function isSame(last: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (last.length !== end - start) return false
  for (let at = 0; at < last.length; at++) if (last[at] !== bytes[start + at]) return false
  return true
}
