import type { CandleGate, CandleRefusal } from "../candles.ts"
import type { CandleRows } from "./candle-reader.ts"
import { CandleCsvReader, type CsvChoices, type CsvReading } from "./candle-csv-reader.ts"
import { MOST_CELLS } from "./csv-cells.ts"

/** Objects may lack a field that later ones have: their names are those of so many first ones together. */
const FIRST_OBJECTS = 100
/** Objects become text in pieces of so many. */
const OBJECTS_A_PIECE = 256
/** The lines above the first row of the table that the objects become. */
const LINES_ABOVE = 2
const SEPARATOR = "\t"

type Fields = Map<string, string>

/**
 * Candles that are JSON objects with named fields, as Bitstamp or pandas' `to_json(orient="records")` write them. They
 * become a table with a header and are read as one, so that all names, times and markets are known that a CSV file may
 * have. Rows are numbered from 1 by the objects.
 */
export class JsonObjectRows {
  private readonly table: CandleCsvReader
  private names: string[] | undefined
  private held: Fields[] = []
  private readonly encoder = new TextEncoder()

  constructor(options: CandleGate & CsvChoices & CsvReading) {
    this.table = new CandleCsvReader({ ...options, lineBefore: -LINES_ABOVE })
  }

  /** Whether the file is already refused. */
  get refused(): boolean {
    return this.table.refused
  }

  /** What reading involved, in sentences. */
  get notes(): string[] {
    return this.table.notes
  }

  /** Takes the text of one element; false where it is no object. */
  add(element: string): boolean {
    const fields = fieldsOf(element)
    this.held.push(fields ?? new Map())
    if (this.held.length >= (this.names === undefined ? FIRST_OBJECTS : OBJECTS_A_PIECE)) this.pushHeld()
    return fields !== undefined
  }

  /** The rows, or why there are none. */
  finishRows(): CandleRows {
    this.pushHeld()
    const rows = this.table.finishRows()
    return rows.ok ? rows : ofObjects(rows)
  }

  private pushHeld(): void {
    const isFirst = this.names === undefined
    const names = (this.names ??= namesOf(this.held))
    const lines = this.held.map((fields) => names.map((name) => fields.get(name) ?? ""))
    const above = isFirst ? [`sep=${SEPARATOR}`, names.map(cellText).join(SEPARATOR)] : []
    const text = [...above, ...lines.map((cells) => cells.join(SEPARATOR) || "-")]
    this.held = []
    if (text.length > 0) this.table.push(this.encoder.encode(`${text.join("\n")}\n`))
  }
}

function namesOf(objects: Fields[]): string[] {
  const names = new Set<string>()
  for (const fields of objects) for (const name of fields.keys()) if (names.size <= MOST_CELLS) names.add(name)
  return [...names]
}

/** An object's fields by name; those of an object in it as "mid.o". Undefined for anything else. */
function fieldsOf(element: string): Fields | undefined {
  const value = parsed(element)
  if (!isObject(value)) return undefined
  const fields: Fields = new Map()
  for (const [name, each] of Object.entries(value)) {
    if (isObject(each)) for (const [inner, one] of Object.entries(each)) fields.set(`${name}.${inner}`, valueText(one))
    else fields.set(name, valueText(each))
  }
  return fields
}

function parsed(element: string): unknown {
  try {
    return JSON.parse(element)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return ""
  return cellText(typeof value === "string" ? value : JSON.stringify(value))
}

/** A text as one cell of a line. */
function cellText(text: string): string {
  return text.replace(/[\t\r\n]/g, " ").replaceAll('"', "'")
}

/** What is wrong with the header is wrong with the fields' names. */
function ofObjects(refusal: CandleRefusal): CandleRefusal {
  const because = refusal.because
    .replace(/^Row 0: the header has no column/, "Its objects have no field")
    .replace(/^Row 0: there is no candle header here; expected/, "Its objects are no candles; expected fields such as")
    .replace(/^Row 0: /, "The names of its objects' fields: ")
    .replace("The file has a header but no candles.", "The list has no candles.")
  return { ok: false, row: refusal.row, because, ...(refusal.ask && { ask: refusal.ask }) }
}
