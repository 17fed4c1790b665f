import { readFile } from "node:fs/promises"
import { gzipSync } from "node:zlib"
import * as arrow from "apache-arrow"
import fc from "fast-check"
import { decompress } from "fzstd"
import { expect, test } from "vitest"
import { zipOf } from "../testing/zip-of.ts"
import type { ArrowDoor, ArrowLibrary } from "./candle-arrow.ts"
import { readCandleFile } from "./candle-file.ts"
import { syntheticCandles } from "./synthetic-candles.ts"

const door: ArrowDoor = { load: () => Promise.resolve(arrow as unknown as ArrowLibrary), loadZstd: () => Promise.resolve((packed) => decompress(packed)) }
const fixture = (name: string) => readFile(new URL(`../fixtures/feather/${name}.feather`, import.meta.url))
const read = (bytes: Uint8Array) => readCandleFile(new Blob([Uint8Array.from(bytes)]).stream(), { arrow: door })
const written = syntheticCandles({ seed: 9, candles: 1000, timeframe: "1h", startMs: Date.UTC(2024, 0, 1), startPrice: 100, kind: "mixed" })

async function sentence(bytes: Uint8Array): Promise<string> {
  const answer = await read(bytes)
  return answer.ok ? "taken" : answer.because
}

test.each(["plain", "lz4", "zstd"])("a %s feather file gives its candles to the bit", async (name) => {
  expect(await read(await fixture(name))).toEqual({ ok: true, candles: written, notes: [] })
})

test("a feather file may lie in a gzip or a zip", async () => {
  const bytes = await fixture("lz4")
  for (const packed of [gzipSync(bytes), zipOf([{ name: "BTC_USDT-1h.feather", content: bytes }])]) expect(await sentence(packed)).toBe("taken")
})

test("columns are known by name in any order, further numbers stay, text is left out and said", async () => {
  const { openTimeMs, open, high, low, close, volume } = written
  const text = arrow.vectorFromArray(Array.from(openTimeMs, () => "x"), new arrow.Utf8())
  const table = new arrow.Table({ Close: arrow.makeVector(close), mark: text, Date: arrow.makeVector(openTimeMs.map((time) => time / 1000)), Low: arrow.makeVector(low), High: arrow.makeVector(high), Open: arrow.makeVector(open), Volume: arrow.makeVector(volume), funding: arrow.vectorFromArray([null, ...open.subarray(1)], new arrow.Float64()) })
  const answer = await read(arrow.tableToIPC(table, "file"))
  expect(answer).toEqual({ ok: true, candles: { ...written, extra: { funding: open.map((value, at) => (at === 0 ? Number.NaN : value)) } }, notes: ['The column "mark" holds text and was left out.'] })
})

test("damage, missing columns, no rows and text for a price are refused in a sentence", async () => {
  const ipc = (columns: Record<string, unknown>) => arrow.tableToIPC(new arrow.Table(columns as never), "file")
  const one = { date: arrow.vectorFromArray([1], new arrow.Float64()), open: arrow.vectorFromArray([1], new arrow.Float64()), high: arrow.vectorFromArray([1], new arrow.Float64()), low: arrow.vectorFromArray([1], new arrow.Float64()) }
  expect(await sentence((await fixture("lz4")).subarray(0, 20_000))).toBe("The feather file is damaged or cut off; export or download it again.")
  expect(await sentence(ipc(one))).toBe('In the feather file the header has no column "close" and no "volume".')
  expect(await sentence(ipc({ ...one, volume: one.open, close: arrow.vectorFromArray(["dear"], new arrow.Utf8()) }))).toBe('Row 1: the column "close" holds text, not numbers.')
  expect(await sentence(new TextEncoder().encode("FEA1 and so on"))).toContain("old version 1")
})

test("whatever bytes of a feather file are spoiled, the answer is candles or a sentence", async () => {
  const whole = await fixture("lz4")
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 255 }), fc.nat({ max: whole.length }), async (places, byte, kept) => {
      const bytes = Uint8Array.from(whole.subarray(0, kept))
      if (bytes.length > 6) for (const place of places) bytes[6 + (place % (bytes.length - 6))] ^= byte
      expect(await sentence(bytes)).toMatch(/^taken$|^[A-Z].{10,}\.$/s)
    }),
    { numRuns: 150 },
  )
})
