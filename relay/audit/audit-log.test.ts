import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { privatePostgres, withoutPostgres, type PrivatePostgres } from "../store/testing/private-postgres.ts"
import { realSurroundings } from "../surroundings.ts"
import { auditFaults } from "./audit-check.ts"
import { type Actor, entryAfter, entryHash, FIRST_HASH } from "./audit-entry.ts"
import { AuditLog } from "./audit-log.ts"

const surroundings = realSurroundings()
const owner: Actor = { kind: "owner", id: "owner", name: "command line" }
const added = (name: string) => ({ what: "thing.added", subject: `thing ${name}`, before: undefined, after: { name } })
const server: PrivatePostgres | undefined = await privatePostgres()
if (server === undefined) console.warn(withoutPostgres)
const kinds = server === undefined ? ["libsql"] : ["libsql", "PostgreSQL"]

afterAll(() => server?.remove())

describe.each(kinds)("on %s", (kind) => {
  let home: string
  let store: RelayStore
  let audit: AuditLog

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "candlewright-audit-"))
    const address = kind === "libsql" ? undefined : await server!.emptyDatabase()
    store = await openRelayStore({ dataDirectory: join(home, "data"), address, surroundings })
    audit = new AuditLog({ database: store.database, surroundings })
  })

  afterAll(async () => {
    await store.close()
    await rm(home, { recursive: true })
  })

  const write = (name: string) => audit.change(owner, async () => ({ result: name, changes: [added(name)] }))
  const faults = async () => (await audit.check()).faults.map(({ sentence }) => sentence)

  test("changes made all at once are chained one after the other; one that fails leaves nothing", async () => {
    const names = Array.from({ length: 8 }, (_, n) => `${n}`)
    expect(await Promise.all(names.map(write))).toEqual(names)
    await expect(
      audit.change(owner, async (transaction) => {
        await transaction.insertInto("instance").values({ id: "half", created_ms: 0 }).execute()
        throw new Error("in the middle")
      }),
    ).rejects.toThrow("in the middle")
    expect(await store.database.selectFrom("instance").select("id").where("id", "=", "half").execute()).toEqual([])
    expect(await audit.check()).toMatchObject({
      entries: 8,
      head: expect.stringMatching(/^8:[0-9a-f]{64}$/),
      faults: [],
    })
    const page = await audit.list({ limit: 3 })
    expect(page.map(({ seq }) => seq)).toEqual([8, 7, 6])
    expect(page[0]).toMatchObject({ actor: owner, what: "thing.added", beforeHash: null })
    expect((await audit.list({ after: 6, limit: 2 })).map(({ seq }) => seq)).toEqual([5, 4])
  })

  test("an entry changed, taken away or added in the database is named", async () => {
    const { database } = store
    const three = () => database.updateTable("audit_entry").where("seq", "=", 3)
    const was = await database.selectFrom("audit_entry").selectAll().where("seq", "=", 3).executeTakeFirstOrThrow()
    for (const forged of [{ subject: "thing 9" }, { at_ms: 1 }, { actor: "{}" }, { after_hash: null }, { what: "x" }]) {
      await three().set(forged).execute()
      expect(await faults()).toEqual(["Entry 3 was changed after it was written."])
      const fitting = { ...was, ...forged }
      await three()
        .set({ ...forged, hash: entryHash(fitting) })
        .execute()
      expect(await faults()).toEqual(["Entry 3 was changed, hash and all: entry 4 was written after another one."])
      await three().set(was).execute()
    }
    for (const actor of ["", "null", "{}", "[", "7"]) {
      await three().set({ actor }).execute()
      expect((await audit.list({ limit: 8 })).map(({ seq }) => seq)).toContain(3)
    }
    await three().set(was).execute()
    await database.deleteFrom("audit_entry").where("seq", "=", 8).execute()
    expect(await faults()).toEqual(["Entry 8 is missing."])
    await database.deleteFrom("audit_entry").where("seq", "=", 3).execute()
    expect(await faults()).toEqual(["Entry 3 is missing.", "Entry 8 is missing."])
    await database.insertInto("audit_entry").values(was).execute()
    const last = await database.selectFrom("audit_entry").selectAll().where("seq", "=", 7).executeTakeFirstOrThrow()
    await database
      .insertInto("audit_entry")
      .values(
        entryAfter(entryAfter(last, { actor: owner, change: added("7"), atMs: 1 }), {
          actor: owner,
          change: added("8"),
          atMs: 1,
        }),
      )
      .execute()
    expect(await faults()).toEqual(["Entry 8 is missing.", "Entry 9 was added from outside."])
  })
})

const chain = (count: number) => {
  const rows = []
  let head = { seq: 0, hash: FIRST_HASH }
  for (let n = 0; n < count; n++) {
    const row = entryAfter(head, { actor: owner, change: added(`${n}`), atMs: n })
    rows.push(row)
    head = row
  }
  return { rows, head }
}

test("a whole log has no faults; with any one field of any entry changed, that entry is named", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.nat(),
      fc.constantFrom("at_ms", "actor", "what", "subject", "before_hash", "after_hash", "previous", "hash"),
      (count, at, field) => {
        const { rows, head } = chain(count)
        expect(auditFaults(rows, head)).toEqual([])
        const forged = rows.with(at % count, { ...rows[at % count], [field]: field === "at_ms" ? -1 : "forged" })
        expect(auditFaults(forged, head)[0]).toMatchObject({ seq: (at % count) + 1, kind: "changed" })
      },
    ),
  )
})

test("two entries that changed places, and one put between others, are named with where they belong", () => {
  const { rows, head } = chain(6)
  const swapped = rows.with(2, { ...rows[4], seq: 3 }).with(4, { ...rows[2], seq: 5 })
  expect(auditFaults(swapped, head).map(({ sentence }) => sentence)).toEqual([
    "In the place of entry 3 is entry 5.",
    "In the place of entry 5 is entry 3.",
  ])
  const foreign = entryAfter(rows[1], { actor: owner, change: added("foreign"), atMs: 1 })
  const pushed = [...rows.slice(0, 2), foreign, ...rows.slice(2).map((row) => ({ ...row, seq: row.seq + 1 }))]
  expect(auditFaults(pushed, head).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
    "3 added",
    "4 moved",
    "5 moved",
    "6 moved",
    "7 added",
  ])
})

test("a log cut off at its end, emptied or begun by another is not whole", () => {
  const { rows, head } = chain(5)
  expect(auditFaults(rows.slice(0, 3), head).map(({ seq }) => seq)).toEqual([4, 5])
  expect(auditFaults([], head)).toHaveLength(5)
  expect(auditFaults(rows, { ...head, hash: "f".repeat(64) })).toMatchObject([{ seq: 5, kind: "changed" }])
  const other = entryAfter({ seq: 0, hash: "e".repeat(64) }, { actor: owner, change: added("0"), atMs: 0 })
  expect(auditFaults([other], other)).toMatchObject([{ seq: 1, kind: "changed" }])
  expect(auditFaults([], { seq: 1_000_000, hash: "e".repeat(64) })).toHaveLength(100)
})
