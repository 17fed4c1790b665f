import fc from "fast-check"
import { expect, test } from "vitest"
import { candleCsv } from "./candle-csv.ts"
import { CandleCsvReader } from "./candle-csv-reader.ts"
import type { ReadCandles } from "./candle-reader.ts"
import { CandleProblems } from "./candle-problems.ts"
import { syntheticCandles } from "../synthetic/synthetic-candles.ts"
import { MINUTE_MS } from "../timeframe.ts"

const HEADER = "open_time_ms,open,high,low,close,volume"
const T = 1_700_000_000_000
const one = `${T},1,2,1,2,5`
const two = `${T + MINUTE_MS},2,3,1,2,5`
const three = `${T + 2 * MINUTE_MS},2,3,1,2,5`

function read(content: string | Uint8Array, pieceBytes = 1000): ReadCandles {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content
  const reader = new CandleCsvReader()
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes))
  return reader.finish()
}

function sentence(content: string | Uint8Array): string {
  const answer = read(content)
  return answer.ok ? `taken ${answer.notes.join(" ")}`.trim() : answer.because
}

function times(content: string | Uint8Array): number[] | string {
  const answer = read(content)
  return answer.ok ? [...answer.candles.openTimeMs] : answer.because
}

const lines = (...rows: string[]) => `${rows.join("\n")}\n`
const utf16 = (text: string, mark: boolean) => new Uint8Array(Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le"))
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16())

test.each<[string, string | Uint8Array]>([
  ["LF", lines(HEADER, one, two)],
  ["CRLF", `${HEADER}\r\n${one}\r\n${two}\r\n`],
  ["no newline at the end", `${HEADER}\n${one}\n${two}`],
  ["blank lines", `\n${HEADER}\n\n${one}\n\n\n${two}\n\n`],
  ["UTF-8 mark", `\ufeff${lines(HEADER, one, two)}`],
  ["UTF-16 little endian", utf16(lines(HEADER, one, two), true)],
  ["UTF-16 without mark", utf16(lines(HEADER, one, two), false)],
  ["UTF-16 big endian", swapped(utf16(lines(HEADER, one, two), true))],
  ["semicolons", lines(HEADER, one, two).replaceAll(",", ";")],
  ["tabs", lines(HEADER, one, two).replaceAll(",", "\t")],
  ["bars", lines(HEADER, one, two).replaceAll(",", "|")],
  ["quotes", lines(HEADER, one, two).replaceAll(/[^,\n]+/g, '"$&"')],
  ["blanks around cells", lines(HEADER, one, two).replaceAll(",", " , ")],
  ["separator at the end of rows", lines(HEADER, `${one},`, `${two},`)],
  ["capitals and other names", lines("Timestamp,Open,High,Low,Close,Volume", one, two)],
  ["short names", lines("t,o,h,l,c,v", one, two)],
  [
    "columns in another order",
    lines("volume,close,low,high,open,time", `5,2,1,2,1,${T}`, `5,2,1,3,2,${T + MINUTE_MS}`),
  ],
  [
    "an exporter's address above",
    lines(
      "https://www.example.com",
      "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD",
      `${T},2023-11-14 22:13:20,BTC/USD,1,2,1,2,5,10`,
      `${T + MINUTE_MS},2023-11-14 22:14:20,BTC/USD,2,3,1,2,5,10`,
    ),
  ],
  ["a comment above", lines("# made by hand", HEADER, one, two)],
  ["Excel's separator line", lines("sep=;", ...[HEADER, one, two].map((line) => line.replaceAll(",", ";")))],
  ["seconds", lines("time,open,high,low,close,volume", one.replace("000,", ","), two.replace("000,", ","))],
  ["microseconds", lines(HEADER, one.replace(",", "000,"), two.replace(",", "000,"))],
  ["nanoseconds", lines("ts,open,high,low,close,volume", one.replace(",", "000000,"), two.replace(",", "000000,"))],
  ["milliseconds, then microseconds, as Binance changed in 2025", lines(HEADER, one, two.replace(",", "000,"))],
  [
    "dates",
    lines(
      "date,open,high,low,close,volume",
      one.replace(/^\d+/, "2023-11-14 22:13:20"),
      two.replace(/^\d+/, "2023-11-14T22:14:20Z"),
    ),
  ],
  [
    "MetaTrader's two columns of time",
    lines(
      "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<SPREAD>",
      "2023.11.14\t22:13:20\t1\t2\t1\t2\t5\t1",
      "2023.11.14\t22:14:20\t2\t3\t1\t2\t5\t1",
    ),
  ],
  ["a day beside a full time", lines("date,time,open,high,low,close,volume", `2023-11-14,${one}`, `2023-11-14,${two}`)],
  ["rows without a header", lines(one, two)],
])("%s: the same two candles", (_, content) => expect(times(content)).toEqual([T, T + MINUTE_MS]))

const binance = (time: number | string) => `${time},1.0,2.0,0.5,1.5,10,${Number(time) + 59_999},15.5,7,4,6.2,0`

test("Binance's bulk rows bring their further columns", () => {
  const answer = read(lines(binance(T), binance(`${T + MINUTE_MS}000`)))
  expect(
    answer.ok && [
      answer.notes,
      [...answer.candles.openTimeMs],
      Object.keys(answer.candles.extra),
      [...answer.candles.extra.takerBuyVolume],
    ],
  ).toEqual([[], [T, T + MINUTE_MS], ["quoteVolume", "tradeCount", "takerBuyVolume", "takerBuyQuoteVolume"], [4, 4]])
})

test("further columns keep their names, empty cells are NaN, text columns are left out with a note", () => {
  const answer = read(lines(`${HEADER},signal,Open Interest,note`, `${one},,7,hello`, `${two},0.5,nan,`))
  expect(answer.ok && [answer.notes, answer.candles.extra]).toEqual([
    ['The column "note" holds text and was left out.'],
    { signal: Float64Array.of(NaN, 0.5), Open_Interest: Float64Array.of(7, NaN) },
  ])
})

test("signals written as words are 1 and 0", () => {
  const answer = read(lines(`${HEADER},enter,leave`, `${one},True,FALSE`, `${two},false,`))
  expect(answer.ok && [answer.notes, answer.candles.extra]).toEqual([
    [],
    { enter: Float64Array.of(1, 0), leave: Float64Array.of(0, NaN) },
  ])
})

test("times without a zone are taken as UTC, with a note; times with one are believed", () => {
  const file = (zone: string) =>
    lines("date,open,high,low,close,volume", `2023-11-14 10:00${zone},1,2,1,2,5`, `2023-11-14 11:00${zone},1,2,1,2,5`)
  expect(sentence(file(""))).toBe("taken Its times name no zone and were taken as UTC.")
  expect([sentence(file("+02:00")), times(file("+02:00"))]).toEqual([
    "taken",
    [8, 9].map((hour) => Date.UTC(2023, 10, 14, hour)),
  ])
})

test("a file newest first is reversed, with a note", () => {
  const answer = read(lines(`${HEADER},signal`, `${three},3`, `${two},2`, `${one},1`))
  expect(answer.ok && [[...answer.candles.extra.signal], answer.notes]).toEqual([
    [1, 2, 3],
    ["The file was newest first; its rows were reversed."],
  ])
})

test("identical repeated rows are left out, with a note", () => {
  expect(sentence(lines(HEADER, one, one, two))).toBe("taken Row 3 repeats the row before it and was left out.")
  expect(sentence(lines(HEADER, one, one, two, two, two))).toBe(
    "taken 3 rows repeat the row before them and were left out (rows 3, 5, 6).",
  )
})

test.each<[string, string | Uint8Array, string]>([
  ["an empty file", "", "The file is empty."],
  ["only blank lines", "\n\n\n", "The file is empty."],
  ["only a header", `${HEADER}\n`, "The file has a header but no candles."],
  [
    "one candle",
    lines(HEADER, one),
    "There is only one candle, so its timeframe is unknown; give a file with at least two.",
  ],
  ["no time", lines("open,high,low,close,volume", "1,2,1,2,5"), 'Row 1: the header has no column "open_time_ms".'],
  ["no close", lines("open_time_ms,open,high,low,volume", one), 'Row 1: the header has no column "close".'],
  ["two missing", lines("time,open,high,low", one), 'Row 1: the header has no column "close".'],
  ["a column twice", lines(`${HEADER},close`, one), 'Row 1: the column "close" appears twice.'],
  [
    "prose",
    "Dear trader, these are my candles\n",
    'Row 1: the header has no column "open_time_ms" and no "open" and no "high" and no "low" and no "close".',
  ],
  [
    "old Macintosh's line ends",
    `${HEADER}\r${one}\r${two}\r`,
    "Row 1: its lines end as on old Macintoshes; save it with ordinary line ends.",
  ],
  [
    "a bad header below comments",
    lines("# mine", "", "time,open", one),
    'Row 3: the header has no column "high" and no "low" and no "close".',
  ],
  [
    "one word",
    "hello\nworld\n",
    "Row 1: there is no candle header here; expected open_time_ms,open,high,low,close,volume.",
  ],
  [
    "eight bare columns",
    lines(`${one},1,1`),
    "Row 1: there is no header, and these 8 cells are in no order we know; add a line open_time_ms,open,high,low,close,volume on top.",
  ],
  [
    "text in a number",
    lines(HEADER, one, `${T + MINUTE_MS},2,abc,1,2,5`),
    'Row 3: the column "high" holds "abc", which is not a number.',
  ],
  ["a unit", lines(HEADER, `${T},1 ct,2,1,2,5`, two), 'Row 2: the column "open" holds "1 ct", which is not a number.'],
  [
    "a formula",
    lines(HEADER, `${T},=1+1,2,1,2,5`, two),
    'Row 2: the column "open" holds "=1+1", which is not a number.',
  ],
  [
    "infinity",
    lines(HEADER, `${T},1,Infinity,1,2,5`, two),
    'Row 2: the column "high" holds "Infinity", which is not a number.',
  ],
  ["too large a number", lines(HEADER, `${T},1,1e999,1,2,5`, two), "Row 2: the high is not a number (Infinity)."],
  ["NaN", lines(HEADER, `${T},1,2,1,NaN,5`, two), 'Row 2: the column "close" holds "NaN", which is not a number.'],
  [
    "hexadecimal",
    lines(HEADER, `${T},0x1,2,1,2,5`, two),
    'Row 2: the column "open" holds "0x1", which is not a number.',
  ],
  ["an empty price", lines(HEADER, one, `${T + MINUTE_MS},2,3,,2,5`), 'Row 3: the column "low" is empty.'],
  ["an empty time", lines(HEADER, ",1,2,1,2,5", two), "Row 2: the time is empty."],
  [
    "decimal commas in commas",
    lines(HEADER, `${T},1,5,2,0,1,0,2,0,5`),
    "Row 2: it has 10 cells where 6 are expected; if its numbers have commas in them, put them in quotes, or export it with semicolons.",
  ],
  ["too few cells", lines(HEADER, one, `${T + MINUTE_MS},2,3`), "Row 3: it ends after 3 cells where 6 are expected."],
  [
    "cut off in the last row",
    lines(HEADER, one, two) + `${T + 2 * MINUTE_MS},2,3,1`,
    "Row 4: it ends after 4 cells where 6 are expected.",
  ],
  ["a total below", lines(HEADER, one, two, "Total: 2"), "Row 4: it ends after 1 cell where 6 are expected."],
  ["zero price", lines(HEADER, one, `${T + MINUTE_MS},2,3,0,2,5`), "Row 3: the low is 0; a price must be above zero."],
  [
    "negative price",
    lines(HEADER, one, `${T + MINUTE_MS},-2,3,1,2,5`),
    "Row 3: the open is -2; a price must be above zero.",
  ],
  ["high below low", lines(HEADER, one, `${T + MINUTE_MS},2,1,3,2,5`), "Row 3: the high (1) is below the low (3)."],
  ["close above high", lines(HEADER, one, `${T + MINUTE_MS},2,3,1,4,5`), "Row 3: the close (4) is above the high (3)."],
  ["negative volume", lines(HEADER, one, `${T + MINUTE_MS},2,3,1,2,-5`), "Row 3: the volume is negative (-5)."],
  [
    "disorder",
    lines(HEADER, one, three, two),
    "Row 4: the time 2023-11-14T22:14:20.000Z is before that of the row above it; candles must be in order.",
  ],
  [
    "the same time twice",
    lines(HEADER, one, two, `${T + MINUTE_MS},2,3,1,2.5,5`),
    "Row 4: the time 2023-11-14T22:14:20.000Z is also that of row 3, with different values; keep the right one.",
  ],
  [
    "two files glued together, newest last",
    lines(HEADER, two, three, one, two),
    "Row 4: the time 2023-11-14T22:13:20.000Z is before that of the row above it; candles must be in order.",
  ],
  [
    "nanoseconds after seconds",
    lines("time,open,high,low,close,volume", one.replace("000,", ","), two.replace(",", "000000,")),
    "Row 3: the time 1700000060000000000 is in nanoseconds, the rows before it in seconds.",
  ],
  [
    "a date after numbers",
    lines("time,open,high,low,close,volume", one, two.replace(/^\d+/, "2023-11-14")),
    'Row 3: the time "2023-11-14" is a date, the rows before it are in milliseconds.',
  ],
  [
    "a number after dates",
    lines("date,open,high,low,close,volume", one.replace(/^\d+/, "2023-11-14"), two),
    "Row 3: the time 1700000060000 is in milliseconds, the rows before it in dates.",
  ],
  [
    "seconds in a column that says milliseconds",
    lines(HEADER, one.replace("000,", ","), two.replace("000,", ",")),
    "The candles are 60 milliseconds apart, which is not a timeframe we support (1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 1w 1M); the times look like seconds.",
  ],
  [
    "day and month in doubt",
    lines("date,open,high,low,close,volume", one.replace(/^\d+/, "01/02/2024")),
    'Row 2: the date "01/02/2024" may have the day or the month first (row 2 is of 2024-02-01 or 2024-01-02), and no row of the file shows which. Choose one, or write dates as 2024-01-31.',
  ],
  [
    "no such day",
    lines("date,open,high,low,close,volume", one.replace(/^\d+/, "2023-02-29")),
    'Row 2: the time "2023-02-29" does not exist on any calendar or clock.',
  ],
  [
    "a time beyond all units",
    lines(HEADER, one.replace(/^\d+/, "1e999"), two),
    'Row 2: the time "1e999" is too large for any unit.',
  ],
  [
    "a negative time",
    lines("time,open,high,low,close,volume", one.replace(/^\d+/, "-5"), one),
    'Row 2: the time "-5" is too small for one since 1970; it may be a row\'s number.',
  ],
  [
    "an odd timeframe",
    lines(HEADER, one, one.replace(`${T}`, `${T + 7 * MINUTE_MS}`)),
    "The candles are 7 minutes apart, which is not a timeframe we support (1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 1w 1M).",
  ],
  [
    "text in a further column of numbers",
    lines(`${HEADER},signal`, `${one},1`, `${two},oops`),
    'Row 3: the column "signal" holds "oops", which is not a number.',
  ],
  [
    "a long text in a cell",
    lines(HEADER, `${T},${"x".repeat(100)},2,1,2,5`),
    `Row 2: the column "open" holds "${"x".repeat(40)}…", which is not a number.`,
  ],
  [
    "a line of more than 1 MB",
    `${HEADER}\n${one}\n${"7".repeat(2 ** 20 + 1)}`,
    "Row 3: the line is longer than 1 MB; this is no candle file.",
  ],
  [
    "a first line of more than 1 MB",
    "7,".repeat(2 ** 20),
    "Row 1: the line is longer than 1 MB; this is no candle file.",
  ],
  ["a quote never closed", lines(HEADER, `"${one}`, two), "Row 2: it ends after 1 cell where 6 are expected."],
  [
    "three hundred columns",
    lines(HEADER, one, "1,".repeat(300)),
    "Row 3: it has more than 256 cells where 6 are expected; if its numbers have commas in them, put them in quotes, or export it with semicolons.",
  ],
  ["zero bytes", lines(HEADER, `${T},1,\0,1,2,5`), 'Row 2: the column "high" holds "\\u{0}", which is not a number.'],
  [
    "JSON",
    '{"a": [1]}',
    "This JSON is not a list of candles; expected [[open time, open, high, low, close, volume], …].",
  ],
  ["exchange's JSON", "[[1700000000000,1,2]]", "This is a JSON list; open it as a file of its own."],
  [
    "a web page",
    "<!DOCTYPE html><html>Not found</html>",
    "This is a web page, not a candle file; the download probably failed.",
  ],
  ["Parquet", "PAR1....", "This is a Parquet file; export it as CSV."],
  ["Feather", "ARROW1..", "This is an Arrow or Feather file; export it as CSV."],
  ["old Excel", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), "This is an Excel workbook; save it as CSV."],
  ["Zstandard", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1), "This is a Zstandard file; unpack it, or use .gz or .zip."],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1), "This is a picture; export the candles as CSV."],
])("%s is refused in one sentence", (_, content, because) => {
  expect(sentence(content)).toBe(because)
})

test("a refusal also carries its row as a number", () => {
  expect(read(lines(HEADER, one, "x"))).toMatchObject({ ok: false, row: 3 })
  expect(read(lines(HEADER, two, one.replace(`${T}`, `${T + MINUTE_MS}`)))).toMatchObject({ ok: false, row: 3 })
})

test("on request, unreadable rows are listed and skipped, and the others kept with their lines", () => {
  const problems = new CandleProblems()
  const reader = new CandleCsvReader({ problems })
  reader.push(new TextEncoder().encode(lines(HEADER, one, "rubbish", `${T + MINUTE_MS},2,x,1,2,5`, two)))
  const rows = reader.finishRows()
  expect(rows.ok && [...rows.rowNumbers]).toEqual([2, 5])
  expect(problems.first).toEqual([
    { row: 3, what: "it ends after 1 cell where 6 are expected." },
    { row: 4, what: 'the column "high" holds "x", which is not a number.' },
  ])
})

test("candles written and read again are the same, whatever the size of the pieces", () => {
  const request = fc.record({
    seed: fc.nat(),
    startPrice: fc.double({ min: 1e-7, max: 1e5, noNaN: true }),
    pieceBytes: fc.integer({ min: 1, max: 200 }),
  })
  fc.assert(
    fc.property(request, ({ pieceBytes, ...asked }) => {
      const candles = syntheticCandles({
        candles: 30,
        timeframe: "5m",
        startMs: T - (T % 300_000),
        kind: "mixed",
        ...asked,
      })
      candles.extra.signal = candles.close.map((close, index) => (index % 3 === 0 ? NaN : close / 3))
      const answer = read([...candleCsv(candles)].join(""), pieceBytes)
      expect(answer).toEqual({ ok: true, candles, notes: [] })
    }),
    { numRuns: 60 },
  )
})

test("no bytes make it throw or hang", () => {
  const cell = fc.oneof(
    fc.constantFrom("", "0", "-1", "1e5", "NaN", '"', ";", "2024-01-01", "__proto__", "\0", "é", "=cmd"),
    fc.string(),
  )
  const content = fc
    .array(
      fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(",")),
      { maxLength: 12 },
    )
    .map((rows) => `${HEADER}\n${rows.join("\n")}`)
  fc.assert(
    fc.property(fc.oneof(content, fc.string()), fc.integer({ min: 1, max: 50 }), (text, pieceBytes) => {
      const answer = read(text, pieceBytes)
      expect(answer.ok || answer.because.length > 10).toBe(true)
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const answer = read(bytes)
      expect(answer.ok || answer.because.length > 10).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test("a column named __proto__ or constructor harms nobody", () => {
  const answer = read(lines(`${HEADER},__proto__,constructor`, `${one},1,2`, `${two},1,2`))
  expect(answer.ok && Object.getOwnPropertyNames(answer.candles.extra)).toEqual(["constructor"])
  expect(answer.ok && Object.getPrototypeOf(answer.candles.extra)).toBe(Object.prototype)
})
