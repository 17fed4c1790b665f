import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { HOUR_MS, syntheticCandles } from "#engine/candles"
import { openedApp } from "../../testing/opened-app.ts"
import { ownerCommand } from "../../cli/testing/owner-command.ts"
import { realSurroundings } from "../../surroundings.ts"
import { openCandleStore } from "../candle-store.ts"
import { openRelayStore } from "../relay-store.ts"
import { privatePostgres, withoutPostgres } from "../testing/private-postgres.ts"
import { CannotMove, moveStore } from "./store-move.ts"

const surroundings = realSurroundings()
const server = await privatePostgres()
if (server === undefined) console.warn(withoutPostgres)
afterAll(() => server?.remove())

let home: string
let dataDirectory: string
let address: string
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), "candlewright-move-"))))
afterAll(() => rm(home, { recursive: true }))

const CALLS = 1_200
const candles = syntheticCandles({
  seed: 1,
  candles: 11_000,
  timeframe: "1h",
  startMs: 0,
  startPrice: 100,
  kind: "mixed",
})

describe.skipIf(server === undefined)("with a PostgreSQL", () => {
  beforeEach(async () => {
    const own = await mkdtemp(join(home, "one-"))
    dataDirectory = join(own, "data")
    address = await server!.emptyDatabase()
    const app = await openedApp({ home: own })
    const headers = await app.bearer("admin")
    await app.ask("POST /api/accounts", { headers, body: { name: "Anna 🕯", venue: "practice", mode: "paper" } })
    const call = { source: "votes", venue: "practice", market: "A/B", timeframe: "1h", said: "{}", outcome: null }
    const rows = Array.from({ length: CALLS }, (_, n) => {
      const closed_ms = n * HOUR_MS
      return { ...call, id: `votes ${n}`, closed_ms, due_ms: closed_ms, ask_ms: closed_ms }
    })
    for (let at = 0; at < CALLS; at += 100)
      await app.store.database
        .insertInto("signal_call")
        .values(rows.slice(at, at + 100))
        .execute()
    await app.end()
    const store = await openCandleStore(dataDirectory, { surroundings })
    await store.add({
      venue: "file",
      market: "A/B",
      timeframe: "1h",
      origin: "file",
      source: "a.csv",
      candles,
      nowMs: 1,
    })
    await store.close()
  })

  const move = (onTable?: (table: string, rows: number) => void) =>
    moveStore({ dataDirectory, address, surroundings, onTable })

  test("what a folder keeps is on the server bit for bit, and the folder is never opened again", async () => {
    const { tables, wasThere } = await move()
    expect(wasThere).toBe(false)
    expect(tables).toEqual(
      expect.arrayContaining([
        { table: "signal_call", rows: CALLS },
        { table: "account", rows: 1 },
      ]),
    )
    await expect(openRelayStore({ dataDirectory, surroundings })).rejects.toThrow(
      /were moved to the PostgreSQL at 127\.0\.0\.1:\d+ on .*Set DATABASE_URL/,
    )
    await whole()
    expect((await move()).wasThere).toBe(true)
    await whole()
  })

  test.each([0, 1, 9])(
    "cut short after %s tables there is nothing on the server and the folder opens as before; the next run moves all",
    async (tables) => {
      let told = 0
      const cut = move(() => {
        if (told++ === tables) throw new Error("cut")
      })
      await expect(cut).rejects.toThrow("cut")
      const folder = await openRelayStore({ dataDirectory, surroundings })
      await folder.close()
      expect(await rowsThere()).toBe(0)
      expect((await move()).wasThere).toBe(false)
      await whole()
    },
  )

  test("where the server goes away while rows are sent the move fails, and the next run moves all", async () => {
    const away = move(() => void server!.crash())
    await expect(away).rejects.toThrow(/terminat|unexpectedly|reach/i)
    await server!.start()
    expect((await move()).wasThere).toBe(false)
    await whole()
  })

  test("killed between the server's word and ours, no relay opens the folder until the move was run again", async () => {
    await move()
    const libsql = new (await import("libsql")).default(join(dataDirectory, "relay.db"))
    libsql.exec("update store_move set is_done = 0")
    libsql.close()
    await expect(openRelayStore({ dataDirectory, surroundings })).rejects.toThrow(/cut short.*migrate-store/)
    expect((await move()).wasThere).toBe(true)
    await expect(openRelayStore({ dataDirectory, surroundings })).rejects.toThrow(/were moved/)
  })

  test("a server with another relay's records is refused, and both stay as they were", async () => {
    const other = await openRelayStore({ dataDirectory: join(home, "other"), address, surroundings })
    await other.close()
    await expect(move()).rejects.toThrow(CannotMove)
    const folder = await openRelayStore({ dataDirectory, surroundings })
    await folder.close()
  })

  test("the command moves a folder, says what it moved, and a relay that is started there says where its records are", async () => {
    const owner = await ownerCommand()
    process.env.DATABASE_URL = address
    try {
      expect(await owner.run("migrate-store")).toMatchObject({
        code: 1,
        err: expect.stringMatching(/nothing of Candlewright to move/),
      })
      delete process.env.DATABASE_URL
      await owner.run("accounts", "add", "--name", "paper", "--venue", "practice", "--mode", "paper")
      expect(await owner.run("migrate-store")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/DATABASE_URL is needed/),
      })
      process.env.DATABASE_URL = address
      expect(JSON.parse((await owner.run("migrate-store", "--json")).out)).toMatchObject({ wasThere: false })
      expect((await owner.run("accounts", "list")).out).toContain("paper")
      delete process.env.DATABASE_URL
      expect(await owner.run("accounts", "list")).toMatchObject({ code: 1, err: expect.stringMatching(/were moved/) })
    } finally {
      delete process.env.DATABASE_URL
      await owner.remove()
    }
  }, 120_000)

  /** How many relays the server has records of. */
  async function rowsThere(): Promise<number> {
    const { default: pg } = await import("pg")
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    const { rows } = await client.query("select count(*)::int as count from instance").finally(() => client.end())
    return (rows[0] as { count: number }).count
  }

  /** A relay opens the server's records, its log is whole, and all is there. */
  async function whole() {
    const store = await openRelayStore({ dataDirectory: join(home, "elsewhere"), address, surroundings })
    const { count } = await sql<{ count: number }>`select count(*) as count from signal_call`
      .execute(store.database)
      .then(({ rows }) => rows[0])
    const accounts = await store.database.selectFrom("account").select("name").execute()
    await store.close()
    expect([count, accounts]).toEqual([CALLS, [{ name: "Anna 🕯" }]])
    const kept = await openCandleStore(join(home, "elsewhere"), { address, surroundings })
    expect(await kept.read({ venue: "file", market: "A/B", timeframe: "1h" })).toEqual(candles)
    await kept.close()
  }
})
