import { longColumn, Unreadable } from "./unreadable.ts"

// LZ4 frame and block formats: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md.
const MAGIC = 0x184d2204
const UNPACKED = 0x80000000

/**
 * The unpacked bytes of one LZ4 frame, as in Arrow files. Ignores checksums. Throws a RangeError when it is damaged,
 * `Unreadable` when it would be longer than `mostBytes`, before unpacking anything.
 */
export function unpackLz4Frame(frame: Uint8Array, mostBytes = Infinity): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("not an LZ4 frame")
  const flags = frame[4]
  const blocks = blocksOf(view, {
    at: 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0),
    checksumBytes: flags & 16 ? 4 : 0,
  }).map(({ start, size, packed }) => ({ block: frame.subarray(start, start + size), packed }))
  // Counted first: a frame's own claims are foreign, and a few bytes may claim gigabytes.
  const length = blocks.reduce((sum, { block, packed }) => sum + (packed ? unpackedLength(block) : block.length), 0)
  if (length > mostBytes) throw new Unreadable(longColumn(mostBytes))
  const out = new Uint8Array(length)
  let end = 0
  for (const { block, packed } of blocks) {
    if (packed) end = unpackBlock(block, out, end)
    else {
      out.set(block, end)
      end += block.length
    }
  }
  return out
}

/** How many bytes a block unpacks to, by the lengths of its literals and matches. */
function unpackedLength(block: Uint8Array): number {
  const place = { at: 0 }
  let length = 0
  while (place.at < block.length) {
    const token = block[place.at++]
    const literals = longer(block, place, token >> 4)
    place.at += literals
    length += literals
    if (place.at >= block.length) break
    place.at += 2
    length += longer(block, place, token & 15) + 4
  }
  return length
}

function blocksOf(view: DataView, { at, checksumBytes }: { at: number; checksumBytes: number }) {
  const blocks: { start: number; size: number; packed: boolean }[] = []
  for (;;) {
    const word = view.getUint32(at, true)
    if (word === 0) return blocks
    const size = word & ~UNPACKED
    if (at + 4 + size > view.byteLength) throw new RangeError("an LZ4 block is cut off")
    blocks.push({ start: at + 4, size, packed: word < UNPACKED })
    at += 4 + size + checksumBytes
  }
}

/** Unpacks after `end`, since a match may reach back into the blocks before. Returns the new end. */
function unpackBlock(block: Uint8Array, out: Uint8Array, end: number): number {
  const place = { at: 0 }
  while (place.at < block.length) {
    const token = block[place.at++]
    const literals = longer(block, place, token >> 4)
    if (place.at + literals > block.length || end + literals > out.length) cutOff()
    out.set(block.subarray(place.at, place.at + literals), end)
    place.at += literals
    end += literals
    if (place.at >= block.length) return end
    const back = block[place.at++] | (block[place.at++] << 8)
    const length = longer(block, place, token & 15) + 4
    if (back === 0 || back > end || end + length > out.length) cutOff()
    for (const stop = end + length; end < stop; end++) out[end] = out[end - back]
  }
  return end
}

/** A length that does not fit into the token's four bits continues in the following bytes. */
function longer(block: Uint8Array, place: { at: number }, length: number): number {
  if (length < 15) return length
  for (let more = 255; more === 255; length += more) more = block[place.at++] ?? cutOff()
  return length
}

function cutOff(): never {
  throw new RangeError("an LZ4 block is damaged")
}
