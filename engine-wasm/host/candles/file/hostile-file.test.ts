import * as arrow from "apache-arrow"
import fc from "fast-check"
import * as flatbuffers from "flatbuffers"
import { Decompress } from "fzstd"
import { describe, expect, test } from "vitest"
import { zipOf } from "../../../testing/zip-of.ts"
import type { ArrowDoor, ArrowLibrary } from "./arrow-library.ts"
import { readCandleFile, readCandleRows } from "./candle-file.ts"
import { CandleProblems, MOST_PROBLEMS } from "./candle-problems.ts"
import { fileLimits, type FileLimits } from "./file-limits.ts"

const KB = 2 ** 10
/** A thousandth of a real file's limits, so that we can try a thousand files. */
const limits: FileLimits = {
  ...fileLimits,
  mostBytes: 2_000 * KB,
  freeBytes: 500 * KB,
  mostHeldBytes: 400 * KB,
  mostWholeBytes: 300 * KB,
  mostColumnBytes: 64 * KB,
  mostUselessRows: 1_000,
  mostMembers: 20,
  mostNames: 20,
}
const door: ArrowDoor = {
  load: () => Promise.resolve(arrow as unknown as ArrowLibrary),
  loadFlatBuffers: () => Promise.resolve(flatbuffers),
  loadZstd: () => Promise.resolve(Decompress),
}
const text = (content: string) => new TextEncoder().encode(content)
const sentence = /^[A-Z"].{10,400}\.$/s

/** An endless file: a beginning, and then the same for ever, or rows that continue in time. */
type Endless = { head: string; unit: string | typeof ROWS }
const ROWS = Symbol("rows that go on in time")

function* bytesOf({ head, unit }: Endless, pieceBytes: number): Generator<Uint8Array> {
  yield text(head)
  for (let row = 0; ;) {
    let piece = ""
    while (piece.length < pieceBytes) piece += unit === ROWS ? `${1.6e12 + row++ * 60_000},1,1,1,1,1\n` : unit
    yield text(piece)
  }
}

/** A stream of a generator's bytes, and how many of them were read. */
function counted(bytes: Generator<Uint8Array>) {
  const progress = { pulled: 0 }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { value, done } = bytes.next()
        if (done) return controller.close()
        progress.pulled += (value as Uint8Array).length
        controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, progress }
}

const header = "open_time_ms,open,high,low,close,volume"
const heads = fc.constantFrom(
  "",
  `${header}\n`,
  `${header}${Array.from({ length: 200 }, (_, at) => `,x${at}`).join("")}\n`,
  `${header}${",nan".repeat(300)}\n`,
  "[",
  "[[",
  '[["',
  '[{"a":',
  "# a comment\n",
  "\ufeff",
  "\u0000",
  "PK\u0003",
  "ARROW1",
)
const units = fc.oneof(
  fc.constant(ROWS),
  fc.constantFrom("a\n", "\n", "\r\n", "# x\n", "{},", "[],", "[1],", "[", "{", '"', "\\", ",", "nan,", "1e1,", "0"),
  fc.constantFrom(
    "[1,1,1,1,1,1],",
    '["1600000000000",1,1,1,1,1],',
    "1600000000000,1,1,1,1,1\n",
    "2024-01-01,1,1,1,1,1\n",
  ),
  fc.constantFrom(
    "\u001b[2K\n",
    "\u0000",
    "é,",
    `1,2,3,4,5,6${",nan".repeat(200)}\n`,
    `1,2,3,4,5,6${",7".repeat(200)}\n`,
  ),
  fc.string({ minLength: 1, maxLength: 12 }),
)
const endless = fc.record({ head: heads, unit: units })

describe("a file without an end", () => {
  test("of any shape ends in a sentence, soon and by itself, whether it is read or checked", { timeout: 300_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        endless,
        fc.integer({ min: 50, max: 70_000 }),
        fc.boolean(),
        async (file, pieceBytes, isCheck) => {
          const { stream, progress } = counted(bytesOf(file, pieceBytes))
          const problems = new CandleProblems()
          const options = { limits, arrow: door }
          const answer = await (isCheck ? readCandleRows(stream, problems, options) : readCandleFile(stream, options))
          expect(answer).toMatchObject({ ok: false, because: expect.stringMatching(sentence) })
          expect(progress.pulled).toBeLessThan(limits.mostBytes + 200_000)
          expect(problems.first.length).toBeLessThanOrEqual(MOST_PROBLEMS)
          expect(problems.count).toBeLessThanOrEqual(limits.mostUselessRows + 1)
        },
      ),
      { numRuns: 200 },
    ),
  )

  test("packed as gzip or zip ends so too, and never grows beyond the limits", { timeout: 300_000 }, () =>
    fc.assert(
      fc.asyncProperty(endless, fc.boolean(), async (file, isZip) => {
        const unpackedBytes = limits.mostBytes * 2
        const content = firstBytes(bytesOf(file, 50_000), unpackedBytes)
        const packed = isZip ? zipOf([{ name: "a.csv", content }]) : await gzip(content)
        const { stream } = counted([packed].values() as Generator<Uint8Array>)
        const answer = await readCandleFile(stream, { limits, arrow: door })
        expect(answer).toMatchObject({ ok: false, because: expect.stringMatching(sentence) })
      }),
      { numRuns: 60 },
    ),
  )
})

test("rows are read as long as they fit, and then the refusal says how many do", async () => {
  const rows = Math.floor(limits.mostHeldBytes / 52)
  const read = (count: number) =>
    readCandleFile(counted([firstRows(count)].values() as Generator<Uint8Array>).stream, { limits })
  expect(await read(rows)).toMatchObject({ ok: true })
  expect(await read(rows + 1)).toMatchObject({
    ok: false,
    because: expect.stringContaining(`more than ${rows.toLocaleString("en")} rows`),
  })
})

describe("a zip", () => {
  const refusal = async (zip: Uint8Array) => {
    const answer = await readCandleFile(new Blob([Uint8Array.from(zip)]).stream(), { limits })
    return answer.ok ? "taken" : answer.because
  }
  const named = (names: string[]) => zipOf(names.map((name) => ({ name, content: "x" })))

  test("of many names lists a few of them, of too many none", async () => {
    const names = Array.from({ length: 20 }, (_, at) => `${at}.csv`)
    expect(await refusal(named(names))).toBe(
      'The zip holds 20 candle files ("0.csv", "1.csv", "2.csv", "3.csv", "4.csv", "5.csv", "6.csv", "7.csv" and 12 more); say which one, or unpack it.',
    )
    expect(await refusal(named([...names, "20.csv"]))).toBe(
      "The zip holds 21 files; unpack it and choose the one with the candles.",
    )
  })

  test("whose names are long or control a terminal is named in plain letters", async () => {
    expect(await refusal(named(["x".repeat(5_000)]))).toBe(
      "A file in the zip has a name that is too long; it was not read.",
    )
    const because = await refusal(named(["\u001b]0;owned\u0007.csv", "\u202evsc.csv"]))
    expect(because).toContain('("\\u{1b}]0;owned\\u{7}.csv", "\\u{202e}vsc.csv")')
  })
})

describe("a feather file", () => {
  const columns = ["date", "open", "high", "low", "close", "volume"]
  const fileOf = (make: (name: string) => arrow.Vector) =>
    arrow.tableToIPC(new arrow.Table(Object.fromEntries(columns.map((name) => [name, make(name)]))), "file")
  const refusal = async (bytes: Uint8Array) => {
    const answer = await readCandleFile(new Blob([Uint8Array.from(bytes)]).stream(), { limits, arrow: door })
    return answer.ok ? "taken" : answer.because
  }

  test("whose empty rows cost nothing has no more of them than any other", async () => {
    const none = new arrow.Vector([arrow.makeData({ type: new arrow.Null(), length: 12_000_000 })])
    expect(await refusal(fileOf(() => none))).toMatch(/^The file holds more than 7,\d+ rows of 6 columns/)
  })

  test("whose texts are a megabyte each for every row is answered at once", async () => {
    const long = text("2024-01-01".repeat(10_000))
    const rows = 5_000
    // Overlapping texts: each row claims the whole of it, and the file holds it once.
    const valueOffsets = Int32Array.from({ length: rows + 1 }, (_, row) => (row % 2) * long.length)
    const data = arrow.makeData({ type: new arrow.Utf8(), length: rows, nullCount: 0, valueOffsets, data: long })
    const numbers = arrow.makeVector(new Float64Array(rows).fill(1))
    expect(await refusal(fileOf((name) => (name === "date" ? new arrow.Vector([data]) : numbers)))).toMatch(sentence)
  })

  test("of columns that are not numbers is refused by its schema, before any of their values is read", async () => {
    const lists = arrow.vectorFromArray([[1, 2], [3]], new arrow.List(new arrow.Field("item", new arrow.Float64())))
    expect(await refusal(fileOf(() => lists))).toBe('Row 1: the column "date" holds text, not numbers.')
    const wide = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`c${at}`, arrow.makeVector(new Float64Array(1))]),
    )
    expect(await refusal(arrow.tableToIPC(new arrow.Table(wide), "file"))).toBe(
      "The feather file has more than 256 columns.",
    )
  })
})

function firstRows(count: number): Uint8Array {
  const rows = Array.from({ length: count }, (_, row) => `${1.6e12 + row * 60_000},1,1,1,1,1`)
  return text(`${header}\n${rows.join("\n")}`)
}

function firstBytes(bytes: Generator<Uint8Array>, count: number): Uint8Array {
  const whole = new Uint8Array(count)
  for (let at = 0; at < count;) {
    const piece = (bytes.next().value as Uint8Array).subarray(0, count - at)
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

async function gzip(content: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(content)]).stream().pipeThrough(new CompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
