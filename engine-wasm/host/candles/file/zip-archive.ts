import { Crc32 } from "./crc32.ts"
import { quoted } from "../foreign-text.ts"
import type { FileLimits } from "./file-limits.ts"
import { inflated, inPieces, tooLarge } from "./unpack.ts"
import { Unreadable } from "./unreadable.ts"

// Signatures and fields: PKWARE APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
/** No file system has longer paths. */
const LONGEST_NAME = 4_096

/** One file of a zip, from its central directory; sizes in bytes. */
export type ZipEntry = {
  name: string
  encrypted: boolean
  method: number
  crc: number
  packedBytes: number
  unpackedBytes: number
  offset: number
}

/**
 * The files of a zip (directories left out). Throws `Unreadable` when it is damaged, larger than 4 GB, or has a path
 * that leads outside.
 */
export function zipEntries(zip: Uint8Array, { mostNames }: FileLimits): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff)
    throw new Unreadable("Zip files beyond 4 GB are not read; split it into shorter periods.")
  if (count > mostNames)
    throw new Unreadable(
      `The zip holds ${count.toLocaleString("en")} files; unpack it and choose the one with the candles.`,
    )
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    const { entry, next } = entryAt(view, at)
    if (!entry.name.endsWith("/")) entries.push(entry)
    at = next
  }
  entries.forEach(refuseOutsidePath)
  return entries
}

/**
 * The unpacked bytes of an entry. Throws `Unreadable` when it is encrypted, compressed in an unknown way, damaged, or
 * a bomb.
 */
export async function* unpackedEntry(zip: Uint8Array, entry: ZipEntry, limits: FileLimits): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new Unreadable(`${quoted(entry.name)} is protected by a password; unpack it first.`)
  if (entry.unpackedBytes > limits.mostBytes) throw new Unreadable(tooLarge(limits))
  const packed = packedBytes(zip, entry)
  const crc = new Crc32()
  let bytes = 0
  for await (const piece of unpackedPieces(packed, entry, limits)) {
    crc.push(piece)
    bytes += piece.length
    yield piece
  }
  if (crc.value !== entry.crc || bytes !== entry.unpackedBytes)
    throw new Unreadable(`${quoted(entry.name)} does not match its checksum; the zip is damaged, download it again.`)
}

async function* unpackedPieces(packed: Uint8Array, entry: ZipEntry, limits: FileLimits): AsyncGenerator<Uint8Array> {
  if (entry.method === 0) yield* inPieces(packed)
  else if (entry.method === 8) yield* inflated(packed, limits)
  else
    throw new Unreadable(
      `${quoted(entry.name)} is packed in a way we do not read (method ${entry.method}); pack it again as an ordinary zip.`,
    )
}

function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT)
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at
  }
  return cutOff()
}

function entryAt(view: DataView, at: number): { entry: ZipEntry; next: number } {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) return cutOff()
  const nameBytes = view.getUint16(at + 28, true)
  if (nameBytes > LONGEST_NAME) throw new Unreadable("A file in the zip has a name that is too long; it was not read.")
  const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (next > view.byteLength) return cutOff()
  const entry: ZipEntry = {
    name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes)),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedBytes: view.getUint32(at + 20, true),
    unpackedBytes: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  }
  return { entry, next }
}

function packedBytes(zip: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  if (entry.offset + 30 > zip.length || view.getUint32(entry.offset, true) !== LOCAL_ENTRY) return cutOff()
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  if (start + entry.packedBytes > zip.length) return cutOff()
  return zip.subarray(start, start + entry.packedBytes)
}

function refuseOutsidePath({ name }: ZipEntry): void {
  const outside = /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes("..")
  if (outside)
    throw new Unreadable(`The zip holds the path ${quoted(name)}, which leads outside of it; it was not read.`)
}

function cutOff(): never {
  throw new Unreadable("The zip is damaged or cut off; download it again.")
}
