import { mkdir, stat } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { plainText, quoted } from "#engine/candles"
import { diskFailure } from "./disk-failure.ts"

/** Where data lie when nobody says otherwise: CANDLEWRIGHT_DATA, or `.candlewright` in the home folder. */
export function usualDataDirectory(): string {
  return process.env.CANDLEWRIGHT_DATA || join(homedir(), ".candlewright")
}

/**
 * Makes sure that `path` is a directory only its owner can enter (mode 0700) and creates it when it is missing. Throws
 * a sentence for the person when others could read it: keys and journals will lie there.
 */
export async function openDataDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => refuseDirectory(path, error))
  const found = await stat(path).catch((error: unknown) => refuseDirectory(path, error))
  // Windows has no such mode bits; a profile folder there is private by its access list.
  if (process.platform === "win32") return
  if ((found.mode & 0o077) !== 0)
    throw new Error(`Other people on this computer can open ${path}. Run "chmod 700 ${path}" and start again.`)
  if (found.uid !== process.getuid!())
    throw new Error(`${path} belongs to another user. Set CANDLEWRIGHT_DATA to a folder you own.`)
}

/** Throws the sentence for what the system refused of the folder or a file in it. */
export function refuseDirectory(path: string, error: unknown): never {
  const why =
    diskFailure(error, path) ?? `${quoted(path, 200)} cannot be opened (${plainText((error as Error).message)}).`
  throw new Error(`Candlewright cannot keep its data: ${why} Set CANDLEWRIGHT_DATA to a folder you own.`, {
    cause: error,
  })
}
