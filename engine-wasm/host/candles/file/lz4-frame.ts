// LZ4 frame and block formats: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md.
const MAGIC = 0x184d2204
const UNPACKED = 0x80000000

/**
 * The unpacked bytes of one LZ4 frame, such as Arrow files hold. Checksums are passed over. Throws a RangeError when
 * it is damaged.
 */
export function unpackLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("not an LZ4 frame")
  const flags = frame[4]
  const blocks = blocksOf(view, {
    at: 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0),
    checksumBytes: flags & 16 ? 4 : 0,
  })
  const out = new Uint8Array(blocks.length * 2 ** (8 + 2 * ((frame[5] >> 4) & 7)))
  let end = 0
  for (const { start, size, packed } of blocks) {
    const block = frame.subarray(start, start + size)
    if (packed) end = unpackBlock(block, out, end)
    else {
      out.set(block, end)
      end += size
    }
  }
  return out.subarray(0, end)
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

/** Unpacks behind `end`, since a match may reach back into the blocks before. Returns the new end. */
function unpackBlock(block: Uint8Array, out: Uint8Array, end: number): number {
  let at = 0
  const longer = (length: number) => {
    if (length < 15) return length
    for (let more = 255; more === 255; length += more) more = block[at++] ?? cutOff()
    return length
  }
  while (at < block.length) {
    const token = block[at++]
    const literals = longer(token >> 4)
    if (at + literals > block.length || end + literals > out.length) cutOff()
    out.set(block.subarray(at, at + literals), end)
    at += literals
    end += literals
    if (at >= block.length) return end
    const back = block[at++] | (block[at++] << 8)
    const length = longer(token & 15) + 4
    if (back === 0 || back > end || end + length > out.length) cutOff()
    for (const stop = end + length; end < stop; end++) out[end] = out[end - back]
  }
  return end
}

function cutOff(): never {
  throw new RangeError("an LZ4 block is damaged")
}
