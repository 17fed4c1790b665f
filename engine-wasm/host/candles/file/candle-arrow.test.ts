import { readFile } from "node:fs/promises"
import { gzipSync } from "node:zlib"
import * as arrow from "apache-arrow"
import fc from "fast-check"
import * as flatbuffers from "flatbuffers"
import { Decompress } from "fzstd"
import { expect, test } from "vitest"
import { zipOf } from "../../../testing/zip-of.ts"
import type { ArrowDoor, ArrowLibrary } from "./arrow-library.ts"
import { readCandleFile } from "./candle-file.ts"
import { syntheticCandles } from "../synthetic/synthetic-candles.ts"

const door: ArrowDoor = {
  load: () => Promise.resolve(arrow as unknown as ArrowLibrary),
  loadFlatBuffers: () => Promise.resolve(flatbuffers),
  loadZstd: () => Promise.resolve(Decompress),
}
const fixture = (name: string) => readFile(new URL(`../../../fixtures/feather/${name}.feather`, import.meta.url))
const read = (bytes: Uint8Array) => readCandleFile(new Blob([Uint8Array.from(bytes)]).stream(), { arrow: door })
const written = syntheticCandles({
  seed: 9,
  candles: 1000,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})

async function sentence(bytes: Uint8Array): Promise<string> {
  const answer = await read(bytes)
  return answer.ok ? "taken" : answer.because
}

test.each(["plain", "lz4", "zstd"])("a %s feather file gives its candles to the bit", async (name) => {
  expect(await read(await fixture(name))).toEqual({ ok: true, candles: written, notes: [] })
})

test("a feather file may be inside a gzip or a zip", async () => {
  const bytes = await fixture("lz4")
  for (const packed of [gzipSync(bytes), zipOf([{ name: "BTC_USDT-1h.feather", content: bytes }])])
    expect(await sentence(packed)).toBe("taken")
})

test("columns are known by name in any order, further numbers stay, text is left out with a note", async () => {
  const { openTimeMs, open, high, low, close, volume } = written
  const text = arrow.vectorFromArray(
    Array.from(openTimeMs, () => "x"),
    new arrow.Utf8(),
  )
  const table = new arrow.Table({
    Close: arrow.makeVector(close),
    mark: text,
    Date: arrow.makeVector(openTimeMs.map((time) => time / 1000)),
    Low: arrow.makeVector(low),
    High: arrow.makeVector(high),
    Open: arrow.makeVector(open),
    Volume: arrow.makeVector(volume),
    funding: arrow.vectorFromArray([null, ...open.subarray(1)], new arrow.Float64()),
  })
  const answer = await read(arrow.tableToIPC(table, "file"))
  expect(answer).toEqual({
    ok: true,
    candles: { ...written, extra: { funding: open.map((value, at) => (at === 0 ? Number.NaN : value)) } },
    notes: ['The column "mark" holds text and was left out.'],
  })
})

test("damage, missing columns, no rows and text for a price are refused in a sentence", async () => {
  const ipc = (columns: Record<string, unknown>) => arrow.tableToIPC(new arrow.Table(columns as never), "file")
  const one = {
    date: arrow.vectorFromArray([1], new arrow.Float64()),
    open: arrow.vectorFromArray([1], new arrow.Float64()),
    high: arrow.vectorFromArray([1], new arrow.Float64()),
    low: arrow.vectorFromArray([1], new arrow.Float64()),
  }
  expect(await sentence((await fixture("lz4")).subarray(0, 20_000))).toBe(
    "The feather file is damaged or cut off; export or download it again.",
  )
  expect(await sentence(ipc(one))).toBe('In the feather file the header has no column "close".')
  expect(
    await sentence(ipc({ ...one, volume: one.open, close: arrow.vectorFromArray(["dear"], new arrow.Utf8()) })),
  ).toBe('Row 1: the column "close" holds text, not numbers.')
  expect(await sentence(new TextEncoder().encode("FEA1 and so on"))).toContain("old version 1")
})

// Each of these once kept the library busy for ever: a list of two thousand million fields, and an invalid batch.
test.each([
  { name: "plain", spoiled: [[8, 253]] },
  {
    name: "plain",
    spoiled: [
      [38, 179],
      [2171, 166],
    ],
  },
  { name: "lz4", spoiled: [[15, 174]] },
  {
    name: "lz4",
    spoiled: [
      [25_204, 5],
      [236, 48],
      [24_284, 146],
    ],
  },
  {
    name: "zstd",
    spoiled: [
      [199, 130],
      [1033, 35],
      [21_032, 186],
    ],
  },
])("a $name file with the bytes $spoiled spoiled is answered at once", async ({ name, spoiled }) => {
  const bytes = Uint8Array.from(await fixture(name))
  for (const [place, bits] of spoiled) bytes[place] ^= bits
  expect(await sentence(bytes)).toMatch(answered)
})

const answered = /^taken$|^[A-Z].{10,}\.$/s

test.each(["plain", "lz4", "zstd"])(
  "whatever bytes of a %s feather file are spoiled, the answer is candles or a sentence",
  async (name) => {
    const whole = await fixture(name)
    // Two places of three are in the schema, at both ends of the file, where damage does the most harm.
    const place = fc.oneof(
      fc.integer({ min: 6, max: 2500 }),
      fc.integer({ min: whole.length - 2000, max: whole.length - 1 }),
      fc.integer({ min: 6, max: whole.length - 1 }),
    )
    const spoiled = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 })
    const kept = fc.oneof(
      { weight: 9, arbitrary: fc.constant(whole.length) },
      { weight: 1, arbitrary: fc.nat({ max: whole.length }) },
    )
    await fc.assert(
      fc.asyncProperty(spoiled, kept, async (places, length) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, bits] of places) bytes[at] ^= bits
        expect(await sentence(bytes.subarray(0, length))).toMatch(answered)
      }),
      { numRuns: 150, seed: 1 },
    )
  },
)
