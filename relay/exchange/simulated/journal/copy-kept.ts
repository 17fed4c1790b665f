import { copyFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { journalName, journalSalt, snapshotIn } from "./kept-files.ts"
import { recordsIn } from "./record.ts"

/** A snapshot may take the place of another while its files are read; so often in a row it does not. */
const MOST_TRIES = 20

/**
 * Copies the files of a kept exchange, which may be running, as they are at one moment. Returns their names: none where
 * nothing is kept.
 */
export async function copyKept(folder: string, to: string): Promise<string[]> {
  if (!existsSync(join(folder, "snapshot"))) return []
  await mkdir(to, { mode: 0o700 })
  for (let left = MOST_TRIES; ; left--) {
    const names = await copyOnce(folder, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT" || left === 0) throw error
    })
    if (names) return names
  }
}

/** Throws ENOENT where a new snapshot has made these files needless. */
async function copyOnce(folder: string, to: string): Promise<string[]> {
  const snapshot = await readFile(join(folder, "snapshot"))
  const { generation, history } = snapshotIn(snapshot)
  const journal = await readFile(join(folder, journalName(generation)))
  // An entry that is being written is no part of it yet.
  const { goodBytes } = recordsIn(journal, journalSalt(generation))
  await writeFile(join(to, "snapshot"), snapshot)
  await writeFile(join(to, journalName(generation)), journal.subarray(0, goodBytes))
  await copyFile(join(folder, history.name), join(to, history.name))
  await truncate(join(to, history.name), history.bytes)
  return ["snapshot", journalName(generation), history.name]
}
