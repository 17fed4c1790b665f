import { expect, test } from "vitest"
import { minuteCsv } from "../../../testing/minute-csv.ts"
import { candleBytes } from "../candle-bytes.ts"
import { readCandleFile } from "./candle-file.ts"
import { syntheticCandles } from "../synthetic/synthetic-candles.ts"

async function packed(bytes: Uint8Array): Promise<Blob> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"))
  return new Blob([await new Response(stream).arrayBuffer()])
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

test("a synthetic market has the same bits in a browser as in Node", async () => {
  const candles = syntheticCandles({
    seed: 3,
    candles: 8760,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 100,
    kind: "mixed",
  })
  // The hash that synthetic-candles.test.ts expects of Node.
  expect(await sha256(candleBytes(candles))).toBe("40eace7f47a951fd26801d2818fe790472e2c278c7648e9ec83de7f4908cf2da")
})

test("a year of minutes is read whole, plain and gzip, and a damaged gzip is an honest no", async () => {
  const csv = minuteCsv()
  for (const blob of [new Blob([csv as BlobPart]), await packed(csv)]) {
    const answer = await readCandleFile(blob.stream())
    expect(answer.ok && answer.candles.openTimeMs.length).toBe(525_600)
  }
  const damaged = (await packed(csv)).slice(0, 1_000_000)
  expect(await readCandleFile(damaged.stream())).toMatchObject({
    ok: false,
    because: "The packed file is damaged or cut off; download it again.",
  })
})

test("reading stops when it is cancelled", async () => {
  const cancel = new AbortController()
  const blob = await packed(minuteCsv(50_000))
  const reading = readCandleFile(blob.stream(), {
    signal: cancel.signal,
    onProgress: () => cancel.abort(new Error("stop")),
  })
  await expect(reading).rejects.toThrow("stop")
})
