import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { readCandleFile } from "./candle-file.ts"
import { guessedMapping, mappingDefect, timeGuess, type CsvMapping } from "./csv-mapping.ts"
import { previewCsv } from "./csv-preview.ts"

const unknown = [
  "when;first;top;bottom;final;amount;who",
  "1704067200;10;11;9;10.5;5;me",
  "1704070800;10.5;12;10;11;6;you",
].join("\n")
const streamOf = (content: string | Uint8Array) =>
  new Blob([typeof content === "string" ? content : Uint8Array.from(content)]).stream()
const said: CsvMapping = { hasHeader: true, cells: { openTimeMs: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 } }

test("a table with an unknown header is refused, but may be mapped; one with three columns may not", async () => {
  expect(await readCandleFile(streamOf(unknown))).toMatchObject({ ok: false, row: 1, mappable: true })
  expect(await readCandleFile(streamOf("a,b,c\n1,2,3"))).not.toHaveProperty("mappable")
})

test("its first rows are shown, whatever it is packed in, and its columns guessed by position", async () => {
  for (const file of [unknown, gzipSync(unknown)]) {
    const { rows, guess } = await previewCsv(streamOf(file))
    expect(rows).toEqual(unknown.split("\n").map((line) => line.split(";")))
    expect(guess).toEqual(said)
  }
})

test("it is read as the user chose", async () => {
  const answer = await readCandleFile(streamOf(unknown), { mapping: said })
  expect(answer).toMatchObject({
    ok: true,
    notes: ["Its columns were read as you chose.", 'The column "who" holds text and was left out.'],
  })
  expect(answer.ok && [...answer.candles.close, ...answer.candles.openTimeMs]).toEqual([
    10.5, 11, 1_704_067_200_000, 1_704_070_800_000,
  ])
})

test("a wrong mapping is refused with the row that shows it", async () => {
  const swapped = { ...said, cells: { ...said.cells, high: 3, low: 2 } }
  expect(await readCandleFile(streamOf(unknown), { mapping: swapped })).toMatchObject({
    ok: false,
    row: 2,
    because: "Row 2: the high (9) is below the low (11).",
  })
  const text = { ...said, cells: { ...said.cells, volume: 6 } }
  expect(await readCandleFile(streamOf(unknown), { mapping: text })).toMatchObject({ ok: false, row: 2 })
  const beyond = { ...said, cells: { ...said.cells, volume: 9 } }
  expect(await readCandleFile(streamOf(unknown), { mapping: beyond })).toMatchObject({
    ok: false,
    because: "Row 1: it has 7 columns, and column 10 was asked for.",
  })
})

test("a file without volume has none", async () => {
  const answer = await readCandleFile(streamOf(unknown), { mapping: { ...said, cells: { ...said.cells, volume: -1 } } })
  expect(answer.ok && [...answer.candles.volume]).toEqual([0, 0])
})

test("names count before positions, and rows without a header are read in the usual order", () => {
  expect(
    guessedMapping([
      ["Ticker", "the_date", "CLOSE_px", "OPEN_px", "LOW_px", "HIGH_px"],
      ["X", "2024-01-01", "1", "2", "3", "4"],
    ]).cells,
  ).toEqual({ openTimeMs: 1, open: 3, high: 5, low: 4, close: 2, volume: -1 })
  expect(guessedMapping([["X", "2024-01-01", "1", "2", "3", "4"]])).toEqual({
    hasHeader: false,
    cells: { openTimeMs: 1, open: 2, high: 3, low: 4, close: 5, volume: -1 },
  })
})

test("a missing or duplicate choice is named before anything is read", () => {
  expect(mappingDefect({ ...said, cells: { ...said.cells, high: -1 } })).toBe("Say which column holds the high.")
  expect(mappingDefect({ ...said, cells: { ...said.cells, high: 1 } })).toBe(
    "Two of them are taken from the same column.",
  )
  expect(mappingDefect({ ...said, cells: { ...said.cells, volume: -1 } })).toBeUndefined()
})

test.each([
  ["1704067200", "seconds"],
  ["1704067200000", "milliseconds"],
  ["1704067200000000", "microseconds"],
  ["2024-01-01", "dates"],
])("%s is a time in %s", (cell, unit) => {
  expect(timeGuess(cell)).toEqual({ unit, timeMs: 1_704_067_200_000 })
})

test.each(["10.5", "-1", "soon", ""])('"%s" is no time', (cell) => expect(timeGuess(cell)).toBeUndefined())
