import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { expect, test } from "vitest"
import { readCandleFile, type CandleFileOptions } from "./candle-file.ts"
import { fileLimits } from "./file-limits.ts"
import { zipOf, type ZipPart } from "../../../testing/zip-of.ts"

const HEADER = "open_time_ms,open,high,low,close,volume"
const csv = `${HEADER}\n0,1,2,1,2,5\n60000,2,3,1,2,5\n`

function streamOf(bytes: Uint8Array, pieceBytes = 1000): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, (at += pieceBytes)))
    },
  })
}

const read = (bytes: Uint8Array, options?: CandleFileOptions & { pieceBytes?: number }) =>
  readCandleFile(streamOf(bytes, options?.pieceBytes), options)
const text = (content: string) => new TextEncoder().encode(content)

async function sentence(bytes: Uint8Array, options?: CandleFileOptions): Promise<string> {
  const answer = await read(bytes, options)
  return answer.ok ? "taken" : answer.because
}

test("a plain, a gzip and a zip file give the same candles whatever the size of the pieces", async () => {
  for (const bytes of [
    text(csv),
    gzipSync(csv),
    zipOf([{ name: "a.csv", content: csv }]),
    zipOf([{ name: "a.csv", content: csv, method: 0 }]),
  ]) {
    for (const pieceBytes of [1, 3, 7, 1000]) {
      const answer = await read(bytes, { pieceBytes })
      expect(answer.ok && [...answer.candles.close, ...answer.candles.openTimeMs, answer.candles.timeframeMs]).toEqual([
        2, 2, 0, 60_000, 60_000,
      ])
    }
  }
})

test.each<[string, ZipPart[] | Uint8Array, string]>([
  ["nothing", new Uint8Array(0), "The file is empty."],
  ["gzip cut off", gzipSync(csv).subarray(0, 40), "The packed file is damaged or cut off; download it again."],
  ["gzip checksum", spoiled(gzipSync(csv), -6), "The packed file is damaged or cut off; download it again."],
  ["gzip middle", spoiled(gzipSync(csv), 25), "The packed file is damaged or cut off; download it again."],
  ["gzip twice", gzipSync(gzipSync(csv)), "The file is packed twice; unpack it once."],
  [
    "zip cut off",
    zipOf([{ name: "a.csv", content: csv }]).subarray(0, 60),
    "The zip is damaged or cut off; download it again.",
  ],
  [
    "zip checksum",
    [{ name: "a.csv", content: csv, crc: 1 }],
    '"a.csv" does not match its checksum; the zip is damaged, download it again.',
  ],
  [
    "zip size lie",
    [{ name: "a.csv", content: csv, unpackedBytes: 10 }],
    '"a.csv" does not match its checksum; the zip is damaged, download it again.',
  ],
  [
    "zip encrypted",
    [{ name: "a.csv", content: csv, flags: 1 }],
    '"a.csv" is protected by a password; unpack it first.',
  ],
  [
    "zip method",
    [{ name: "a.csv", content: csv, claimedMethod: 14 }],
    '"a.csv" is packed in a way we do not read (method 14); pack it again as an ordinary zip.',
  ],
  [
    "zip-slip",
    [{ name: "../../../etc/a.csv", content: csv }],
    'The zip holds the path "../../../etc/a.csv", which leads outside of it; it was not read.',
  ],
  [
    "zip-slip beside a good file",
    [
      { name: "a.csv", content: csv },
      { name: "/etc/passwd", content: "x" },
    ],
    'The zip holds the path "/etc/passwd", which leads outside of it; it was not read.',
  ],
  [
    "zip-slip on Windows",
    [{ name: "C:\\a.csv", content: csv }],
    'The zip holds the path "C:\\a.csv", which leads outside of it; it was not read.',
  ],
  [
    "zip of two",
    [
      { name: "a.csv", content: csv },
      { name: "b.csv", content: csv },
    ],
    'The zip holds 2 candle files ("a.csv", "b.csv"); say which one, or unpack it.',
  ],
  ["zip without", [{ name: "readme.md", content: csv }], "The zip holds no candle file."],
  ["empty zip", [], "The zip holds no candle file."],
  ["workbook", [{ name: "xl/workbook.xml", content: "<x/>" }], "This is an Excel workbook; save it as CSV."],
  [
    "declared 3 GB",
    [{ name: "a.csv", content: csv, unpackedBytes: 3 * 2 ** 30 }],
    "Unpacked, the file is larger than 768 MB; split it into shorter periods.",
  ],
])("%s is refused in one sentence", async (_, content, because) => {
  expect(await sentence(content instanceof Uint8Array ? content : zipOf(content))).toBe(because)
})

test("of several files in a zip the requested one is read", async () => {
  const zip = zipOf([
    { name: "a.csv", content: "nonsense" },
    { name: "b.csv", content: csv },
  ])
  expect((await read(zip, { entry: "b.csv" })).ok).toBe(true)
  expect(await sentence(zip, { entry: "c.csv" })).toBe('The zip holds no "c.csv"; it holds "a.csv", "b.csv".')
})

test("a bomb is stopped while unpacking, long before it is whole", async () => {
  const bomb = text(`${HEADER}${"\n".repeat(3 * 2 ** 20)}`)
  const limits = { ...fileLimits, freeBytes: 2 ** 20 }
  const because = "The file grows more than 200 times while unpacking, as no candle file does; it was not read."
  expect(await sentence(gzipSync(bomb), { limits })).toBe(because)
  expect(await sentence(zipOf([{ name: "a.csv", content: bomb }]), { limits })).toBe(because)
  const tooLarge = "Unpacked, the file is larger than 1 MB; split it into shorter periods."
  expect(await sentence(gzipSync(bomb), { limits: { ...limits, mostBytes: 2 ** 20 } })).toBe(tooLarge)
})

test("reading reports its progress in bytes of the file and stops when cancelled", async () => {
  const doneBytesSeen: number[] = []
  await read(text(csv), { pieceBytes: 40, onProgress: (doneBytes) => doneBytesSeen.push(doneBytes) })
  expect(doneBytesSeen).toEqual([40, 68])
  const cancel = new AbortController()
  for (const bytes of [text(csv), gzipSync(csv), zipOf([{ name: "a.csv", content: csv }])]) {
    const reading = read(bytes, {
      pieceBytes: 10,
      signal: cancel.signal,
      onProgress: () => cancel.abort(new Error("stop")),
    })
    await expect(reading).rejects.toThrow("stop")
  }
})

test("a stream that fails is not mistaken for a bad file", async () => {
  const failing = () => new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("disk gone")) })
  await expect(readCandleFile(failing())).rejects.toThrow("disk gone")
})

test("whatever bytes of a packed file are spoiled or missing, the answer is the same candles or a sentence", async () => {
  const whole = await read(text(csv))
  const packedFiles = [
    gzipSync(csv),
    zipOf([{ name: "a.csv", content: csv }]),
    zipOf([
      { name: "a.csv", content: csv, method: 0 },
      { name: "b.md", content: "x" },
    ]),
  ]
  const refused: unknown = expect.objectContaining({
    ok: false,
    row: expect.any(Number),
    because: expect.stringMatching(/^[A-Z"].{10,}\.$/s),
  })
  const spoiling = fc.record({
    file: fc.constantFrom(...packedFiles),
    places: fc.array(fc.nat(), { maxLength: 3 }),
    byte: fc.integer({ min: 1, max: 255 }),
    kept: fc.nat({ max: 400 }),
  })
  await fc.assert(
    fc.asyncProperty(spoiling, async ({ file, places, byte, kept }) => {
      const bytes = Uint8Array.from(file.subarray(0, kept))
      if (bytes.length > 0) for (const place of places) bytes[place % bytes.length] ^= byte
      const answer = await read(bytes, { pieceBytes: 50 })
      // Names, comments and dates inside the archive may change without harm; candles may not.
      expect([whole, refused]).toContainEqual(answer)
    }),
    { numRuns: 600 },
  )
})

const realCandles = new URL("../../../../../shared/data/", import.meta.url)

test("every real candle file opens with the rows of its manifest", async (context) => {
  context.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  const manifest = await readFile(new URL("MANIFEST.md", realCandles), "utf8")
  const files = (await readdir(realCandles)).filter((name) => name.includes(".csv"))
  for (const name of files) {
    const answer = await read(await readFile(new URL(name, realCandles)), { pieceBytes: 65_536 })
    if (!answer.ok) throw new Error(`${name}: ${answer.because}`)
    expect(manifest, name).toContain(`| ${name} | ${answer.candles.openTimeMs.length} |`)
    const said = /-(\d+[mhd])\.csv/.exec(name)?.[1]
    expect({ "1m": 6e4, "5m": 3e5, "15m": 9e5, "1h": 36e5, "4h": 144e5, "1d": 864e5 }[said ?? ""], name).toBe(
      answer.candles.timeframeMs,
    )
  }
  expect(files.length).toBe(47)
})

function spoiled(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[(at + copy.length) % copy.length] ^= 0xff
  return copy
}
