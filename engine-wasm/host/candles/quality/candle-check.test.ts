import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import fc from "fast-check"
import { expect, test } from "vitest"
import { CandleCsvReader } from "../file/candle-csv-reader.ts"
import type { NumberedColumns } from "../file/candle-order.ts"
import { CandleProblems, type CandleProblem } from "../file/candle-problems.ts"
import { checkCandles, looksLikeSessions } from "./candle-check.ts"
import { readCandleRows } from "../file/candle-file.ts"
import { HOUR_MS } from "../timeframe.ts"

const START_MS = Date.UTC(2024, 0, 1)

/** A file of hourly candles, each line given by its hour and whatever follows. */
function check(rows: [hour: number, rest?: string][]) {
  const unreadable = new CandleProblems()
  const reader = new CandleCsvReader({ problems: unreadable })
  const lines = rows.map(([hour, rest = "10,11,9,10,5"]) => `${START_MS + hour * HOUR_MS},${rest}`)
  reader.push(new TextEncoder().encode(["open_time_ms,open,high,low,close,volume", ...lines].join("\n")))
  const numbered = reader.finishRows()
  if (!numbered.ok) throw new Error(numbered.because)
  return checkCandles(numbered, { unreadable, nowMs: START_MS + 1000 * HOUR_MS })
}

const hours = (count: number): [number][] => Array.from({ length: count }, (_, hour) => [hour])

test("a clean file gets its size, its ends and its timeframe reported, and nothing else", () => {
  expect(check(hours(5))).toEqual({
    rows: 5,
    fromMs: START_MS,
    toMs: START_MS + 4 * HOUR_MS,
    timeframe: "1h",
    gaps: [],
    longestGaps: [],
    gapCount: 0,
    missing: 0,
    problems: [],
  })
})

test("a gap is reported by the candle before it", () => {
  expect(check([...hours(5), [8], [9], [12]]).gaps).toEqual([
    { afterMs: START_MS + 4 * HOUR_MS, missing: 3 },
    { afterMs: START_MS + 9 * HOUR_MS, missing: 2 },
  ])
})

test.each<[string, [number, string?][], CandleProblem[]]>([
  ["zero price", [[5, "10,11,0,10,5"]], [{ row: 7, what: "the low is 0; a price must be above zero." }]],
  ["high below low", [[5, "10,9,11,10,5"]], [{ row: 7, what: "the high (9) is below the low (11)." }]],
  ["negative volume", [[5, "10,11,9,10,-5"]], [{ row: 7, what: "the volume is negative (-5)." }]],
  ["repetition", [[4]], [{ row: 7, what: "it repeats row 6 word for word." }]],
  [
    "same time",
    [[4, "10,11,9,10,6"]],
    [{ row: 7, what: "its time 2024-01-01T04:00Z is also that of row 6, with different values." }],
  ],
  [
    "disorder",
    [[2], [5]],
    [{ row: 7, what: "the time 2024-01-01T02:00Z is out of order: a row above it is later or the same." }],
  ],
  [
    "low wick",
    [[5, "10,11,0.01,10,5"]],
    [
      {
        row: 7,
        what: "the low (0.01) is less than half of open and close (10 and above): a flash crash or a bad print.",
      },
    ],
  ],
  [
    "high wick",
    [[5, "10,110,9,10,5"]],
    [{ row: 7, what: "the high (110) is more than twice open and close (10 and below): a spike or a bad print." }],
  ],
  [
    "1000x jump",
    [[5, "10000,11000,9000,10000,5"]],
    [{ row: 7, what: "the close (10000) is 1000 times that of row 6 (10)." }],
  ],
  [
    "no volume",
    [
      [5, "10,11,9,10,0"],
      [6, "10,11,9,10,0"],
    ],
    [{ row: 7, what: "nobody traded in this and 1 further candles (volume 0)." }],
  ],
  [
    "off the grid",
    [[5.5]],
    [{ row: 7, what: "the candle opens at 2024-01-01T05:30Z, off the grid of 1 hour the others keep." }],
  ],
  ["text", [[5, "10,abc,9,10,5"]], [{ row: 7, what: 'the column "high" holds "abc", which is not a number.' }]],
  ["the future", [[5000]], [{ row: 7, what: "the candle opens in the future (2024-07-27T08:00Z)." }]],
])("%s is reported with its row", (_, rows, problems) =>
  expect(check([...hours(5), ...rows]).problems).toEqual(problems),
)

test("a file newest first is reported once, not for every row", () => {
  expect(check(hours(5).toReversed()).problems).toEqual([
    { row: 0, what: "the file is newest first; its rows are reversed when read." },
  ])
})

test("ten thousand bad rows end in a count", () => {
  const { rows, problems } = check(Array.from({ length: 10_000 }, (_, hour) => [hour / 100, "10,9,11,10,5"]))
  expect([rows, problems.length, problems.at(-1)?.what]).toEqual([
    10_000,
    1000,
    expect.stringMatching(/^\d+ more problems from here on\.$/),
  ])
})

/** Rows whose times are given; every price good, every volume one. */
function columnsAt(openTimeMs: Float64Array): NumberedColumns {
  const column = (value: number) => new Float64Array(openTimeMs.length).fill(value)
  const prices = { open: column(10), high: column(11), low: column(9), close: column(10), volume: column(1) }
  return { columns: { openTimeMs, ...prices }, rowNumbers: Uint32Array.from(openTimeMs, (_, at) => at + 2) }
}

test("of many gaps the first are kept, all are counted, and the longest are the longest of all", () => {
  let time = START_MS
  const times = Float64Array.from({ length: 60_000 }, (_, at) => {
    const hours = at === 59_999 ? 502 : at % 3 === 0 ? 1 : 2
    return (time += hours * HOUR_MS)
  })
  const { gaps, gapCount, missing, longestGaps } = checkCandles(columnsAt(times))
  expect([gaps.length, gapCount, longestGaps.length, longestGaps[0].missing]).toEqual([20_000, 40_000, 10, 501])
  expect(missing).toBe(40_000 + 500)
})

test("the reported problems are those of the first rows, whichever check found them and whatever the file's order", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 1_001, max: 4_000 }), (newestFirst, count) => {
      const times = Float64Array.from({ length: 5_000 }, (_, at) => START_MS + at * HOUR_MS)
      const rows = columnsAt(newestFirst ? times.toReversed() : times)
      for (let at = 0; at < count; at++) rows.columns[at % 2 ? "low" : "volume"][at] = -1
      const { problems } = checkCandles(rows)
      const whole = newestFirst ? 1 : 0
      expect(problems.slice(whole, 999).map(({ row }) => row)).toEqual(
        Array.from({ length: 999 - whole }, (_, at) => at + 2),
      )
      expect(problems.at(-1)!.what).toBe(`${count + whole - 999} more problems from here on.`)
    }),
    { numRuns: 10 },
  )
})

test("times without any grid are reported row by row up to a thousand, then counted", () => {
  let [time, seed] = [START_MS, 1]
  const times = Float64Array.from({ length: 250_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return (time += 1 + (seed % 1_000_000))
  })
  const { problems } = checkCandles(columnsAt(times))
  expect(problems.length).toBe(1_000)
  expect(problems.at(-1)!.what).toMatch(/^\d+ more problems from here on\.$/)
})

const realCandles = new URL("../../../../../shared/data/", import.meta.url)

async function checkFile(name: string) {
  const unreadable = new CandleProblems()
  const bytes = await readFile(new URL(name, realCandles))
  const rows = await readCandleRows(new Blob([bytes]).stream(), unreadable)
  if (!rows.ok) throw new Error(rows.because)
  return checkCandles(rows, { unreadable })
}

test("real files: bad prints are found, weekends are no problems, gaps are those of the manifest", async (context) => {
  context.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  const missing = ({ gaps }: { gaps: { missing: number }[] }) => [
    gaps.length,
    gaps.reduce((sum, gap) => sum + gap.missing, 0),
  ]
  const coinbase = await checkFile("coinbase-BTCUSD-1d.csv")
  expect([missing(coinbase), coinbase.problems.map(({ row }) => row)]).toEqual([
    [1, 12],
    [6, 868],
  ])
  expect((await checkFile("bitfinex-BTCUSD-1d.csv")).problems.map(({ what }) => what).join()).toContain(
    "the low (0.01)",
  )
  const stock = await checkFile("stock-GOOG-1d.csv")
  expect([missing(stock), stock.problems, looksLikeSessions(stock)]).toEqual([[463, 969], [], true])
  const fx = await checkFile("fx-EURUSD-1h.csv")
  expect([missing(fx), fx.problems, looksLikeSessions(fx)]).toEqual([[42, 2063], [], true])
  const spot = await checkFile("binance-BTCUSDT-1h.csv.gz")
  expect([missing(spot), looksLikeSessions(spot)]).toEqual([[28, 128], false])
})
