import { createSecretKey, scrypt, type KeyObject, type ScryptOptions } from "node:crypto"
import type { Stats } from "node:fs"
import { link, open, readFile, rm, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { promisify } from "node:util"
import { plainText } from "#engine/candles"
import { makeDirectory } from "../store/data-directory.ts"
import { diskFailure } from "../store/disk-failure.ts"
import type { Surroundings } from "../surroundings.ts"
import { shown, VaultLocked } from "./key-source.ts"

const KEY_BYTES = 32
const header = "candlewright-key-1"
const keyLine = new RegExp(`^${header} ([\\w-]{43})\\n?$`)
/** No key file or passphrase is longer. */
const MOST_BYTES = 4_096
const SHORTEST_PASSPHRASE = 12

/** The key in the file; undefined when there is no file. Throws `VaultLocked` for one that may not or cannot be used. */
export async function keyInFile(file: string): Promise<KeyObject | undefined> {
  const text = await ownText(file)
  if (text === undefined) return undefined
  const [, letters] = keyLine.exec(text) ?? []
  const bytes = Buffer.from(letters ?? "", "base64url")
  if (bytes.length !== KEY_BYTES)
    throw new VaultLocked(`${shown(file)} is no key file of Candlewright. Put the right one back; nothing was changed.`)
  return createSecretKey(bytes)
}

type Chance = Pick<Surroundings, "secret" | "secretBytes">

/** Makes the key file, for its owner alone. One that appeared meanwhile stays, and its key is the one that counts. */
export async function makeKeyFile(file: string, surroundings: Chance): Promise<KeyObject> {
  try {
    await makeDirectory(dirname(file))
    await writeOnce(file, `${header} ${Buffer.from(surroundings.secretBytes(KEY_BYTES)).toString("base64url")}\n`, {
      draft: `${file}.${surroundings.secret()}`,
    })
  } catch (error) {
    throw new VaultLocked(
      `The key file cannot be made: ${reasonOf(error, file)} Set CANDLEWRIGHT_KEY_FILE to a place you own.`,
    )
  }
  return (await keyInFile(file))!
}

/** The whole file or none, on the disk when this ends, and never over another one. */
async function writeOnce(file: string, text: string, { draft }: { draft: string }): Promise<void> {
  const written = await open(draft, "wx", 0o600)
  try {
    await written.writeFile(text)
    await written.sync()
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error
    })
  } finally {
    await written.close()
    await rm(draft, { force: true })
  }
  const folder = await open(dirname(file), "r")
  await folder.sync().finally(() => folder.close())
}

// The price of a guess: 128 MB of memory and some tenths of a second.
const scryptCost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }

/** The key that a passphrase stands for; undefined when there is no file with one. */
export async function keyFromPassphrase(file: string, salt: Uint8Array): Promise<KeyObject | undefined> {
  const text = (await ownText(file))?.replace(/\r?\n$/, "")
  if (text === undefined) return undefined
  if (text.length < SHORTEST_PASSPHRASE)
    throw new VaultLocked(
      `The passphrase in ${shown(file)} is too short; it needs ${SHORTEST_PASSPHRASE} letters or more.`,
    )
  const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)
  return createSecretKey(await derive(text.normalize("NFC"), salt, KEY_BYTES, scryptCost))
}

/** A small file that only its owner can read; undefined when there is none. */
async function ownText(file: string): Promise<string | undefined> {
  try {
    const found = await stat(file)
    if (process.platform !== "win32" && isOpenToOthers(found, { uid: process.getuid!(), groups: process.getgroups!() }))
      throw new VaultLocked(
        `Other people on this computer can read ${shown(file)}. Run "chmod 600 ${shown(file)}" and start again.`,
      )
    if (!found.isFile() || found.size > MOST_BYTES)
      throw new VaultLocked(`${shown(file)} is no key or passphrase: it is no file, or too long.`)
    return await readFile(file, "utf8")
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test(String((error as NodeJS.ErrnoException).code))) return undefined
    if (error instanceof VaultLocked) throw error
    throw new VaultLocked(
      `The keys are locked: ${reasonOf(error, file)} Put that right and start again; nothing is lost.`,
    )
  }
}

type Reader = { uid: number; groups: readonly number[] }

/**
 * Whether more than its reader could read a file. One that root keeps and lends to a group of the reader's, as
 * Kubernetes lays secrets, is not open: only root could have done so.
 */
export function isOpenToOthers({ mode, uid, gid }: Pick<Stats, "mode" | "uid" | "gid">, reader: Reader): boolean {
  const isLentByRoot = uid === 0 && reader.uid !== 0 && reader.groups.includes(gid)
  return (mode & (isLentByRoot ? 0o037 : 0o077)) !== 0
}

function reasonOf(error: unknown, file: string): string {
  return diskFailure(error, file) ?? plainText((error as Error).message, 300)
}
