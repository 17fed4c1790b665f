import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Kysely, Transaction } from "kysely"
import type { Surroundings } from "../../surroundings.ts"
import { candleMigrations } from "../candle-schema.ts"
import { openDatabase } from "../database.ts"
import { relayMigrations, type RelayTables } from "../relay-schema.ts"
import { copyTable, sumOnServer, tablesOf } from "./table-copy.ts"

type Tables = Record<string, Record<string, unknown>>

/** Why nothing was moved, as a sentence. */
export class CannotMove extends Error {}

export type Moved = {
  /** Rows by table. */
  tables: { table: string; rows: number }[]
  /** The server held them already, from a run that was cut after its end. */
  wasThere: boolean
}

type MoveDeps = {
  /** The caller holds its lock. */
  dataDirectory: string
  /** The PostgreSQL that takes its place. */
  address: string
  surroundings: Surroundings
  onTable?: (table: string, rows: number) => void
}

/**
 * Moves what a data directory keeps to a PostgreSQL, which must be empty. Each database goes in one transaction, its
 * rows compared before it ends: cut short, there is nothing there, and the next run begins anew. From the moment before
 * the server has the relay's records the embedded ones are closed, so that never two relays trade by them. Throws
 * `CannotMove`.
 */
export async function moveStore(deps: MoveDeps): Promise<Moved> {
  const { dataDirectory, address, surroundings } = deps
  const file = join(dataDirectory, "relay.db")
  const own = { migrations: relayMigrations, migrationTable: "relay_migration" }
  const from = await openDatabase<RelayTables>({ file, ...own, surroundings })
  try {
    const to = await openDatabase<RelayTables>({ file, address, ...own })
    try {
      return await moveBoth(from, to, deps)
    } finally {
      await to.destroy()
    }
  } finally {
    await from.destroy()
  }
}

async function moveBoth(from: Kysely<RelayTables>, to: Kysely<RelayTables>, deps: MoveDeps): Promise<Moved> {
  const source = await from.selectFrom("instance").select("id").executeTakeFirst()
  if (source === undefined) throw new CannotMove("There is nothing of Candlewright to move in this folder.")
  const there = await to.selectFrom("instance").select("id").executeTakeFirst()
  if (there !== undefined && there.id !== source.id)
    throw new CannotMove(
      "That database holds the records of another Candlewright. Nothing was changed; name an empty one.",
    )
  const tables = there === undefined ? await moveRecords(from, to, deps) : []
  await closeSource(from, { ...deps, isDone: true })
  return { tables, wasThere: there !== undefined }
}

async function moveRecords(
  from: Kysely<RelayTables>,
  to: Kysely<RelayTables>,
  deps: MoveDeps,
): Promise<Moved["tables"]> {
  const candles = await moveCandles(deps)
  const records = await to.transaction().execute(async (transaction) => {
    const moved = await moveTables(
      from as unknown as Kysely<Tables>,
      transaction as unknown as Transaction<Tables>,
      deps,
    )
    await transaction.deleteFrom("store_move").execute()
    await closeSource(from, { ...deps, isDone: false })
    return moved
  })
  return [...records, ...candles]
}

/** Candles are fetched again where they are missing, so what is there of an earlier run makes room. */
async function moveCandles({ dataDirectory, address, surroundings, onTable }: MoveDeps): Promise<Moved["tables"]> {
  const file = join(dataDirectory, "candles.db")
  if (!existsSync(file)) return []
  const from = await openDatabase<Tables>({ file, migrations: candleMigrations, surroundings })
  try {
    const to = await openDatabase<Tables>({ file, address, migrations: candleMigrations })
    try {
      return await to.transaction().execute(async (transaction) => {
        for (const table of (await tablesOf(from)).toReversed()) await transaction.deleteFrom(table).execute()
        return moveTables(from, transaction, { onTable })
      })
    } finally {
      await to.destroy()
    }
  } finally {
    await from.destroy()
  }
}

async function moveTables(
  from: Kysely<Tables>,
  to: Transaction<Tables>,
  { onTable }: Pick<MoveDeps, "onTable">,
): Promise<Moved["tables"]> {
  const moved: Moved["tables"] = []
  for (const table of await tablesOf(from)) {
    const sent = await copyTable(from, to, table)
    const arrived = await sumOnServer(to, table)
    if (arrived.rows !== sent.rows || arrived.digest !== sent.digest)
      throw new CannotMove(`What arrived of ${table} is not what was sent. Nothing was moved; please report this.`)
    onTable?.(table, sent.rows)
    moved.push({ table, rows: sent.rows })
  }
  return moved
}

type Closing = { address: string; isDone: boolean; surroundings: Pick<Surroundings, "nowMs"> }

/** No relay opens records that a server has, or may have. */
async function closeSource(from: Kysely<RelayTables>, { address, isDone, surroundings }: Closing): Promise<void> {
  const row = { id: 1, to_server: new URL(address).host, is_done: Number(isDone), at_ms: surroundings.nowMs() }
  await from
    .insertInto("store_move")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute()
}
