import { access, chmod, constants, open, stat } from "node:fs/promises"
import { plainText, quoted } from "#engine/candles"
import type { Kysely, Migration } from "kysely"
import type { Surroundings } from "../surroundings.ts"
import { refuseDirectory } from "./data-directory.ts"
import { openLibsql } from "./libsql.ts"
import { postgresDialect } from "./postgres.ts"
import { storeFailure } from "./store-failure.ts"
import type { WriteWatch } from "./write-watch.ts"

/** A database to open. */
export type DatabasePlace = {
  /** The file of the embedded database. */
  file: string
  /** Address of a PostgreSQL, which then takes the file's place. */
  address?: string
  migrations: Record<string, Migration>
  /** The table that remembers which migrations ran: each set has its own. */
  migrationTable?: string
  /** With it, waiting for another program's lock does not hold the thread. */
  surroundings?: Pick<Surroundings, "after" | "steadyMs">
  /** Hears whether writes are kept. */
  writes?: WriteWatch
}

/** How long the first statement waits while another program writes. */
const START_WAIT_MS = 10_000

/**
 * Opens a database and migrates its tables. A file is created when missing, and only its owner may read it (mode 0600).
 * A finished commit is on the disk. Throws a sentence when the file is not our database or the server is away.
 */
export async function openDatabase<Tables>(place: DatabasePlace): Promise<Kysely<Tables>> {
  return place.address === undefined ? openFile(place) : openServer(place, place.address)
}

async function openServer<Tables>(place: DatabasePlace, address: string): Promise<Kysely<Tables>> {
  const { Kysely } = await import("kysely")
  const database = new Kysely<Tables>({ dialect: await postgresDialect(address, place.writes) })
  try {
    // The migrator takes PostgreSQL's own lock: of two programs that start together one makes the tables.
    await migrate(database, place)
    return database
  } catch (error) {
    await database.destroy()
    throw storeFailure(error) ?? error
  }
}

async function openFile<Tables>(place: DatabasePlace): Promise<Kysely<Tables>> {
  const { file, surroundings } = place
  await ownFile(file).catch((error: unknown) => refuseDirectory(file, error))
  const [{ Kysely }, opened] = await Promise.all([
    import("kysely"),
    openLibsql(file, surroundings, place.writes).catch(refuse),
  ])
  const database = new Kysely<Tables>({ dialect: opened.dialect })
  try {
    // Locked at once and held to the end: of two programs that start together on a new file, one makes the tables and
    // the other finds them.
    opened.raw.pragma(`busy_timeout=${START_WAIT_MS}`)
    opened.raw.exec("begin immediate")
    await migrate(database, place)
    opened.raw.exec("commit")
    if (surroundings) opened.raw.pragma("busy_timeout=0")
    return database
  } catch (error) {
    await database.destroy()
    return refuse(error)
  }

  function refuse(error: unknown): never {
    if (!isForeign(error)) throw storeFailure(error) ?? error
    throw new Error(
      `${quoted(file, 200)} cannot be used as Candlewright's database (${plainText((error as Error).message)}). Move it away and start again; a new one is made.`,
      { cause: error },
    )
  }
}

async function migrate<Tables>(database: Kysely<Tables>, { migrations, migrationTable, address }: DatabasePlace) {
  const { Migrator } = await import("kysely")
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    ...(migrationTable && { migrationTableName: migrationTable, migrationLockTableName: `${migrationTable}_lock` }),
    disableTransactions: address === undefined,
  }).migrateToLatest()
  if (error !== undefined) throw error
}

/** Whether the file holds something else, so that moving it away helps: not where the disk is full or read-only. */
function isForeign(error: unknown): boolean {
  return !/^SQLITE_(FULL|BUSY|LOCKED|READONLY|CANTOPEN|PERM|IOERR)/.test(String((error as { code?: unknown }).code))
}

/**
 * Its write-ahead log and index get the same mode from the database itself. A file that is there is never opened here:
 * closing it again would end the locks of every connection this program has to it (https://sqlite.org/howtocorrupt.html,
 * 2.2), and another program could then take the log away under them.
 */
async function ownFile(file: string): Promise<void> {
  const made = await open(file, "wx", 0o600).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" })
    await access(file, constants.W_OK)
  })
  await made?.close()
  if (process.platform !== "win32") await chmod(file, 0o600)
}
