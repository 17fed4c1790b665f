import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as z from "zod"

/** Where the relay of a data directory answers, and the token with which the directory's owner may ask it. */
export type RunningRelay = z.infer<typeof runningRelay>

const runningRelay = z.object({ pid: z.int(), port: z.int().min(1).max(65_535), token: z.string() })

/** Tells other programs of the same owner where the relay is. The file is for the owner's eyes alone (mode 0600). */
export async function announceRelay(dataDirectory: string, relay: RunningRelay): Promise<void> {
  const file = fileIn(dataDirectory)
  await writeFile(`${file}.new`, JSON.stringify(relay), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** What the last relay of this directory wrote down; it may have ended without a word. */
export async function announcedRelay(dataDirectory: string): Promise<RunningRelay | undefined> {
  try {
    return runningRelay.parse(JSON.parse(await readFile(fileIn(dataDirectory), "utf8")))
  } catch {
    return undefined
  }
}

export async function forgetRelay(dataDirectory: string): Promise<void> {
  await rm(fileIn(dataDirectory), { force: true })
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, "relay.json")
}
