import { describe, expect, test } from "vitest"
import { HOUR_MS } from "../timeframe.ts"
import { readCandleFile, type CandleFileOptions } from "./candle-file.ts"

const START_MS = Date.UTC(2024, 0, 2)
const ROWS = 30

type Row = { shown: string; at: number; t: number; o: number; h: number; l: number; c: number; v: number }

/** Whole hours; `digits` of a time are those of 20240102000000. */
const rows = Array.from({ length: ROWS }, (_, at): Row => {
  const t = START_MS + at * HOUR_MS
  const shown = new Date(t).toISOString().slice(0, 19).replace("T", " ")
  return { shown, at, t, o: 100 + at, h: 103 + at, l: 98 + at, c: 101 + at, v: 5000 + 36 * at }
})

async function read(header: string, cellsOf: (row: Row) => (number | string)[], options?: CandleFileOptions) {
  const text = [header, ...rows.map((row) => cellsOf(row).join(","))].join("\n")
  const answer = await readCandleFile(new Blob([text]).stream(), options)
  if (!answer.ok) return answer.because
  const { openTimeMs, open, high, low, close, volume } = answer.candles
  const all = Array.from(openTimeMs, (t, at) => [t, open[at], high[at], low[at], close[at], volume[at]])
  expect(all).toEqual(rows.map(({ t, o, h, l, c, v }) => [t, o, h, l, c, v]))
  return `read: ${answer.notes.join(" ")}`
}

test.each([14, 12, 10])("times of %d digits are days and their time", async (count) => {
  const digits = (shown: string) => shown.replace(/\D/g, "").slice(0, count)
  const cells = ({ shown, o, h, l, c, v }: Row) => [digits(shown), o, h, l, c, v]
  const note = "Its times name no zone and were taken as UTC."
  expect(await read("time,open,high,low,close,volume", cells)).toBe(`read: ${note}`)
  const bare = rows.map((row) => cells(row).join(",")).join("\n")
  const answer = await readCandleFile(new Blob([bare]).stream())
  expect(answer.ok && [...answer.candles.openTimeMs]).toEqual(rows.map(({ t }) => t))
})

describe("words of exporters", () => {
  test.each<[string, (row: Row) => (number | string)[], string]>([
    ["end,start,open,high,low,close,volume", ({ t, o, h, l, c, v }) => [t + HOUR_MS, t, o, h, l, c, v], ""],
    [
      "date,open,high,low,close,Up,Down",
      ({ shown, o, h, l, c, v }) => [shown, o, h, l, c, v / 4, (v / 4) * 3],
      'The volume is the sum of "Up" and "Down".',
    ],
    [
      "Date,Close/Last,Volume,Open,High,Low",
      ({ shown, o, h, l, c, v }) => [shown, `$${c}`, v, `$${o}`, `$${h}`, `$${l}`],
      "",
    ],
    [
      "Date,Open,High,Low,Close,Volume",
      ({ shown, o, h, l, c, v }) => [
        shown,
        `"$${o}.00"`,
        `"$${h}.00"`,
        `"$${l}.00"`,
        `"$${c}.00"`,
        `"$${v.toLocaleString("en")}"`,
      ],
      'taken from "Volume", which counts money',
    ],
    ["Date,Ouverture,Plus Haut,Plus Bas,Clôture,Volume", ({ shown, o, h, l, c, v }) => [shown, o, h, l, c, v], ""],
    ["date,ouv,haut,bas,clot,vol", ({ shown, o, h, l, c, v }) => [shown, o, h, l, c, v], ""],
    ["Datum,Open,Hoog,Laag,Laatst,Vol.", ({ shown, o, h, l, c, v }) => [shown, o, h, l, c, v], ""],
    ["Date,Open,High,Low,Last,Settle,Volume", ({ shown, o, h, l, c, v }) => [shown, o, h, l, c + 1, c, v], ""],
    ["time,volume,mid.o,mid.h,mid.l,mid.c", ({ shown, o, h, l, c, v }) => [shown, v, o, h, l, c], ""],
    [
      "time,volume,bid.o,bid.h,bid.l,bid.c,mid.o,mid.h,mid.l,mid.c",
      ({ shown, o, h, l, c, v }) => [shown, v, o - 1, h - 1, l - 1, c - 1, o, h, l, c],
      'The prices were taken from "mid.o" and its like',
    ],
  ])("%s", async (header, cellsOf, note) => {
    const answer = await read(header, cellsOf)
    expect(answer).toMatch(/^read: /)
    expect(answer).toContain(note)
  })

  test("bid and ask by letters are asked about", async () => {
    const header = "time,volume,bid.o,bid.h,bid.l,bid.c,ask.o,ask.h,ask.l,ask.c"
    const cells = ({ shown, o, h, l, c, v }: Row) => [shown, v, o, h, l, c, o + 1, h + 1, l + 1, c + 1]
    expect(await read(header, cells)).toContain('side by side, "bid", "ask"; say which one')
    expect(await read(header, cells, { market: "bid" })).toMatch(/^read: /)
  })
})

describe("a line of words behind the rows", () => {
  const header = "time,open,high,low,close,volume"
  const cells = ({ t, o, h, l, c, v }: Row) => [t, o, h, l, c, v]
  const remark = '"Downloaded from Barchart.com as of 02-01-2024 05:00am CST"'
  const file = (...lines: string[]) => new Blob([[header, ...lines].join("\n")]).stream()
  const lines = rows.map((row) => cells(row).join(","))

  test("is left out, with a note", async () => {
    for (const last of [remark, "Total: 30 rows", "© Exchange Data Ltd, London"]) {
      const answer = await readCandleFile(file(...lines, last))
      expect(answer.ok && answer.candles.close.length).toBe(ROWS)
      expect(answer.ok && answer.notes.join(" ")).toContain("Row 32 is a remark")
    }
  })

  test("between rows, and a row that is cut off, are refused", async () => {
    const between = await readCandleFile(file(...lines.slice(0, 9), remark, ...lines.slice(9)))
    expect(between).toMatchObject({ row: 11, because: expect.stringContaining("it ends after 1 cell") })
    for (const cut of [
      "17041",
      "2024-01-0",
      "2024-01-03 10:0",
      "Jan",
      "Tue Jan 02 20",
      "Jan 2, 2024 10",
      "BTC Perp 1,17041",
    ])
      expect(await readCandleFile(file(...lines, cut))).toMatchObject({ row: 32 })
  })
})
