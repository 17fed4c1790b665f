import { joinBytes } from "../candle-bytes.ts"
import type { FileLimits } from "./file-limits.ts"
import { damagedPacking, Inflater, inPieces, type UnpackCounts } from "./unpack.ts"
import { Unreadable } from "./unreadable.ts"

// A member ends with the checksum and the length of its unpacked data; the next begins with ten bytes (RFC 1952,
// 2.3).
const HEAD_BYTES = 10
const TAIL_BYTES = 8
/** More than this cannot still be on its way through the decompressor. */
const MOST_UNDER_WAY = 2 ** 25
const QUICK_TURNS = 50
const MOST_TURNS = 1_000

/**
 * Unpacks pieces of a gzip file and checks its checksums. Reads concatenated files (`cat`, pigz, bgzip) as one: a
 * browser alone would stop at the first. Throws `Unreadable` when the data is damaged, cut off, or grows beyond the
 * limits as only a bomb does.
 */
export async function* ungzipped(pieces: AsyncGenerator<Uint8Array>, limits: FileLimits): AsyncGenerator<Uint8Array> {
  const counts: UnpackCounts = { packed: 0, unpacked: 0 }
  let member = new Inflater("gzip", counts, limits)
  let members = 1
  const patience = { turns: 4 * MOST_TURNS }
  let tail: Uint8Array = new Uint8Array(0)
  try {
    for await (const { bytes, isHead } of partsAtHeads(pieces)) {
      if (isHead && (await isWhole(member, lengthIn(tail), patience))) {
        yield* member.finish()
        await member.close()
        if (++members > limits.mostMembers) throw new Unreadable(manyMembers(limits))
        member = new Inflater("gzip", counts, limits)
      }
      for (const piece of inPieces(bytes)) yield* member.push(piece)
      tail = joinBytes([tail, bytes.subarray(-TAIL_BYTES)]).slice(-TAIL_BYTES)
    }
    yield* member.finish()
    // Some platforms ignore bytes after the end of a gzip, and others do not.
    if (lengthIn(tail) !== member.length) throw new Unreadable(damagedPacking)
  } finally {
    await member.close()
    await pieces.return(undefined)
  }
}

type Part = { bytes: Uint8Array; isHead: boolean }

/** The same bytes, split where a member may begin. */
async function* partsAtHeads(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Part> {
  let held: Uint8Array = new Uint8Array(0)
  for await (const piece of pieces) {
    const bytes = joinBytes([held, piece])
    let start = 0
    let isHead = false
    for (let at = headAfter(bytes, 0); at >= 0; at = headAfter(bytes, at + 1)) {
      yield { bytes: bytes.subarray(start, at), isHead }
      start = at
      isHead = true
    }
    // The end of a piece may cut a head.
    const end = Math.max(start, bytes.length - HEAD_BYTES + 1)
    yield { bytes: bytes.subarray(start, end), isHead }
    held = bytes.slice(end)
  }
  yield { bytes: held, isHead: false }
}

/** Where ten bytes that may be the head of a member begin; -1 when nowhere. */
function headAfter(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (at + HEAD_BYTES > bytes.length) return -1
    const isHead = bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] & 0xe0) === 0
    if (isHead) return at
  }
  return -1
}

/**
 * Whether a member has produced as many bytes as the four before the next head say. Inside compressed data that
 * hardly ever happens: there they are four bytes like any other. Some platforms unpack on a thread of their own, so
 * we wait for what may still come.
 */
async function isWhole(member: Inflater, length: number, patience: Patience): Promise<boolean> {
  const mostTurns = length - member.length > MOST_UNDER_WAY ? 0 : Math.min(MOST_TURNS, patience.turns)
  let turns = 0
  for (; member.length < length && turns < mostTurns; turns++) await (turns < QUICK_TURNS ? giveTurn() : giveTime())
  if (member.length === length) return true
  patience.turns -= turns
  return false
}

/** Turns left to wait in vain, for false heads: a hostile file may be full of them. */
type Patience = { turns: number }

function lengthIn(tail: Uint8Array): number {
  return tail.length < TAIL_BYTES ? -1 : new DataView(tail.buffer, tail.byteOffset).getUint32(4, true)
}

/** Lets everything that waits go first; a timer would take a millisecond and more for each of thousands of members. */
function giveTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const done = () => {
      port1.close()
      resolve()
    }
    port1.addEventListener("message", done, { once: true })
    port1.start()
    port2.postMessage(undefined)
  })
}

function giveTime(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function manyMembers({ mostMembers }: FileLimits): string {
  return `The gzip file is put together from more than ${mostMembers.toLocaleString("en")} files; unpack it and pack it again as one.`
}
