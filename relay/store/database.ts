import { chmod, open } from "node:fs/promises"
import { plainText, quoted } from "#engine/candles"
import { refuseDirectory } from "./data-directory.ts"
import { storeFailure } from "./store-failure.ts"
import type { Kysely, Migration, SqliteDialectConfig } from "kysely"

const BUSY_WAIT_MS = 10_000

/**
 * Opens a database file only its owner may read (mode 0600; created when missing) and migrates its tables. Several
 * processes may open it at once: the second waits up to ten seconds. A finished commit is on the disk. Throws a
 * sentence when the file is not our database.
 */
export async function openDatabase<Tables>(
  file: string,
  migrations: Record<string, Migration>,
): Promise<Kysely<Tables>> {
  await ownFile(file).catch((error: unknown) => refuseDirectory(file, error))
  // Loaded only now, so that commands which keep nothing start faster.
  const [{ Kysely, Migrator, SqliteDialect }, { default: Database }] = await Promise.all([
    import("kysely"),
    import("libsql"),
  ])
  const raw = new Database(file)
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: raw as unknown as SqliteDialectConfig["database"] }),
  })
  try {
    // Every commit is synced to disk: what we reported as kept survives a power cut.
    for (const pragma of [`busy_timeout=${BUSY_WAIT_MS}`, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"])
      raw.pragma(pragma)
    // Locked at once and held to the end: of two programs that start together on a new file, one makes the tables and
    // the other finds them.
    raw.exec("BEGIN IMMEDIATE")
    const { error } = await new Migrator({
      db: database,
      provider: { getMigrations: async () => migrations },
      disableTransactions: true,
    }).migrateToLatest()
    raw.exec(error === undefined ? "COMMIT" : "ROLLBACK")
    if (error !== undefined) throw error
    return database
  } catch (error) {
    await database.destroy()
    if (!isForeign(error)) throw storeFailure(error) ?? error
    throw new Error(
      `${quoted(file, 200)} cannot be used as Candlewright's database (${plainText((error as Error).message)}). Move it away and start again; a new one is made.`,
      { cause: error },
    )
  }
}

/** Whether the file holds something else, so that moving it away helps: not where the disk is full or read-only. */
function isForeign(error: unknown): boolean {
  return !/^SQLITE_(FULL|BUSY|LOCKED|READONLY|CANTOPEN|PERM|IOERR)/.test(String((error as { code?: unknown }).code))
}

async function ownFile(file: string): Promise<void> {
  // Its write-ahead log and index get the same mode from the database itself.
  await (await open(file, "a", 0o600)).close()
  if (process.platform !== "win32") await chmod(file, 0o600)
}
