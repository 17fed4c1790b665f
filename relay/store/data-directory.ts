import { mkdir, readdir, stat } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { plainText, quoted } from "#engine/candles"
import { diskFailure } from "./disk-failure.ts"

/** The default data folder: CANDLEWRIGHT_DATA, or `.candlewright` in the home folder. */
export function usualDataDirectory(): string {
  return process.env.CANDLEWRIGHT_DATA || join(homedir(), ".candlewright")
}

/**
 * Makes sure that `path` is a directory only its owner can enter (mode 0700) and creates it when it is missing.
 * Throws a sentence for the person when others could read it: keys and journals will be in there.
 */
export async function openDataDirectory(path: string): Promise<void> {
  await makeDirectory(path).catch((error: unknown) => refuseDirectory(path, error))
  const found = await stat(path).catch((error: unknown) => refuseDirectory(path, error))
  // Windows has no such mode bits; a profile folder there is private by its access list.
  if (process.platform === "win32") return
  const shown = plainText(path, 200)
  if (found.uid !== process.getuid!())
    throw new Error(`${shown} belongs to another user. Set CANDLEWRIGHT_DATA to a folder you own.`)
  if ((found.mode & 0o077) === 0) return refuseOpenFiles(path)
  throw new Error(
    `Other people on this computer can open ${shown}. ${
      (await isOurs(path))
        ? `Run "chmod 700 ${shown}" and start again.`
        : "It holds other things; set CANDLEWRIGHT_DATA to a folder of its own, such as one that does not exist yet."
    }`,
  )
}

/** What Candlewright keeps in the folder; a person's own files there are theirs to open or close. */
const ownFiles = /^(relay|candles)\.(db(-wal|-shm|-journal)?|lock|json)$/

/** Throws the sentence for a file of ours that others could read: it may have been read. */
async function refuseOpenFiles(path: string): Promise<void> {
  for (const name of (await readdir(path).catch(() => [])).filter((each) => ownFiles.test(each))) {
    const file = join(path, name)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() && (found.mode & 0o077) !== 0)
      throw new Error(
        `Other people on this computer can read ${plainText(file, 200)}. Run "chmod 600 ${plainText(file, 200)}" and start again.`,
      )
  }
}

/** Makes the folder and those above it. Node's own way never ends where the system makes no folders, as in /proc. */
export async function makeDirectory(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return
  const above = dirname(path)
  if (!(await stat(above).catch(() => undefined))) await makeDirectory(above)
  await mkdir(path, { mode: 0o700 }).catch(async (error: NodeJS.ErrnoException) => {
    // Another program may have made it just now.
    if (error.code !== "EEXIST" || !(await stat(path)).isDirectory()) throw error
  })
}

/** Whether nothing but what Candlewright keeps lies in the folder. */
async function isOurs(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => ["unreadable"])
  return names.length === 0 || names.some((name) => ownFiles.test(name))
}

/** Throws the sentence for what the system refused about the folder or a file in it. */
export function refuseDirectory(path: string, error: unknown): never {
  const why =
    diskFailure(error, path) ?? `${quoted(path, 200)} cannot be opened (${plainText((error as Error).message)}).`
  throw new Error(`Candlewright cannot keep its data: ${why} Set CANDLEWRIGHT_DATA to a folder you own.`, {
    cause: error,
  })
}
