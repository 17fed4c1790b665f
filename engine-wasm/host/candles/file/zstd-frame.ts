import { joinBytes } from "../candle-bytes.ts"
import { longColumn, Unreadable } from "./unreadable.ts"

// https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1
const MAGIC = 0xfd2fb528
const SINGLE_SEGMENT = 0x20
/** RFC 8878 asks every decoder to support this; a decoder takes as much memory as a frame claims. */
const MOST_WINDOW_BYTES = 8 * 2 ** 20

/** Unpacks Zstandard as it arrives, handing over what it has. */
export type ZstdStream = new (onData: (bytes: Uint8Array) => void) => { push(packed: Uint8Array, last: boolean): void }

/**
 * The unpacked bytes of one Zstandard frame, as in Arrow files. Throws `Unreadable` when it needs too much memory or
 * grows beyond `mostBytes`, and whatever the decoder throws when it is damaged.
 */
export function unpackZstdFrame(frame: Uint8Array, mostBytes: number, Stream: ZstdStream): Uint8Array {
  if (windowOf(frame) > Math.max(mostBytes, 1)) throw new Unreadable(longColumn(mostBytes))
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Stream((bytes) => {
    length += bytes.length
    if (length > mostBytes) throw new Unreadable(longColumn(mostBytes))
    parts.push(bytes)
  })
  stream.push(frame, true)
  return joinBytes(parts)
}

/** How many of its unpacked bytes a decoder keeps. */
function windowOf(frame: Uint8Array): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("not a Zstandard frame")
  if (frame[4] & SINGLE_SEGMENT) return contentSize(view, 5 + [0, 1, 2, 4][frame[4] & 3])
  const base = 2 ** (10 + (frame[5] >> 3))
  const window = base + (base / 8) * (frame[5] & 7)
  return window > MOST_WINDOW_BYTES ? Infinity : 0
}

function contentSize(view: DataView, at: number): number {
  const kind = view.getUint8(4) >> 6
  if (kind === 0) return view.getUint8(at)
  if (kind === 1) return view.getUint16(at, true) + 256
  return kind === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}
