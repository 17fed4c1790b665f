import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
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
  ["an object", '[{"open": 1}]', "Row 1: a candle needs six values: open time, open, high, low, close, volume."],
  [
    "a word",
    JSON.stringify([rows[0], [T + MINUTE_MS, 1, "much", 1, 1, 1]]),
    'Row 2: the high holds "much", which is not a number.',
  ],
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

test("looking at a dirty list reports bad rows and keeps the good ones", async () => {
  const problems = new CandleProblems()
  const answer = await readCandleRows(streamOf(JSON.stringify([rows[0], "?", rows[1]])), problems)
  expect(answer.ok && [...answer.rowNumbers]).toEqual([1, 3])
  expect(problems.first).toEqual([
    { row: 2, what: "a candle needs six values: open time, open, high, low, close, volume." },
  ])
})
