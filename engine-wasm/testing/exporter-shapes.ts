import fc from "fast-check"
import { DAY_MS, timeframesMs, type Timeframe } from "../host/candles/timeframe.ts"

/** One candle as a row: open time, open, high, low, close, volume. */
export type Row = [timeMs: number, open: number, high: number, low: number, close: number, volume: number]

/** A program's way of writing candles to a file. */
export type Shape = {
  separator: "," | ";" | "\t" | "|"
  /** Names of the six columns, or none. */
  names: string[] | undefined
  /** The place of each column; with a header any order will do. */
  order: number[]
  time: TimeForm
  numbers: "point" | "comma" | "thousands" | "thousands-comma"
  quotes: boolean
  newestFirst: boolean
  /** Lines above everything else. */
  above: string[]
  /** A further column at this place. */
  further: { at: number; name: string; cell: (row: number, style: Shape["numbers"]) => string }[]
  lineEnd: "\n" | "\r\n"
  encoding: "plain" | "mark" | "utf16"
  /** Concatenated files: the header repeats, and the parts may be in another order. */
  parts: { count: number; swapped: boolean }
}

const pad = (number: number, digits = 2) => String(number).padStart(digits, "0")
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

function partsOf(timeMs: number) {
  const date = new Date(timeMs)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  return { year, month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes() }
}

const isoDay = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10)
const clock = (timeMs: number) => new Date(timeMs).toISOString().slice(11, 19)

/** How times are written, in one cell or in two. */
const timeForms = {
  seconds: (ms: number) => [String(ms / 1000)],
  "seconds.0": (ms: number) => [`${ms / 1000}.0`],
  milliseconds: (ms: number) => [String(ms)],
  microseconds: (ms: number) => [`${ms}000`],
  nanoseconds: (ms: number) => [`${ms}000000`],
  iso: (ms: number) => [`${isoDay(ms)} ${clock(ms)}`],
  "iso T Z": (ms: number) => [new Date(ms).toISOString()],
  "iso +02:00": (ms: number) => [`${isoDay(ms + 7_200_000)} ${clock(ms + 7_200_000)}+02:00`],
  "iso -0530": (ms: number) => [`${isoDay(ms - 19_800_000)}T${clock(ms - 19_800_000)}-0530`],
  compact: (ms: number) => [`${isoDay(ms).replaceAll("-", "")} ${clock(ms).replaceAll(":", "")}`],
  points: (ms: number) => [`${isoDay(ms).replaceAll("-", ".")} ${clock(ms).slice(0, 5)}`],
  "day first": (ms: number) => [`${dayFirst(ms, "/")} ${clock(ms).slice(0, 5)}`],
  "day first, points": (ms: number) => [`${dayFirst(ms, ".")} ${clock(ms)}.000`],
  "month first": (ms: number) => [`${monthFirst(ms)} ${clock(ms).slice(0, 5)}`],
  "month first, half days": (ms: number) => [`${monthFirst(ms)} ${halfDay(ms)}`],
  "month's name": (ms: number) => [
    `${months[partsOf(ms).month - 1]} ${pad(partsOf(ms).day)} ${partsOf(ms).year} ${clock(ms)}`,
  ],
  "day and clock": (ms: number) => [isoDay(ms), clock(ms).slice(0, 5)],
  "day and clock's digits": (ms: number) => [isoDay(ms).replaceAll("-", ""), clock(ms).slice(0, 5).replace(":", "")],
  "day and clock's digits with seconds": (ms: number) => [isoDay(ms), clock(ms).replaceAll(":", "")],
  "day and clock's bare digits": (ms: number) => [isoDay(ms), String(Number(clock(ms).slice(0, 5).replace(":", "")))],
} satisfies Record<string, (ms: number) => string[]>
export type TimeForm = keyof typeof timeForms

function dayFirst(ms: number, point: string): string {
  const { year, month, day } = partsOf(ms)
  return [pad(day), pad(month), year].join(point)
}

function monthFirst(ms: number): string {
  const { year, month, day } = partsOf(ms)
  return [month, day, year].join("/")
}

function halfDay(ms: number): string {
  const { hour, minute } = partsOf(ms)
  return `${hour % 12 === 0 ? 12 : hour % 12}:${pad(minute)} ${hour < 12 ? "AM" : "PM"}`
}

/** Candles at the distances and prices markets have. */
export const anyRows: fc.Arbitrary<Row[]> = fc
  .record({
    timeframe: fc.constantFrom<Timeframe>("1m", "5m", "15m", "1h", "4h", "1d", "1d", "1w"),
    day: fc.integer({ min: Date.UTC(2001, 0, 1) / DAY_MS, max: Date.UTC(2035, 0, 1) / DAY_MS }),
    decimals: fc.integer({ min: 0, max: 5 }),
    start: fc.integer({ min: 200, max: 3_000_000 }),
    moves: fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.nat(30), fc.nat(30), fc.nat(5_000_000)), {
      minLength: 12,
      maxLength: 50,
    }),
  })
  .map(({ timeframe, day, decimals, start, moves }) => {
    let price = start
    return moves.map(([move, up, down, volume], at): Row => {
      const [open, close] = [price, Math.max(price + move, 1)]
      price = close
      const inMoney = (ticks: number) => Number((ticks / 10 ** decimals).toFixed(decimals))
      const [high, low] = [Math.max(open, close) + up, Math.max(Math.min(open, close) - down, 1)]
      return [
        day * DAY_MS + at * timeframesMs[timeframe],
        inMoney(open),
        inMoney(high),
        inMoney(low),
        inMoney(close),
        volume / 100,
      ]
    })
  })

const nameChoices: string[][][] = [
  [["time"], ["open"], ["high"], ["low"], ["close"], ["volume"]],
  [
    ["Date", "Datetime", "timestamp", "Gmt time"],
    ["Open"],
    ["High"],
    ["Low"],
    ["Close", "Last", "Price"],
    ["Volume", "Vol.", "Volume BTC"],
  ],
  [
    ["open_time", "timeOpen", "unix"],
    ["o", "Open price"],
    ["h", "priceHigh"],
    ["l", "low"],
    ["c", "Close**"],
    ["v", "basevolume"],
  ],
]

const anyNames = fc
  .constantFrom(...nameChoices)
  .chain((choices) => fc.tuple(...choices.map((names) => fc.constantFrom(...names))))

const furtherColumns = [
  { name: "trades", cell: (row: number) => String(row * 7) },
  { name: "RSI", cell: (row: number, style: Shape["numbers"]) => (row < 3 ? "NaN" : numberText(row + 0.5, style)) },
  { name: "symbol", cell: () => "BTC/USDT" },
  { name: "Plot", cell: (row: number) => String(row) },
  { name: "Plot", cell: () => "" },
  { name: "closeTime", cell: (row: number) => String(1_700_000_000 + row) },
  { name: "", cell: (row: number) => String(row) },
]

/** Any shape; combinations that no program writes are corrected. */
export const anyShape: fc.Arbitrary<Shape> = fc
  .record({
    separator: fc.constantFrom<Shape["separator"]>(",", ",", ";", "\t", "|"),
    names: fc.option(anyNames, { nil: undefined, freq: 4 }),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
    time: fc.constantFrom(...(Object.keys(timeForms) as TimeForm[])),
    numbers: fc.constantFrom<Shape["numbers"]>("point", "point", "comma", "thousands", "thousands-comma"),
    quotes: fc.boolean(),
    newestFirst: fc.boolean(),
    above: fc.constantFrom<string[]>(
      [],
      [],
      ["https://www.example.com"],
      ["# made by hand"],
      ["BTC/USD, hourly"],
      [""],
    ),
    further: fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...furtherColumns)), { maxLength: 3 }),
    lineEnd: fc.constantFrom<Shape["lineEnd"]>("\n", "\r\n"),
    encoding: fc.constantFrom<Shape["encoding"]>("plain", "plain", "mark", "utf16"),
    parts: fc.record({ count: fc.integer({ min: 1, max: 3 }), swapped: fc.boolean() }),
  })
  .map((shape) => ({
    ...shape,
    order: shape.names === undefined ? [0, 1, 2, 3, 4, 5] : shape.order,
    // Commas in numbers need quotes where commas separate cells.
    quotes: shape.quotes || (shape.separator === "," && shape.numbers !== "point"),
    further: shape.names === undefined ? [] : shape.further.map(([at, column]) => ({ at, ...column })),
  }))

/** The bytes of a file of these candles in this shape. */
export function fileOf(rows: Row[], shape: Shape): Uint8Array {
  const ordered = shape.newestFirst ? rows.toReversed() : rows
  const lines = ordered.map((row, at) => lineOf(cellsOf(row, shape), shape, (column) => column.cell(at, shape.numbers)))
  const header = shape.names === undefined ? [] : [lineOf(headerCells(shape), shape, (column) => column.name)]
  const all = [...shape.above, ...partsIn(lines, shape).flatMap((part) => [...header, ...part])]
  const text = all.map((line) => line + shape.lineEnd).join("")
  if (shape.encoding === "utf16") return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"))
  return new TextEncoder().encode((shape.encoding === "mark" ? "\ufeff" : "") + text)
}

function partsIn(lines: string[], { parts }: Shape): string[][] {
  const size = Math.ceil(lines.length / parts.count)
  const cut = Array.from({ length: parts.count }, (_, at) => lines.slice(at * size, (at + 1) * size)).filter(
    (part) => part.length > 0,
  )
  return parts.swapped ? cut.toReversed() : cut
}

function headerCells({ names, order, time }: Shape): string[] {
  const written = names!.map((name, at) => (at === 0 && timeForms[time](0).length === 2 ? ["Date", "Time"] : [name]))
  return order.flatMap((at) => written[at])
}

function cellsOf(row: Row, { order, time, numbers }: Shape): string[] {
  const written = row.map((value, at) => (at === 0 ? timeForms[time](value) : [numberText(value, numbers)]))
  return order.flatMap((at) => written[at])
}

function lineOf(
  cells: string[],
  { separator, quotes, further }: Shape,
  cellOf: (column: Shape["further"][0]) => string,
): string {
  const all = further.reduce(
    (line, column) => line.toSpliced(Math.min(column.at, line.length), 0, cellOf(column)),
    cells,
  )
  return all.map((cell) => (quotes ? `"${cell}"` : cell)).join(separator)
}

function numberText(value: number, style: Shape["numbers"]): string {
  const [whole, part] = plain(value).split(".")
  const groups = style.startsWith("thousands")
    ? whole.replace(/\B(?=(\d{3})+$)/g, style === "thousands" ? "," : ".")
    : whole
  return part === undefined ? groups : `${groups}${style.endsWith("comma") ? "," : "."}${part}`
}

function plain(value: number): string {
  return value.toFixed(10).replace(/\.?0+$/, "")
}
