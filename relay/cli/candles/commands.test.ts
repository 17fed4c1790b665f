import { readFile, writeFile } from "node:fs/promises"
import { gunzipSync, gzipSync } from "node:zlib"
import { HOUR_MS } from "#engine/candles"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder, sample } from "../testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)
const inFolder = (name: string) => at.inFolder(name)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("candles check answers in the promised shape, dirty files too", async () => {
  const clean = await candlewright("candles", "check", sample, "--json")
  expect(JSON.parse(clean.out)).toMatchObject({
    rows: 13_140,
    fromMs: 1704067200000,
    toMs: 1704067200000 + 13_139 * HOUR_MS,
    timeframe: "1h",
    gaps: [],
    problems: [],
  })
  const dirty = await candlewright("candles", "check", "bad.csv", "--json")
  expect([dirty.code, JSON.parse(dirty.out).problems.at(-1)]).toEqual([
    0,
    { row: 3, what: 'the column "high" holds "x", which is not a number.' },
  ])
})

test("candles import writes the plain form of a file in another spelling", async () => {
  const { code, err } = await candlewright("candles", "import", "newest-first.csv", "--out", "plain.csv.gz")
  expect([code, err]).toEqual([0, expect.stringContaining("newest first")])
  const plain = gunzipSync(await readFile(inFolder("plain.csv.gz"))).toString()
  expect(plain).toBe("open_time_ms,open,high,low,close,volume\n1700000040000,1,2,1,2,5\n1700000100000,2,3,1,2,5\n")
})

test("candles import joins the files of several months", async () => {
  await candlewright("candles", "export", sample, "--to", "2024-02-01", "--out", "january.csv")
  await candlewright("candles", "export", sample, "--from", "2024-02-01", "--out", "later.csv.gz")
  const { out } = await candlewright("candles", "import", "later.csv.gz", "january.csv")
  expect(out).toBe(gunzipSync(await readFile(sample)).toString())
})

test("candles export combines hours into days and cuts a period out", async () => {
  const { out } = await candlewright(
    "candles",
    "export",
    sample,
    "--timeframe",
    "1d",
    "--from",
    "2024-01-02",
    "--to",
    "2024-01-05",
  )
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.split(",")[0]),
  ).toEqual(["open_time_ms", "1704153600000", "1704240000000", "1704326400000"])
  const finer = await candlewright("candles", "export", sample, "--timeframe", "5m")
  expect([finer.code, finer.err]).toEqual([1, expect.stringContaining("cannot be put together")])
})

test("candles synth makes the same market for the same seed", async () => {
  const words = [
    "candles",
    "synth",
    "--seed",
    "12",
    "--candles",
    "13140",
    "--start",
    "2024-01-01",
    "--timeframe",
    "1h",
    "--price",
    "100",
  ]
  const { out } = await candlewright(...words)
  expect(out).toBe(gunzipSync(await readFile(sample)).toString())
})

test("series prints a value for each candle, null while not ready, on another timeframe too", async () => {
  const rows = Array.from({ length: 12 }, (_, index) => `${index * HOUR_MS},1,9,1,${index + 1},5`)
  await writeFile(
    inFolder("rising.csv.gz"),
    gzipSync(
      ["open_time_ms,open,high,low,close,volume", ...rows.map((row) => row.replace(",1,9,1,", ",1,99,1,"))].join("\n"),
    ),
  )
  const hourly = await candlewright(
    "series",
    "--candles",
    "rising.csv.gz",
    "--formula",
    "sma(close, 3)",
    "--formula",
    "close > 11",
    "--json",
  )
  expect(JSON.parse(hourly.out)).toEqual({
    timeMs: rows.map((_, index) => index * HOUR_MS),
    series: {
      "sma(close, 3)": [null, null, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      "close > 11": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    },
  })
  const longer = await candlewright(
    "series",
    "--candles",
    "rising.csv.gz",
    "--formula",
    "close",
    "--timeframe",
    "4h",
    "--json",
  )
  expect(JSON.parse(longer.out)).toEqual({
    timeMs: [0, 14_400_000, 28_800_000],
    series: { close: [4, 8, 12] },
  })
  const wrong = await candlewright("series", "--candles", "rising.csv.gz", "--formula", "sma(close", "--json")
  expect([wrong.code, JSON.parse(wrong.out).problems.length]).toEqual([1, 1])
})
