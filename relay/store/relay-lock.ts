import { open, realpath } from "node:fs/promises"
import { join } from "node:path"
import { refuseDirectory } from "./data-directory.ts"
import { storeFailure } from "./store-failure.ts"

/** The right to be the one program that writes a data directory. */
export type RelayLock = { release(): void }

/** Folders this process holds. Closing any other handle on a lock's file would end the lock, so none is opened twice. */
const held = new Set<string>()

/**
 * Takes the data directory for this process; undefined when another program, or another relay here, has it. The system
 * itself holds the lock (an exclusive transaction on an empty database): it ends with the process, by kill -9 too, and
 * is never stale.
 */
export async function lockDataDirectory(directory: string): Promise<RelayLock | undefined> {
  const folder = await realpath(directory)
  if (held.has(folder)) return undefined
  held.add(folder)
  const database = await exclusive(join(folder, "relay.lock")).catch((error: unknown) => {
    held.delete(folder)
    throw error
  })
  if (database === undefined) held.delete(folder)
  return database && { release: () => void (held.delete(folder), database.close()) }
}

/** Whether another program has it at this moment; where that cannot be known, who opens it hears why. */
export async function isHeldElsewhere(directory: string): Promise<boolean> {
  try {
    const lock = await lockDataDirectory(directory)
    lock?.release()
    return lock === undefined
  } catch {
    return false
  }
}

async function exclusive(file: string) {
  const made = await open(file, "a", 0o600).catch((error: unknown) => refuseDirectory(file, error))
  await made.close()
  const { default: Database } = await import("libsql")
  const database = new Database(file)
  try {
    database.exec("BEGIN EXCLUSIVE")
    return database
  } catch (error) {
    database.close()
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) return undefined
    throw storeFailure(error) ?? error
  }
}
