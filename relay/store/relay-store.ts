import { join } from "node:path"
import type { Kysely, Transaction } from "kysely"
import { isoTime, plainText } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import { openDataDirectory } from "./data-directory.ts"
import { openDatabase } from "./database.ts"
import { databaseAddress } from "./database-address.ts"
import { finishRestore } from "./prepared-restore.ts"
import { lockDataDirectory } from "./relay-lock.ts"
import { FIRST_PERSON } from "./person-schema.ts"
import { relayMigrations, type RelayTables } from "./relay-schema.ts"
import { announcedRelay } from "./running-relay.ts"
import { WriteWatch } from "./write-watch.ts"

/** The relay's own database, and the sole right to write it. */
export type RelayStore = {
  database: Kysely<RelayTables>
  /** Whether it takes writes. */
  writes: Pick<WriteWatch, "refused">
  /** Names this installation; a restored copy keeps it. */
  instanceId: string
  close(): Promise<void>
}

type StoreOptions = {
  dataDirectory: string
  /** Address of a PostgreSQL: DATABASE_URL by default. */
  address?: string
  surroundings: Surroundings
}

/** Another program holds the data directory; `port` is where it answers, if it has said so. */
export class DirectoryInUse extends Error {
  constructor(
    sentence: string,
    readonly port: number | undefined,
  ) {
    super(sentence)
  }
}

/**
 * Opens the relay's database for the one process that may write it. Throws a sentence: `DirectoryInUse` where another
 * relay has the folder.
 */
export async function openRelayStore({ dataDirectory, address, surroundings }: StoreOptions): Promise<RelayStore> {
  await openDataDirectory(dataDirectory)
  const lock = await lockDataDirectory(dataDirectory)
  if (lock === undefined) throw await inUse(dataDirectory)
  try {
    await finishRestore(dataDirectory)
    const writes = new WriteWatch()
    const database = await openDatabase<RelayTables>({
      file: join(dataDirectory, "relay.db"),
      address: address ?? databaseAddress(),
      migrations: relayMigrations,
      migrationTable: "relay_migration",
      surroundings,
      writes,
    })
    await refuseMoved(database).catch((error: unknown) => database.destroy().then(() => Promise.reject(error as Error)))
    const close = () => database.destroy().finally(() => lock.release())
    return { database, writes, instanceId: await instanceIn(database, surroundings), close }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The records went to a server; the relay there may trade by them. */
export class StoreMoved extends Error {}

async function refuseMoved(database: Kysely<RelayTables>): Promise<void> {
  const moved = await database.selectFrom("store_move").selectAll().executeTakeFirst()
  if (moved === undefined) return
  const server = plainText(moved.to_server, 200)
  throw new StoreMoved(
    moved.is_done
      ? `These records were moved to the PostgreSQL at ${server} on ${isoTime(moved.at_ms)}. Set DATABASE_URL to it and start again.`
      : `These records were being moved to the PostgreSQL at ${server}, and that was cut short. Run \`candlewright migrate-store\` again; nothing was lost.`,
  )
}

/** The refusal that says which relay has the folder. */
export async function inUse(dataDirectory: string): Promise<DirectoryInUse> {
  const running = await announcedRelay(dataDirectory)
  const folder = plainText(dataDirectory, 200)
  const where = running ? ` at http://localhost:${running.port} (process ${running.pid})` : ""
  return new DirectoryInUse(
    `Candlewright already runs on ${folder}${where}. Use that one, stop it, or start this one on a folder of its own with --data.`,
    running?.port,
  )
}

async function instanceIn(database: Kysely<RelayTables>, surroundings: Surroundings): Promise<string> {
  return database.transaction().execute(async (transaction) => {
    const found = await transaction.selectFrom("instance").selectAll().executeTakeFirst()
    const instance = found ?? { id: surroundings.secret(), created_ms: surroundings.nowMs() }
    if (found === undefined) await transaction.insertInto("instance").values(instance).execute()
    await keepFirstPerson(transaction, instance.created_ms)
    return instance.id
  })
}

/** Whoever started this relay: everything that was made before there were people is theirs. */
async function keepFirstPerson(transaction: Transaction<RelayTables>, createdMs: number): Promise<void> {
  const first = { id: FIRST_PERSON, name: "Owner", role: "owner", created_ms: createdMs, ended_ms: null }
  await transaction
    .insertInto("person")
    .values(first)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute()
}
