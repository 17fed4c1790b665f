import { execFile } from "node:child_process"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import fc from "fast-check"
import Libsql from "libsql"
import { sql, type Kysely, type Migration } from "kysely"
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest"
import { MINUTE_MS, syntheticCandles } from "#engine/candles"
import { realSurroundings, type Surroundings } from "../surroundings.ts"
import { candleMigrations, type CandleTables } from "./candle-schema.ts"
import { CandleStore } from "./candle-store.ts"
import { openDatabase } from "./database.ts"
import { relayMigrations, type RelayTables } from "./relay-schema.ts"
import { storeFailure } from "./store-failure.ts"
import { privatePostgres, withoutPostgres, type PrivatePostgres } from "./testing/private-postgres.ts"

type Tables = { thing: { id: string; amount: number | null; words: string | null; bytes: Uint8Array | null } }
const migrations: Record<string, Migration> = {
  first: {
    up: (database: Kysely<unknown>) =>
      database.schema
        .createTable("thing")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("amount", "double precision")
        .addColumn("words", "text")
        .addColumn("bytes", "bytea")
        .execute(),
  },
}
const surroundings = realSurroundings()
let folder: string
let postgres: PrivatePostgres | undefined
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-database-"))
  postgres = await privatePostgres()
})

afterAll(async () => {
  await postgres?.remove()
  await rm(folder, { recursive: true })
})

const file = () => join(folder, `${++files}.db`)
const row = (id: string) => ({ id, amount: null, words: null, bytes: null })

const kinds = ["libSQL", "PostgreSQL"] as const

/** Where a database of this kind may be opened; skips the test, with a notice, where PostgreSQL is not installed. */
async function placeOf(kind: (typeof kinds)[number], { skip }: Pick<TestContext, "skip">) {
  if (kind === "libSQL") return { file: file() }
  return postgres === undefined ? skip(withoutPostgres) : { file: "", address: await postgres.emptyDatabase() }
}

test.for(kinds)("%s refuses what its driver would change in silence, and goes on", async (kind, context) => {
  const database = await openDatabase<Tables>({ ...(await placeOf(kind, context)), migrations, surroundings })
  const unsafe = fc.oneof(
    fc.constantFrom(...(kind === "libSQL" ? [true, false] : [[]])),
    fc.constantFrom(
      undefined,
      Number.NaN,
      Infinity,
      -Infinity,
      2 ** 53,
      -(2 ** 60),
      1n,
      Symbol("s"),
      new Date(0),
      {},
      [],
    ),
    fc.string().map((text) => `${text}\0`),
    fc.maxSafeInteger().map((beyond) => 2 ** 53 + Math.abs(beyond)),
  )
  await fc.assert(
    fc.asyncProperty(unsafe, async (bound) => {
      const asked = database.executeQuery(sql`select ${sql.val(bound)} as answer`.compile(database))
      await expect(asked).rejects.toThrow(/^Parameter 1 is /)
    }),
    { numRuns: 60 },
  )
  const kept = {
    id: "a",
    amount: 2 ** 53 - 1,
    words: "'; drop table thing; -- \u{1F56F}",
    bytes: Uint8Array.of(0, 255, 7),
  }
  await database.insertInto("thing").values(kept).execute()
  const read = await database.selectFrom("thing").selectAll().executeTakeFirstOrThrow()
  expect({ ...read, bytes: new Uint8Array(read.bytes!) }).toEqual(kept)
  await database.destroy()
})

test.for(kinds)("%s keeps nothing of a transaction that fails, and tells that failure", async (kind, context) => {
  const database = await openDatabase<Tables>({ ...(await placeOf(kind, context)), migrations, surroundings })
  const failing = database.transaction().execute(async (transaction) => {
    await transaction.insertInto("thing").values(row("a")).execute()
    throw new Error("planted")
  })
  await expect(failing).rejects.toThrow("planted")
  expect(await database.selectFrom("thing").selectAll().execute()).toEqual([])
  await database.destroy()
})

test.for(kinds)("%s runs every migration of ours, once, and counts are numbers", async (kind, context) => {
  const place = await placeOf(kind, context)
  for (const time of ["first", "again"]) {
    const relay = await openDatabase<RelayTables>({
      ...place,
      migrations: relayMigrations,
      migrationTable: "relay_migration",
    })
    const candles = await openDatabase<CandleTables>({ ...place, migrations: candleMigrations })
    const { count } = await relay
      .selectFrom("instance")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow()
    expect(count, time).toBe(0)
    await Promise.all([relay.destroy(), candles.destroy()])
  }
})

test.for(kinds)("%s keeps candles bit for bit", async (kind, context) => {
  const place = await placeOf(kind, context)
  const store = new CandleStore(await openDatabase<CandleTables>({ ...place, migrations: candleMigrations }))
  const name = { venue: "binance", market: "BTC/USDT", timeframe: "1m" } as const
  const candles = syntheticCandles({
    seed: 3,
    candles: 21_000,
    timeframe: "1m",
    startMs: 0,
    startPrice: 100,
    kind: "mixed",
  })
  const fetched = { fromMs: 0, toMs: 21_000 * MINUTE_MS }
  await store.add({ ...name, origin: "download", source: "test", candles, fetched, nowMs: Date.UTC(2026, 0, 1) })
  expect(await store.read(name)).toEqual(candles)
  expect(await store.seal(name)).toMatchObject({ candles: 21_000, gaps: 0, fetched: [fetched] })
  expect([await store.remove(name), await store.remove(name)]).toEqual([true, false])
  await store.close()
})

test("another program that comes and goes leaves the log of a database that is opened here more than once", async () => {
  const file = join(folder, `twice-${files++}.db`)
  const kept = await openDatabase<Tables>({ file, migrations })
  await kept.insertInto("thing").values({ id: "first", amount: 1, words: null, bytes: null }).execute()
  const second = await openDatabase<Tables>({ file, migrations })
  await second.destroy()
  const log = await stat(`${file}-wal`)
  const script = `const D = require("libsql"), d = new D(process.argv[1]); d.prepare("select * from thing").all(); d.close()`
  await promisify(execFile)(process.execPath, ["--expose-gc", "-e", `${script}; gc()`, file])
  expect((await stat(`${file}-wal`)).ino).toBe(log.ino)
  await kept.destroy()
})

test("a program that holds the database is waited for without holding our thread, and after ten seconds named", async () => {
  const place = file()
  const database = await openDatabase<Tables>({ file: place, migrations, surroundings: hurried() })
  const other = new Libsql(place)
  other.exec("begin immediate")
  const waiting = database.insertInto("thing").values(row("a")).execute()
  await new Promise((resolve) => setImmediate(resolve))
  other.exec("rollback")
  await waiting
  other.exec("begin immediate")
  const refused = (act: Promise<unknown>) => act.catch((error: unknown) => storeFailure(error))
  const write = () => database.insertInto("thing").values(row("b")).execute()
  expect(await refused(write())).toMatchObject({ kind: "busy" })
  expect(await refused(database.transaction().execute(write))).toMatchObject({ kind: "busy" })
  expect(await database.selectFrom("thing").select("id").execute(), "reading goes on").toEqual([{ id: "a" }])
  other.exec("rollback")
  await write()
  other.close()
  await database.destroy()
})

/** Time that runs a second for each look. */
function hurried(): Pick<Surroundings, "after" | "steadyMs"> {
  let nowMs = 0
  return {
    steadyMs: () => (nowMs += 1_000),
    after: (_ms, act) => {
      const timer = setImmediate(act)
      return () => clearImmediate(timer)
    },
  }
}

test("a full disk is named, and what was kept is still there", async () => {
  const database = await openDatabase<Tables>({ file: file(), migrations, surroundings })
  await database.insertInto("thing").values(row("a")).execute()
  await sql`pragma max_page_count = 8`.execute(database)
  const large = { ...row("b"), words: "x".repeat(200_000) }
  const failed = database
    .transaction()
    .execute((transaction) => transaction.insertInto("thing").values(large).execute())
  expect(await failed.catch(storeFailure)).toMatchObject({ kind: "disk-full" })
  expect(await database.selectFrom("thing").select("id").execute()).toEqual([{ id: "a" }])
  await sql`pragma max_page_count = 1000`.execute(database)
  await database.insertInto("thing").values(large).execute()
  await database.destroy()
})

test("a database server that goes away fails its statements in words, and is found again when it is back", async (context) => {
  if (postgres === undefined) return context.skip(withoutPostgres)
  const address = await postgres.emptyDatabase()
  const database = await openDatabase<Tables>({ file: "", address, migrations })
  await database.insertInto("thing").values(row("a")).execute()
  const held = database.transaction().execute(async (transaction) => {
    await transaction.insertInto("thing").values(row("lost")).execute()
    await postgres!.crash()
    await transaction.insertInto("thing").values(row("lost too")).execute()
  })
  expect(await held.catch(storeFailure)).toMatchObject({ kind: "unreachable" })
  const away = database.selectFrom("thing").selectAll().execute()
  expect(await away.catch(storeFailure)).toMatchObject({ kind: "unreachable" })
  const unreachable = openDatabase<Tables>({ file: "", address, migrations })
  await expect(unreachable).rejects.toThrow("The database server cannot be reached.")
  await postgres.start()
  expect(await database.selectFrom("thing").select("id").execute()).toEqual([{ id: "a" }])
  await database.destroy()
})
