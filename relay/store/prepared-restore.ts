import { existsSync } from "node:fs"
import { mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import * as z from "zod"

/** What a relay keeps that a backup brings back: its database, and the folders of our own exchanges. */
export const RESTORED = ["relay.db", "practice", "paper"] as const
/** With what belongs to them while they are in use. */
const REPLACED = [...RESTORED, "relay.db-wal", "relay.db-shm", "relay.db-journal"]
const MARK = "restore.json"

const folderName = z.string().regex(/^[\w-]{1,100}$/)
const prepared = z.object({ staged: folderName, aside: folderName })

/** Folders in the data directory: of what is to count, whole and checked, and of what counted until then. */
export type PreparedRestore = z.infer<typeof prepared>

/** From here on what was prepared counts, all of it, whatever happens meanwhile. */
export async function takeRestore(dataDirectory: string, restore: PreparedRestore): Promise<void> {
  await mkdir(join(dataDirectory, restore.aside), { mode: 0o700 })
  const mark = join(dataDirectory, MARK)
  const file = await open(`${mark}.new`, "w", 0o600)
  await file.writeFile(JSON.stringify(restore))
  await file.sync().finally(() => file.close())
  await rename(`${mark}.new`, mark)
  await syncFolder(dataDirectory)
  await finishRestore(dataDirectory)
}

/** Ends a restore that was cut short after its data began to count. Every step may be done twice. */
export async function finishRestore(dataDirectory: string): Promise<void> {
  const mark = join(dataDirectory, MARK)
  if (!existsSync(mark)) return
  const { staged, aside } = prepared.parse(JSON.parse(await readFile(mark, "utf8")))
  for (const name of REPLACED) await moveOnce(join(dataDirectory, name), join(dataDirectory, aside, name))
  for (const name of RESTORED) await moveOnce(join(dataDirectory, staged, name), join(dataDirectory, name))
  await syncFolder(dataDirectory)
  await rm(mark)
  await rm(join(dataDirectory, staged), { recursive: true, force: true })
}

/** Where something is already, the step was done before. */
async function moveOnce(from: string, to: string): Promise<void> {
  if (existsSync(from) && !existsSync(to)) await rename(from, to)
}

/** Makes names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  await folder.sync().finally(() => folder.close())
}
