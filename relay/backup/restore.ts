import { existsSync } from "node:fs"
import { mkdir, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { sql } from "kysely"
import { quoted } from "#engine/candles"
import { KillSwitch } from "../guard/kill-switch.ts"
import { openDataDirectory } from "../store/data-directory.ts"
import { openDatabase } from "../store/database.ts"
import { finishRestore, RESTORED, takeRestore } from "../store/prepared-restore.ts"
import { lockDataDirectory } from "../store/relay-lock.ts"
import { relayMigrations, type RelayTables } from "../store/relay-schema.ts"
import { inUse } from "../store/relay-store.ts"
import { StoreFailure } from "../store/store-failure.ts"
import type { Surroundings } from "../surroundings.ts"
import { markRestored } from "./restored-state.ts"
import { BadBackup, unpackBackup } from "./unpacked-backup.ts"

type RestoreDeps = {
  file: string
  dataDirectory: string
  /** What is there makes place for the backup: it is kept in a folder beside it. */
  replaces: boolean
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes">
}

/** What was restored. */
export type Restored = {
  madeMs: number
  pausedBots: number
  /** Keys of accounts are in it, sealed. */
  hasKeys: boolean
  /** The folder of what was there before; undefined where nothing was. */
  aside: string | undefined
}

const STAGED = "restoring-"

/** There is data already, and nobody has said that it may be replaced. */
export class DataThere extends Error {
  override name = "DataThere"
}

/**
 * Brings a backup back into a data directory that no relay runs on. Everything is unpacked, checked and made ready
 * beside what is there; then all of it counts at once. Cut short before, the old data counts; after, the new.
 */
export async function restoreBackup(deps: RestoreDeps): Promise<Restored> {
  const { dataDirectory } = deps
  await openDataDirectory(dataDirectory)
  const lock = await lockDataDirectory(dataDirectory)
  if (lock === undefined) throw await inUse(dataDirectory)
  try {
    await finishRestore(dataDirectory)
    await removeStale(dataDirectory)
    const isThere = RESTORED.some((name) => existsSync(join(dataDirectory, name)))
    if (isThere && !deps.replaces)
      throw new DataThere(
        `${quoted(dataDirectory, 200)} has data already. Nothing was changed. Name an empty folder with --data, or say --replace: what is there is then kept in a folder beside it.`,
      )
    return await restoreInto(deps, isThere)
  } finally {
    lock.release()
  }
}

async function restoreInto(deps: RestoreDeps, isThere: boolean): Promise<Restored> {
  const { dataDirectory, surroundings } = deps
  const name = Buffer.from(surroundings.secretBytes(4)).toString("hex")
  const [staged, aside] = [`${STAGED}${name}`, `before-restore-${name}`]
  const folder = join(dataDirectory, staged)
  await mkdir(folder, { mode: 0o700 })
  const { madeMs, isKilled, ...ready } = await prepare(deps, folder).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  if (isKilled) new KillSwitch(dataDirectory).turnOn()
  await takeRestore(dataDirectory, { staged, aside })
  if (!isThere) await rm(join(dataDirectory, aside), { recursive: true })
  return { madeMs, ...ready, aside: isThere ? join(dataDirectory, aside) : undefined }
}

async function prepare({ file, surroundings }: RestoreDeps, folder: string) {
  const { madeMs, isKilled } = await unpackBackup(file, folder)
  return { madeMs, isKilled, ...(await makeReady(join(folder, "relay.db"), { file, madeMs, surroundings })) }
}

/** What earlier tries left behind. */
async function removeStale(dataDirectory: string): Promise<void> {
  const stale = (await readdir(dataDirectory)).filter((name) => name.startsWith(STAGED))
  for (const name of stale) await rm(join(dataDirectory, name), { recursive: true, force: true })
}

type Ready = { file: string; madeMs: number; surroundings: Pick<Surroundings, "nowMs"> }

/** Checks an unpacked database, brings its tables up to date, and leaves it as one synced file. */
async function makeReady(database: string, { file, madeMs, surroundings }: Ready) {
  const opened = await openDatabase<RelayTables>({
    file: database,
    migrations: relayMigrations,
    migrationTable: "relay_migration",
  }).catch((cause: unknown) => {
    if (cause instanceof StoreFailure) throw cause
    throw new BadBackup(`${quoted(file, 200)} holds no database of Candlewright. Nothing was changed.`, { cause })
  })
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(opened)
    if (rows[0]?.integrity_check !== "ok")
      throw new BadBackup(`The database in ${quoted(file, 200)} is damaged. Nothing was changed; take another backup.`)
    const { paused } = await markRestored(opened, { madeMs, surroundings })
    const key = await opened.selectFrom("account_key").select("account_id").limit(1).executeTakeFirst()
    // This syncs the file too. Opening it beside the database for that would end the database's own locks.
    await sql`pragma wal_checkpoint(truncate)`.execute(opened)
    return { pausedBots: paused, hasKeys: key !== undefined }
  } finally {
    await opened.destroy()
  }
}
