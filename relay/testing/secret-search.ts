import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { constants, inflateRawSync } from "node:zlib"

/** Something that was left behind, by its name. */
export type Left = { name: string; bytes: Buffer }

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08])
/** Packed parts looked into, of one place. */
const MOST_PACKED = 1_000

/** How a secret may be written, each by its name. */
export function writingsOf(secret: string): Record<string, Buffer> {
  const bytes = Buffer.from(secret)
  const each = (write: (byte: number) => string, between = "") => Buffer.from([...bytes].map(write).join(between))
  const hex = (byte: number) => byte.toString(16).padStart(2, "0")
  return {
    plain: bytes,
    reversed: Buffer.from(Array.from(secret).toReversed().join("")),
    ...withinBase64(bytes),
    hex: each(hex),
    HEX: each((byte) => hex(byte).toUpperCase()),
    percent: each((byte) => `%${hex(byte)}`),
    "escaped for JSON": each((byte) => `\\u00${hex(byte)}`),
    entities: each((byte) => `&#${byte};`),
    numbers: each(String, ","),
    "numbers in a dump": each(hex, " "),
    "UTF-16, low byte first": Buffer.from(secret, "utf16le"),
    "UTF-16, high byte first": Buffer.from(secret, "utf16le").swap16(),
  }
}

/** Base64 of a text that has it anywhere: it looks different at each of three places. */
function withinBase64(bytes: Buffer): Record<string, Buffer> {
  const encodings = ["base64", "base64url"] as const
  return Object.fromEntries(
    encodings.flatMap((encoding) =>
      [0, 1, 2].map((before) => {
        const text = Buffer.concat([Buffer.alloc(before), bytes])
          .toString(encoding)
          .replace(/=+$/, "")
        // The letters at both ends have bits of what is around.
        return [`${encoding} after ${before}`, Buffer.from(text.slice(before === 0 ? 0 : before + 1, -1))]
      }),
    ),
  )
}

/** Where a secret, or either half of it, is in what was left behind, packed or not; empty when it is nowhere. */
export function findSecrets(left: readonly Left[], secrets: Record<string, string>): string[] {
  const needles = Object.entries(secrets).flatMap(([name, secret]) => {
    const middle = Math.floor(secret.length / 2)
    return [secret.slice(0, middle), secret.slice(middle)].flatMap((half) =>
      Object.entries(writingsOf(half)).map(([writing, bytes]) => ({ what: `${name}, ${writing}`, bytes })),
    )
  })
  const found = left.flatMap(({ name, bytes }) =>
    [bytes, ...unpacked(bytes)].flatMap((text) =>
      needles.filter((needle) => text.includes(needle.bytes)).map(({ what }) => `${name}: ${what}`),
    ),
  )
  return [...new Set(found)]
}

/** What is packed with gzip anywhere in the bytes. */
function unpacked(bytes: Buffer): Buffer[] {
  const texts: Buffer[] = []
  for (let at = bytes.indexOf(gzipMagic); at !== -1; at = bytes.indexOf(gzipMagic, at + 1)) {
    if (texts.length === MOST_PACKED) throw new Error("there is more that is packed than is looked into")
    try {
      texts.push(inflateRawSync(bytes.subarray(afterHead(bytes, at)), { finishFlush: constants.Z_SYNC_FLUSH }))
    } catch {
      // Bytes that only begin like it.
    }
  }
  return texts
}

/** Where the packed bytes begin: a head has ten, and the name of a file if it says so. */
function afterHead(bytes: Buffer, at: number): number {
  const hasName = (bytes[at + 3] & 0b1000) !== 0
  return hasName ? bytes.indexOf(0, at + 10) + 1 : at + 10
}

/** Every file under a folder. */
export async function filesUnder(folder: string): Promise<Left[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(name) })))
}
