import { crc32, deflateRawSync } from "node:zlib"

/** One file for `zipOf`; everything but name and content makes false claims in the directory. */
export type ZipPart = {
  name: string
  content: string | Uint8Array
  /** 8 deflate (default), 0 stored. */
  method?: 0 | 8
  claimedMethod?: number
  flags?: number
  crc?: number
  unpackedBytes?: number
}

/** A zip file of these parts, after PKWARE's APPNOTE.TXT. */
export function zipOf(parts: ZipPart[]): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const content = Buffer.from(part.content as string)
    const packed = part.method === 0 ? content : deflateRawSync(content)
    const file = Buffer.concat([header(part, content, packed, undefined), Buffer.from(part.name), packed])
    directory.push(header(part, content, packed, offset), Buffer.from(part.name))
    files.push(file)
    offset += file.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, listed, end])
}

// The local header and the directory's entry hold the same fields, the latter two bytes further on and followed by
// the offset.
function header(part: ZipPart, content: Buffer, packed: Buffer, offset: number | undefined): Buffer {
  const shift = offset === undefined ? 0 : 2
  const bytes = Buffer.alloc(offset === undefined ? 30 : 46)
  bytes.writeUInt32LE(offset === undefined ? 0x04034b50 : 0x02014b50, 0)
  bytes.writeUInt16LE(20, 4 + shift)
  bytes.writeUInt16LE(part.flags ?? 0, 6 + shift)
  bytes.writeUInt16LE(part.claimedMethod ?? part.method ?? 8, 8 + shift)
  bytes.writeUInt32LE(part.crc ?? crc32(content), 14 + shift)
  bytes.writeUInt32LE(packed.length, 18 + shift)
  bytes.writeUInt32LE(part.unpackedBytes ?? content.length, 22 + shift)
  bytes.writeUInt16LE(Buffer.byteLength(part.name), 26 + shift)
  if (offset !== undefined) bytes.writeUInt32LE(offset, 42)
  return bytes
}
