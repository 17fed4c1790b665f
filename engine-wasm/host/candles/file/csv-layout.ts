import { candleColumnNames, type CandleColumnName } from "../candles.ts"
import { CsvCells } from "./csv-cells.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { numberFromBytes, textFromBytes } from "./csv-number.ts"

/** Which cell of a row feeds what. `millisecondsSaid`: the header itself names the unit of time. */
export type CsvLayout = {
  separator: number
  hasHeader: boolean
  cellCount: number
  cells: Record<CandleColumnName, number>
  /** Where the day stands when the time cell holds only the time of day, as MetaTrader writes. */
  dayCell?: number
  extras: { name: string; cell: number }[]
  millisecondsSaid: boolean
  notes: string[]
}

/**
 * `because` ends the sentence "Row 1: …". `mappable`: this may well be a table of candles, if only somebody says
 * which column is which.
 */
export type LayoutOrRefusal = { ok: true; layout: CsvLayout } | { ok: false; because: string; mappable?: true }

const binanceExtras = [
  { name: "quoteVolume", cell: 7 },
  { name: "tradeCount", cell: 8 },
  { name: "takerBuyVolume", cell: 9 },
  { name: "takerBuyQuoteVolume", cell: 10 },
]

// The first name found wins: of several time columns the exact one, of several volumes the one in base units.
const knownNames: Record<CandleColumnName, string[]> = {
  openTimeMs: [
    "opentimems",
    "timestampms",
    "timems",
    "opentime",
    "timestamp",
    "unixtimestamp",
    "unix",
    "epoch",
    "ts",
    "time",
    "datetime",
    "date",
    "t",
    "opendate",
    "gmttime",
    "starttime",
  ],
  open: ["open", "openprice", "priceopen", "o"],
  high: ["high", "highprice", "pricehigh", "max", "h"],
  low: ["low", "lowprice", "pricelow", "min", "l"],
  close: ["close", "closeprice", "priceclose", "last", "c"],
  volume: ["volume", "vol", "basevolume", "volumebase", "v", "tickvol", "tickvolume"],
}

/** Fewer columns than this are no candles, whatever anybody says. */
const FEWEST_COLUMNS = 5

/**
 * How to read a file, from its first line in bytes[start, end): as the person said, by a header in many spellings, or
 * as bulk rows without one.
 */
export function layoutFromLine(bytes: Uint8Array, start: number, end: number, mapping?: CsvMapping): LayoutOrRefusal {
  const separator = separatorOf(bytes, start, end)
  const line = new CsvCells()
  line.split(bytes, start, end, separator)
  const texts = Array.from({ length: Math.min(line.count, line.starts.length) }, (_, cell) =>
    textFromBytes(bytes, line.starts[cell], line.ends[cell]),
  )
  if (mapping !== undefined) return layoutFromMapping(separator, texts, mapping)
  const isNumber = (cell: number) => !Number.isNaN(numberFromBytes(bytes, line.starts[cell], line.ends[cell]))
  const answer =
    line.count >= 6 && isNumber(1) && isNumber(4)
      ? layoutWithoutHeader(separator, line.count)
      : layoutFromHeader(separator, texts)
  return answer.ok || texts.length < FEWEST_COLUMNS ? answer : { ...answer, mappable: true }
}

function layoutFromMapping(separator: number, texts: string[], { hasHeader, cells }: CsvMapping): LayoutOrRefusal {
  const last = Math.max(...Object.values(cells))
  if (last >= texts.length)
    return { ok: false, because: `it has ${texts.length} columns, and column ${last + 1} was asked for.` }
  const used = new Set(Object.values(cells))
  const extras = hasHeader ? extrasOf(texts, used) : []
  return {
    ok: true,
    layout: {
      separator,
      hasHeader,
      cellCount: texts.length,
      cells,
      extras,
      millisecondsSaid: false,
      notes: ["Its columns were taken as you said."],
    },
  }
}

/** The byte that parts the cells of a line: the one of , ; tab and | that is there most often. */
export function separatorOf(bytes: Uint8Array, start: number, end: number): number {
  const counts = [44, 59, 9, 124].map((byte) => ({
    byte,
    count: bytes.subarray(start, end).filter((each) => each === byte).length,
  }))
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).byte
}

function layoutWithoutHeader(separator: number, cellCount: number): LayoutOrRefusal {
  if (![6, 7, 12].includes(cellCount)) {
    return {
      ok: false,
      because: `there is no header, and ${cellCount} cells are neither Binance's 12 nor the plain 6; add a line open_time_ms,open,high,low,close,volume on top.`,
    }
  }
  const cells = Object.fromEntries(candleColumnNames.map((name, cell) => [name, cell])) as Record<
    CandleColumnName,
    number
  >
  const extras = cellCount === 12 ? binanceExtras : cellCount === 7 ? [{ name: "tradeCount", cell: 6 }] : []
  const order = "There is no header; the columns were taken as open time, open, high, low, close, volume."
  const notes = cellCount === 12 ? [] : [order]
  return { ok: true, layout: { separator, hasHeader: false, cellCount, cells, extras, millisecondsSaid: false, notes } }
}

/** Which column of a header feeds what; a Feather file's column names are understood in the same way. */
export function layoutFromHeader(separator: number, texts: string[]): LayoutOrRefusal {
  if (texts.length < 2)
    return { ok: false, because: "there is no candle header here; expected open_time_ms,open,high,low,close,volume." }
  const plain = texts.map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ""))
  const twice = plain.findIndex((name, cell) => name !== "" && plain.indexOf(name) < cell)
  if (twice >= 0) return { ok: false, because: `the column "${texts[twice]}" is there twice.` }
  const cells = candleColumnNames.map((name) => [name, cellOf(name, plain)] as const)
  const missing = cells
    .filter(([, cell]) => cell < 0)
    .map(([name]) => `"${name === "openTimeMs" ? "open_time_ms" : name}"`)
  if (missing.length > 0) return { ok: false, because: `the header has no column ${missing.join(" and no ")}.` }
  const dayCell = plain.includes("date") && plain.indexOf("time") === cells[0][1] ? plain.indexOf("date") : undefined
  const used = new Set([...cells.map(([, cell]) => cell), dayCell])
  const extras = extrasOf(texts, used)
  const cellByName = Object.fromEntries(cells) as Record<CandleColumnName, number>
  const millisecondsSaid = plain[cellByName.openTimeMs].endsWith("ms")
  return {
    ok: true,
    layout: {
      separator,
      hasHeader: true,
      cellCount: texts.length,
      cells: cellByName,
      dayCell,
      extras,
      millisecondsSaid,
      notes: [],
    },
  }
}

function extrasOf(texts: string[], used: Set<number | undefined>) {
  return texts
    .map((text, cell) => ({ name: extraName(text), cell }))
    .filter(
      ({ name, cell }, at, all) => !used.has(cell) && name !== "" && all.findIndex((each) => each.name === name) === at,
    )
}

function cellOf(name: CandleColumnName, plain: string[]): number {
  const known = knownNames[name].find((each) => plain.includes(each))
  if (known !== undefined) return plain.indexOf(known)
  // "Volume BTC", "Volume (USD)": the base currency stands first wherever both are given.
  return name === "volume" ? plain.findIndex((each) => each.startsWith("volume")) : -1
}

/** A header cell as a name formulas can use: letters, digits and _, not starting with a digit. */
function extraName(text: string): string {
  const name = text
    .trim()
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/^(?=\d)/, "_")
  return name === "__proto__" ? "" : name.replace(/^_+$/, "")
}
