import { crc32 } from "node:zlib"

const LENGTH_BYTES = 4
const HEAD_BYTES = 8
/** No record is longer: a command is one request, and a block of ended orders is cut into several. */
const MOST_RECORD_BYTES = 256 * 1024 * 1024

/** A record as written: its length, its checksum, its content. */
export function recordOf(content: Uint8Array, { salt, atByte }: Place): Buffer {
  const record = Buffer.alloc(HEAD_BYTES + content.length)
  record.writeUInt32LE(content.length, 0)
  record.writeUInt32LE(checksum(content, { salt, atByte }), LENGTH_BYTES)
  record.set(content, HEAD_BYTES)
  return record
}

/**
 * Where a record stands: the checksum is about that too, so that what an older file left behind on the disk never
 * looks like a record of this one.
 */
export type Place = { salt: string; atByte: number }

/** The whole records at the beginning of a file, and how many bytes they are. */
export function recordsIn(bytes: Buffer, salt: string): { contents: Buffer[]; goodBytes: number } {
  const contents: Buffer[] = []
  for (let atByte = 0; ;) {
    const content = firstRecord(bytes.subarray(atByte), { salt, atByte })
    if (content === undefined) return { contents, goodBytes: atByte }
    contents.push(content)
    atByte += HEAD_BYTES + content.length
  }
}

/** The content of the record that `bytes` begin with; undefined when there is no whole one. */
export function firstRecord(bytes: Buffer, place: Place): Buffer | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const length = bytes.readUInt32LE(0)
  if (length > MOST_RECORD_BYTES || HEAD_BYTES + length > bytes.length) return undefined
  const content = bytes.subarray(HEAD_BYTES, HEAD_BYTES + length)
  return bytes.readUInt32LE(LENGTH_BYTES) === checksum(content, place) ? content : undefined
}

function checksum(content: Uint8Array, { salt, atByte }: Place): number {
  return crc32(content, crc32(`${salt}/${atByte}`))
}
