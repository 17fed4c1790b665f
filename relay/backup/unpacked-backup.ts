import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { mkdir, open } from "node:fs/promises"
import { dirname, join } from "node:path"
import { createGunzip } from "node:zlib"
import { plainText, quoted } from "#engine/candles"
import { newestSchema } from "./backup.ts"
import { type BackupHeader, headerIn, MOST_HEADER_BYTES } from "./backup-header.ts"

/** A file that cannot be restored, as a sentence for the person. */
export class BadBackup extends Error {
  override name = "BadBackup"
}

/** Unpacks a backup into a folder and checks every byte of it. Throws `BadBackup`; disks' own errors pass. */
export async function unpackBackup(file: string, folder: string): Promise<BackupHeader> {
  const source = new Pieces(file)
  try {
    const header = await headerOf(source, file)
    for (const part of header.files) await unpackFile(source, part, { file, folder })
    if ((await source.some(1)).length > 0) throw damaged(file, "something follows its end")
    return header
  } finally {
    source.close()
  }
}

/** What a backup says of itself; throws `BadBackup`. */
export async function readHeader(file: string): Promise<BackupHeader> {
  const source = new Pieces(file)
  return headerOf(source, file).finally(() => source.close())
}

async function headerOf(source: Pieces, file: string): Promise<BackupHeader> {
  const line = await source.line(MOST_HEADER_BYTES)
  const header = line === undefined ? undefined : headerIn(line)
  if (header === undefined)
    throw new BadBackup(
      `${quoted(file, 200)} is no backup that this Candlewright can read. Nothing was changed; \`candlewright backup FILE\` makes one.`,
    )
  if (header.schema > newestSchema)
    throw new BadBackup(
      `${quoted(file, 200)} was made by a newer Candlewright (${plainText(header.version, 50)}). Nothing was changed; update Candlewright and restore again.`,
    )
  return header
}

async function unpackFile(
  source: Pieces,
  { name, bytes, sha256 }: BackupHeader["files"][number],
  { file, folder }: { file: string; folder: string },
): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const written = await open(path, "wx", 0o600)
  const hash = createHash("sha256")
  try {
    for (let left = bytes; left > 0;) {
      const piece = await source.some(left)
      if (piece.length === 0) throw damaged(file, "its end is missing")
      hash.update(piece)
      await written.writeFile(piece)
      left -= piece.length
    }
    await written.sync()
  } finally {
    await written.close()
  }
  if (hash.digest("hex") !== sha256) throw damaged(file, `${name} is not as it was written`)
}

function damaged(file: string, because: string): BadBackup {
  return new BadBackup(`${quoted(file, 200)} is damaged: ${because}. Nothing was changed; take another backup.`)
}

/** The uncompressed bytes of a file, as many at a time as somebody wants. */
class Pieces {
  readonly #file
  readonly #pieces: AsyncIterator<Buffer>
  #rest = Buffer.alloc(0)

  constructor(private readonly name: string) {
    this.#file = createReadStream(name)
    const unzipped = createGunzip()
    this.#file.on("error", (error) => unzipped.destroy(error)).pipe(unzipped)
    this.#pieces = (unzipped as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  }

  /** At most so many bytes; none at the end. */
  async some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = Buffer.from(await this.#next())
    const piece = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }

  /** Up to the end of the line; undefined where there is none in so many bytes. */
  async line(most: number): Promise<string | undefined> {
    while (!this.#rest.includes("\n") && this.#rest.length < most) {
      const next = await this.#next()
      if (next.length === 0) return undefined
      this.#rest = Buffer.concat([this.#rest, next])
    }
    const end = this.#rest.indexOf("\n")
    if (end < 0) return undefined
    const line = this.#rest.toString("utf8", 0, end)
    this.#rest = this.#rest.subarray(end + 1)
    return line
  }

  close(): void {
    this.#file.destroy()
    void this.#pieces.return?.()
  }

  async #next(): Promise<Uint8Array> {
    try {
      const { done, value } = await this.#pieces.next()
      return done ? new Uint8Array() : value
    } catch (error) {
      // Not compressed, or cut off, or changed: zlib's own words help nobody.
      if (String((error as NodeJS.ErrnoException).code).startsWith("Z_"))
        throw damaged(this.name, "it cannot be unpacked")
      throw error
    }
  }
}
