import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { zipOf } from "../../../testing/zip-of.ts"
import { readCandleFile, readCandleRows } from "./candle-file.ts"
import { CandleProblems } from "./candle-problems.ts"
import { MINUTE_MS } from "../timeframe.ts"

const T = 1_515_560_100_000
const rows = [
  [T, 1, 2, 1, 2, 5],
  [T + MINUTE_MS, 2, 3, 1, 2, 5],
  [T + 2 * MINUTE_MS, 2, 3, 1, 2.5, 0],
]

const streamOf = (content: string | Uint8Array) =>
  new Blob([typeof content === "string" ? content : Uint8Array.from(content)]).stream()

async function closes(content: string | Uint8Array): Promise<number[] | string> {
  const answer = await readCandleFile(streamOf(content))
  return answer.ok ? [...answer.candles.close] : answer.because
}

test("freqtrade's list of rows is read, plain, gzip and zip", async () => {
  const json = JSON.stringify(rows)
  for (const file of [json, gzipSync(json), zipOf([{ name: "BTC_USDT-1m.json", content: json }])])
    expect(await closes(file)).toEqual([2, 2, 2.5])
})

test("an exchange's rows with texts and further cells are read, in seconds too, and newest first", async () => {
  const asTexts = rows.map(([time, ...prices]) => [time / 1000, ...prices.map(String), "0", 7])
  expect(await closes(JSON.stringify(asTexts.toReversed()))).toEqual([2, 2, 2.5])
})

test.each([
  [
    "an object",
    '[{"open": 1}]',
    "Its objects are no candles; expected fields such as open_time_ms,open,high,low,close,volume.",
  ],
  [
    "a word",
    JSON.stringify([rows[0], [T + MINUTE_MS, 1, "much", 1, 1, 1]]),
    'Row 2: the high holds "much", which is not a number.',
  ],
  ...[20240102030405, 2024010203].map((digits): [string, string, string] => [
    `${digits}`,
    JSON.stringify([[digits, 1, 1, 1, 1, 1]]),
    `Row 1: the time "${digits}" is a date in digits; write milliseconds since 1970.`,
  ]),
  [
    "null",
    JSON.stringify([rows[0], [T + MINUTE_MS, 1, null, 1, 1, 1]]),
    'Row 2: the high holds "null", which is not a number.',
  ],
  [
    "a high below the low",
    JSON.stringify([rows[0], [T + MINUTE_MS, 2, 1, 3, 2, 1]]),
    "Row 2: the high (1) is below the low (3).",
  ],
  ["a cut", JSON.stringify(rows).slice(0, 40), "The JSON is damaged or cut off; export or download it again."],
  ["nothing", "[]", "The list has no candles."],
  [
    "an answer",
    '{"data": []}',
    "This JSON is not a list of candles; expected [[open time, open, high, low, close, volume], …].",
  ],
])("%s in it is refused with its row", async (_, json, because) => {
  expect(await closes(json)).toBe(because)
})

describe("a list of objects with named fields is read", () => {
  const objects = rows.map(([t, o, h, l, c, v], at) => ({ at, t, o, h, l, c, v }))
  const iso = (t: number) => new Date(t).toISOString()

  test.each<[string, (row: (typeof objects)[0]) => object]>([
    [
      "texts",
      ({ t, o, h, l, c, v }) => ({
        timestamp: String(t / 1000),
        open: `${o}`,
        high: `${h}`,
        low: `${l}`,
        close: `${c}`,
        volume: `${v}`,
      }),
    ],
    ["letters", ({ t, o, h, l, c, v }) => ({ v, vw: c, o, c, h, l, t, n: 7 })],
    [
      "dates, and a market",
      ({ t, o, h, l, c, v }) => ({
        symbol: "BTC, USD",
        date: iso(t),
        open: o,
        high: h,
        low: l,
        close: c,
        volume: v,
        note: null,
      }),
    ],
    [
      "prices in an object of their own",
      ({ t, o, h, l, c, v }) => ({ complete: true, volume: v, time: iso(t), mid: { o, h, l, c } }),
    ],
    [
      "a field that only later ones have",
      ({ at, t, o, h, l, c, v }) => ({
        ...(at > 0 && { tag: 1 }),
        time: t,
        open: o,
        high: h,
        low: l,
        close: c,
        volume: v,
      }),
    ],
  ])("%s", async (_, objectOf) => {
    expect(await closes(JSON.stringify(objects.map(objectOf)))).toEqual(rows.map(([, , , , close]) => close))
  })

  test("with the place of a bad one in the list", async () => {
    const bad = objects.map(({ at, t, o, h, l, c, v }) => ({
      time: t,
      open: o,
      high: h,
      low: at === 1 ? "?" : l,
      close: c,
      volume: v,
    }))
    expect(await closes(JSON.stringify(bad))).toBe('Row 2: the column "low" holds "?", which is not a number.')
    expect(await closes(JSON.stringify([bad[0], 7]))).toBe("Row 2: a candle is an object here, as in row 1.")
  })

  test("two markets among them are asked about", async () => {
    const both = objects.map(({ at, t, o, h, l, c, v }) => ({
      id: at < 1 ? "BTC" : "ETH",
      pair: at < 1 ? "BTC" : "ETH",
      t,
      o,
      h,
      l,
      c,
      v,
    }))
    expect(await closes(JSON.stringify(both))).toContain('Row 2: the column "pair" changes from "BTC" to "ETH"')
  })
})

test("looking at a dirty list reports bad rows and keeps the good ones", async () => {
  const problems = new CandleProblems()
  const answer = await readCandleRows(streamOf(JSON.stringify([rows[0], "?", rows[1]])), problems)
  expect(answer.ok && [...answer.rowNumbers]).toEqual([1, 3])
  expect(problems.first).toEqual([
    { row: 2, what: "a candle needs six values: open time, open, high, low, close, volume." },
  ])
})
