import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { access, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Readable } from "node:stream"
import { createGzip } from "node:zlib"
import { quoted } from "#engine/candles"
import { HonestNo } from "./command.ts"
import { wasRead } from "./file-input.ts"
import { diskFailure } from "../store/disk-failure.ts"
import { beforeTheEnd } from "./interrupt.ts"

/** Writes a whole text file; on `HonestNo` an earlier file is still there. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await writePieces(file, [text])
}

/**
 * Writes text pieces to a file, compressed when its name ends in .gz: first beside it, synced to disk, then renamed
 * into place. A full disk or Ctrl-C leaves the earlier file as it was.
 */
export async function writePieces(file: string, pieces: Iterable<string>): Promise<void> {
  await writeBytes(file, () => bytesOf(file, pieces))
}

/** Refuses a file that could not be written, before long work is done for it: `HonestNo`. */
export async function checkWritable(file: string): Promise<void> {
  try {
    const { path, isOrdinary } = await placeOf(file)
    await access(isOrdinary ? dirname(path) : path, constants.W_OK)
  } catch (error) {
    throw await unwritable(error, file)
  }
}

type Bytes = Iterable<string> | AsyncIterable<Uint8Array>

/** The same for bytes as they are; `mode` is who may read the file. */
export async function writeBytes(file: string, pieces: () => Bytes, mode?: number): Promise<void> {
  try {
    const found = await placeOf(file)
    const place = mode === undefined ? found : { ...found, mode }
    await (place.isOrdinary ? writeBeside(place, pieces()) : writeStraight(file, pieces()))
  } catch (error) {
    throw await unwritable(error, file)
  }
}

/** Why a file cannot be written, and what is there now; the error itself where that is our own mistake. */
async function unwritable(error: unknown, file: string): Promise<unknown> {
  if (error instanceof HonestNo) return error
  const isFolderMissing = (error as NodeJS.ErrnoException).code === "ENOENT"
  const because = isFolderMissing
    ? `${quoted(file, 200)} cannot be written: its folder does not exist.`
    : diskFailure(error, file)
  return because === undefined ? error : new HonestNo(`${because} ${await whatIsLeft(file)}`, { file })
}

async function whatIsLeft(file: string): Promise<string> {
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
  return isThere ? "Nothing was changed; the earlier file is still there." : "Nothing was written."
}

type Place = { path: string; isOrdinary: boolean; mode: number | undefined }

/** Where a name leads, following links: replacing a link would leave its target unchanged. */
async function placeOf(file: string): Promise<Place> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined
    throw error
  })
  if (found === undefined) return { path: file, isOrdinary: true, mode: undefined }
  if (found.isDirectory()) throw new HonestNo(`${quoted(file, 200)} is a folder; name a file in it.`, { file })
  if (found.isFile() && wasRead(found))
    throw new HonestNo(
      `${quoted(file, 200)} was read for this answer, and writing there would lose it. Name another file.`,
    )
  return { path: await realpath(file), isOrdinary: found.isFile(), mode: found.mode & 0o7777 }
}

async function writeBeside({ path, mode }: Place, pieces: Bytes): Promise<void> {
  const beside = join(dirname(path), `.candlewright-${randomBytes(6).toString("hex")}.part`)
  const forget = beforeTheEnd(beside)
  const handle = await open(beside, "wx", mode ?? 0o666)
  try {
    if (mode !== undefined) await handle.chmod(mode)
    await writeFile(handle, pieces)
    await handle.sync()
    await handle.close()
    await rename(beside, path)
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(beside, { force: true })
    throw error
  } finally {
    forget()
  }
}

/** A device or a pipe has no contents to lose, and no place for a file beside it. */
async function writeStraight(file: string, pieces: Bytes): Promise<void> {
  // Opened once without waiting: a pipe without a reader would block a plain open for ever.
  await (await open(file, constants.O_WRONLY | constants.O_NONBLOCK)).close()
  const handle = await open(file, "w")
  try {
    await writeFile(handle, pieces)
  } finally {
    await handle.close()
  }
}

function bytesOf(file: string, pieces: Iterable<string>): Iterable<string> | AsyncIterable<Uint8Array> {
  return file.endsWith(".gz") ? Readable.from(pieces).pipe(createGzip()) : pieces
}
