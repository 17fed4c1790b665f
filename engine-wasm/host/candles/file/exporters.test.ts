import { readdir, readFile } from "node:fs/promises"
import { describe, expect, test } from "vitest"
import { HOUR_MS } from "../timeframe.ts"
import { readCandleFile, readCandleRows, type CandleFileOptions } from "./candle-file.ts"
import { CandleProblems } from "./candle-problems.ts"

type Series = "days" | "hours" | "minutes" | "quarters"
type Rows = [timeMs: number, open: number, high: number, low: number, close: number, volume: number][]
/** What a file holds: one of four known series, except for what its exporter cannot write. */
type ExporterFile = {
  of: Series
  said?: CandleFileOptions
  but?: (rows: Rows) => Rows
  extras?: string[]
  note?: string
}

const folder = new URL("../../../fixtures/exporters/", import.meta.url)
const without =
  (volume: number) =>
  (rows: Rows): Rows =>
    rows.map(([...row]) => [row[0], row[1], row[2], row[3], row[4], volume])
const later =
  (hours: number) =>
  (rows: Rows): Rows =>
    rows.map(([time, ...row]) => [time + hours * HOUR_MS, ...row])
const whole = (rows: Rows): Rows => rows.map(([...row]) => [row[0], row[1], row[2], row[3], row[4], Math.trunc(row[5])])

const files: Record<string, ExporterFile> = {
  "tradingview.csv": { of: "hours", extras: ["Volume_MA"] },
  "tradingview-without-volume.csv": { of: "hours", but: without(0), note: "The file has no volume" },
  "tradingview-plots.csv": { of: "hours", extras: ["Plot_2", "Shapes", "Upper_band"], note: "numbered: Plot_2" },
  "tradingview-local-offset.csv": { of: "hours" },
  "yfinance-download.csv": { of: "days" },
  "yfinance-by-ticker.csv": { of: "days" },
  "yfinance-two-tickers.csv": { of: "days", said: { market: "BTC-USD" } },
  "yfinance-history.csv": { of: "days", but: later(5), extras: ["Dividends", "Stock_Splits"] },
  "yfinance-by-cat.csv": { of: "days", note: "3 rows repeat the header" },
  "yahoo-with-nulls.csv": {
    of: "days",
    but: (rows) => rows.toSpliced(5, 1),
    extras: ["Adj_Close"],
    note: "Row 7 has no prices",
  },
  "pandas-unnamed-index.csv": { of: "hours" },
  "pandas-offset-index.csv": { of: "hours" },
  "pandas-counted-index.csv": { of: "hours" },
  "r-quantmod.csv": { of: "days", extras: ["BTC_Adjusted"] },
  "metatrader4.csv": { of: "hours", but: whole, note: "as MetaTrader writes them" },
  "metatrader5.csv": { of: "hours", but: whole, extras: ["SPREAD"], note: '"TICKVOL" was taken' },
  "metatrader5-real-volume.csv": { of: "hours", but: whole, extras: ["TICKVOL", "SPREAD"] },
  "metatrader5-days.csv": { of: "days", but: whole, extras: ["SPREAD"], note: '"TICKVOL" was taken' },
  "stooq.csv": { of: "days" },
  "stooq-polish.csv": { of: "days" },
  "stooq-ascii.txt": { of: "hours", extras: ["OPENINT"] },
  "stooq-without-volume.csv": { of: "days", but: without(0) },
  "histdata-ascii.csv": { of: "minutes", said: { zone: "-05:00" }, but: without(0), note: "HistData's are UTC−5" },
  "histdata-metatrader.csv": { of: "minutes", said: { zone: "EST" }, but: without(0) },
  "histdata-metastock.csv": { of: "minutes", said: { zone: "UTC-5" }, but: without(0) },
  "interactive-brokers-ib-insync.csv": { of: "quarters", extras: ["average", "barCount"] },
  "interactive-brokers-api.csv": { of: "quarters", extras: ["wap", "count"] },
  "interactive-brokers-old-api.csv": { of: "quarters", said: { zone: "America/New_York" } },
  "investing.csv": { of: "days", extras: ["Change"], note: "have the month first, as row 2" },
  "investing-month-names.csv": {
    of: "days",
    but: (rows) => rows.with(4, [...rows[4].slice(0, 5), 0] as Rows[0]),
    extras: ["Change"],
    note: "has no volume",
  },
  "investing-german.csv": { of: "days", note: "have the day first, as row 2" },
  "coinmarketcap.csv": { of: "days", extras: ["marketCap"], note: '"timestamp" hold text' },
  "coinmarketcap-decimal-commas.csv": {
    of: "days",
    extras: ["timeClose", "timeHigh", "timeLow"],
    note: "decimal commas",
  },
  "cryptodatadownload.csv": {
    of: "hours",
    extras: ["Volume_USDT", "tradecount"],
    note: "change from seconds to milli",
  },
  "cryptodatadownload-old.csv": { of: "hours", extras: ["Volume_USD"] },
  "cryptodatadownload-money-first.csv": { of: "hours", extras: ["Volume_USDT"] },
  "cryptodatadownload-by-cat.csv": { of: "hours", extras: ["Volume_USDT"], note: "2 parts were put in order" },
  "kraken.csv": { of: "hours", extras: ["tradeCount"] },
  "dukascopy.csv": { of: "days", note: "have the day first, as row 10" },
  "dukascopy-local-time.csv": { of: "days", note: "have the day first, as row 10" },
  "excel-german.csv": { of: "days", note: "decimal commas" },
  "excel-american.csv": { of: "days", note: "have the month first, as row 10" },
  "binance-months-by-cat.csv": {
    of: "hours",
    extras: ["close_time", "quote_volume", "count", "taker_buy_volume", "taker_buy_quote_volume", "ignore"],
    note: "2 parts were put in order",
  },
  "several-tickers.csv": { of: "days", said: { market: "BTC" }, note: "14 rows of other markets were left out" },
  "several-tickers-unknown-name.csv": { of: "days", said: { market: "BTC" } },
  "bid-and-ask.csv": { of: "hours", said: { market: "Bid" }, extras: ["AskOpen", "AskHigh", "AskLow", "AskClose"] },
  "either-day-or-month.csv": { of: "hours", note: "From row 2 on, its dates have the day first" },
}

async function read(name: string, said?: CandleFileOptions) {
  const bytes = await readFile(new URL(name, folder))
  return readCandleFile(new Blob([bytes]).stream(), said)
}

const known = JSON.parse(await readFile(new URL("candles.json", folder), "utf8")) as Record<Series, Rows>

describe("a file as its exporter writes it holds the candles it was made from", () => {
  test.each(Object.entries(files))("%s", async (name, { of, said, but = (rows) => rows, extras = [], note }) => {
    const answer = await read(name, said)
    if (!answer.ok) throw new Error(answer.because)
    const { openTimeMs, open, high, low, close, volume, extra } = answer.candles
    const rows = Array.from(openTimeMs, (time, at) => [time, open[at], high[at], low[at], close[at], volume[at]])
    expect(rows).toEqual(but(known[of]))
    expect(Object.keys(extra)).toEqual(extras)
    expect(answer.notes.join(" ")).toContain(note ?? "")
  })
})

describe("an ambiguous or spoilt file is refused with the cause and its row", () => {
  test.each<[string, number, string]>([
    ["yfinance-two-tickers.csv", 1, 'names prices of 2 markets side by side, "BTC-USD", "ETH-USD"; say which one'],
    [
      "several-tickers.csv",
      3,
      'the column "Ticker" changes from "BTC" to "ETH": the file holds 2 markets; say which one',
    ],
    ["several-tickers-unknown-name.csv", 3, 'the column "what" changes from "BTC" to "ETH": the file holds 2 markets'],
    ["bid-and-ask.csv", 1, 'side by side, "Bid", "Ask"; say which one'],
    ["two-markets-by-cat.csv", 17, "the price goes from 42977.25 to 860. They look like two markets"],
    ["spoilt-scientific.csv", 2, '"1.70E+12" has lost its last digits'],
    ["spoilt-scientific-comma.csv", 2, '"1,70E+12" has lost its last digits'],
    ["spoilt-hashes.csv", 2, "a spreadsheet saved a column that was too narrow"],
    ["spoilt-serial.csv", 2, '"45293.000000" is a spreadsheet\'s own count of days (2024-01-02)'],
    ["spoilt-minutes.csv", 2, '"00:00.0" has lost its day'],
    ["row-numbers.csv", 2, 'the time "0" is too small for one since 1970; it may be a row\'s number'],
    ["closing-times-only.csv", 1, '"close_time" is not when a candle opens'],
  ])("%s", async (name, row, because) => {
    const answer = await read(name)
    expect(answer).toMatchObject({ ok: false, row, because: expect.stringContaining(because) })
  })

  test("the refusal lists the choices", async () => {
    const answer = await read("several-tickers.csv")
    expect(answer).toMatchObject({ ask: { kind: "market", choices: ["BTC", "ETH"] } })
  })

  test("hours of one day that may be of two months are asked about", async () => {
    const day = ["date,open,high,low,close,volume", "02/01/2024 00:00,1,3,1,2,5", "02/01/2024 01:00,2,3,1,2,5"]
    const answer = await readCandleFile(lines(...day))
    expect(answer).toMatchObject({ row: 2, because: expect.stringContaining("no row of the file shows which") })
    expect(answer).toMatchObject({ ask: { kind: "dates" } })
  })

  test("a missing market is refused with a list of those in the file", async () => {
    const answer = await read("several-tickers.csv", { market: "SOL" })
    expect(answer).toMatchObject({ ok: false, because: 'No row is of "SOL"; the column "Ticker" names "BTC", "ETH".' })
  })
})

const lines = (...rows: string[]) => new Blob([`${rows.join("\n")}\n`]).stream()
const fiveDays = (from: number, row: string) => Array.from({ length: 5 }, (_, at) => `2024-01-${from + at},${row}`)

test("a file whose columns change their order is refused as a whole, also when it is looked at for mending", async () => {
  const other = ["date,close,high,low,open,volume", ...fiveDays(15, "2,3,1,1,5")]
  const file = ["date,open,high,low,close,volume", ...fiveDays(10, "1,3,1,2,5"), ...other]
  const refusal = { ok: false, row: 7, because: expect.stringContaining("another header begins here") }
  expect(await readCandleFile(lines(...file))).toMatchObject(refusal)
  expect(await readCandleRows(lines(...file), new CandleProblems())).toMatchObject(refusal)
})

test("a year of two digits, and a row that runs on into a header, are refused with the cause", async () => {
  const header = "date,open,high,low,close,volume"
  const short = await readCandleFile(lines(header, "13/01/24,1,3,1,2,5", "14/01/24,1,3,1,2,5"))
  expect(short).toMatchObject({ row: 2, because: expect.stringContaining("a year of two digits") })
  const [first, ...rest] = fiveDays(10, "1,3,1,2,5")
  const glued = await readCandleFile(lines(header, first + header, ...rest))
  expect(glued).toMatchObject({ row: 2, because: expect.stringContaining("it has 11 cells where 6 are expected") })
})

test("every file in the folder is tried", async () => {
  const tables = (await readdir(folder)).filter((name) => /\.(csv|txt)$/.test(name))
  const refused = tables.filter((name) => !(name in files))
  expect(refused.toSorted()).toEqual([
    "closing-times-only.csv",
    "row-numbers.csv",
    "spoilt-hashes.csv",
    "spoilt-minutes.csv",
    "spoilt-scientific-comma.csv",
    "spoilt-scientific.csv",
    "spoilt-serial.csv",
    "two-markets-by-cat.csv",
  ])
})
