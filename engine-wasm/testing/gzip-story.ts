import fc from "fast-check"
import { expect } from "vitest"
import { readCandleFile } from "../host/candles/file/candle-file.ts"

// FEXTRA of RFC 1952, as bgzip writes it: six bytes without use for us.
const EXTRA = Uint8Array.from([6, 0, 66, 67, 2, 0, 0, 0])
const DAMAGED = "The packed file is damaged or cut off; download it again."

const csv = `open_time_ms,open,high,low,close,volume\n${Array.from({ length: 400 }, (_, row) => `${row * 60_000},${1 + (row % 7)},9,0.5,${1 + (row % 3)},${row}\n`).join("")}`

/** Files concatenated into one gzip, with empty ones and some with extra header fields. */
const members = fc.array(fc.record({ bytes: fc.nat({ max: 3_000 }), isExtra: fc.boolean() }), { maxLength: 12 })

/** A gzip in several members unpacks like one member, however it is cut and however its bytes arrive. */
export async function membersReadAsOne(numRuns: number): Promise<void> {
  const whole = await readCandleFile(new Blob([csv]).stream())
  await fc.assert(
    fc.asyncProperty(members, fc.integer({ min: 1, max: 5_000 }), async (cuts, pieceBytes) => {
      const packed = await inMembers(new TextEncoder().encode(csv), cuts)
      expect(await readCandleFile(piecesOf(packed, pieceBytes))).toEqual(whole)
    }),
    { numRuns },
  )
}

/** Damage anywhere, and anything after the end, is refused alike. */
export async function damageIsRefused(numRuns: number): Promise<void> {
  const packed = await inMembers(new TextEncoder().encode(csv), [
    { bytes: 500, isExtra: false },
    { bytes: 0, isExtra: true },
  ])
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (place, bits) => {
      const behind = Uint8Array.from([...packed, ...new Uint8Array(1 + (place % 30)).fill(bits)])
      expect(await readCandleFile(piecesOf(behind, 100))).toMatchObject({ ok: false, because: DAMAGED })
      const cut = packed.subarray(0, 10 + (place % (packed.length - 10)))
      if (cut.length < packed.length)
        expect(await readCandleFile(piecesOf(cut, 100))).toMatchObject({ ok: false, because: expect.any(String) })
    }),
    { numRuns },
  )
}

async function inMembers(bytes: Uint8Array, cuts: { bytes: number; isExtra: boolean }[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = 0
  for (const cut of [...cuts, { bytes: bytes.length, isExtra: false }]) {
    parts.push(await member(bytes.slice(at, at + cut.bytes), cut.isExtra))
    at += cut.bytes
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}

async function member(bytes: Uint8Array, isExtra: boolean): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip"))
  const packed = new Uint8Array(await new Response(stream).arrayBuffer())
  if (!isExtra) return packed
  const head = packed.slice(0, 10)
  head[3] |= 4
  return Uint8Array.from([...head, ...EXTRA, ...packed.subarray(10)])
}

function piecesOf(bytes: Uint8Array, pieceBytes: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, (at += pieceBytes)))
    },
  })
}
