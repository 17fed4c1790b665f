import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { afterEach, beforeEach, expect, test } from "vitest"
import { KillSwitch } from "../guard/kill-switch.ts"
import { openRelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { makeBackup } from "./backup.ts"
import { restoreBackup } from "./restore.ts"

// A data directory, its backup, and what comes back. Rows of a table say what is in it.

const surroundings = realSurroundings()
let home: string
let data: string
let file: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-restore-"))
  data = join(home, "data")
  file = join(home, "kept.backup")
  await add("first")
  await backUp()
  await add("second")
})

afterEach(() => rm(home, { recursive: true }))

async function inStore<Answer>(act: (store: Awaited<ReturnType<typeof openRelayStore>>) => Promise<Answer>) {
  const store = await openRelayStore({ dataDirectory: data, surroundings })
  return act(store).finally(() => store.close())
}

function add(id: string): Promise<unknown> {
  const row = { id, account_id: "a", at_ms: 1, what: "used", who: "{}", fingerprint: "f" }
  return inStore(({ database }) => database.insertInto("key_use").values(row).execute())
}

const found = () =>
  inStore(async ({ database }) =>
    (await database.selectFrom("key_use").select("id").orderBy("id").execute()).map(({ id }) => id),
  )

/** The database of this moment in one file. */
async function copyData(folder: string, name: string): Promise<void> {
  const staging = await mkdtemp(join(home, "staging-"))
  await makeBackup({ dataDirectory: data, staging, version: "1", surroundings })
  await rename(join(staging, "relay.db"), join(folder, name))
}

async function backUp(): Promise<void> {
  const staging = await mkdtemp(join(home, "staging-"))
  const { bytes } = await makeBackup({ dataDirectory: data, staging, version: "1", surroundings })
  await writeFile(file, bytes)
}

const restore = (from = file) => restoreBackup({ file: from, dataDirectory: data, replaces: true, surroundings })

test("what is there is replaced only where that is said, and is kept in a folder beside", async () => {
  await expect(restoreBackup({ file, dataDirectory: data, replaces: false, surroundings })).rejects.toThrow(
    /has data already\. Nothing was changed\..*--replace/,
  )
  expect(await found()).toEqual(["first", "second"])
  const { aside } = await restore()
  expect(await found()).toEqual(["first"])
  expect(await readdir(aside!)).toContain("relay.db")
  await rm(data, { recursive: true })
  expect((await restoreBackup({ file, dataDirectory: data, replaces: false, surroundings })).aside).toBe(undefined)
  expect(await found()).toEqual(["first"])
  expect((await readdir(data)).filter((name) => /restor/.test(name))).toEqual([])
})

test("a backup of a relay whose kill switch is on turns it on again", async () => {
  new KillSwitch(data).turnOn()
  await backUp()
  new KillSwitch(data).release()
  await restore()
  expect(new KillSwitch(data).isOn).toBe(true)
})

test("a start after a restore is later than every start after the backup, and than one of a restore before", async () => {
  const epoch = () =>
    inStore(
      async ({ database }) => (await database.selectFrom("order_epoch").select("epoch").executeTakeFirst())?.epoch,
    )
  await restore()
  const first = await epoch()
  expect(first).toBeGreaterThan(1_000_000)
  await inStore(({ database }) =>
    database
      .updateTable("order_epoch")
      .set({ epoch: first! + 10 })
      .execute(),
  )
  await backUp()
  await restore()
  expect(await epoch()).toBe(first! + 11)
})

test("a file that is damaged, cut, of a newer Candlewright or no backup is refused in words, and nothing is touched", async () => {
  const whole = gunzipSync(await readFile(file))
  const end = whole.indexOf("\n")
  const header = JSON.parse(whole.toString("utf8", 0, end)) as { files: object[] }
  const withHeader = (change: object) =>
    gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, ...change })}\n`), whole.subarray(end + 1)]))
  const changed = Buffer.from(whole)
  changed[whole.length - 5_000] ^= 1
  const packed = gzipSync(whole)
  const bad: [Uint8Array, RegExp][] = [
    [Buffer.from("hello"), /is damaged: it cannot be unpacked/],
    [Buffer.alloc(0), /is damaged|is no backup/],
    [gzipSync("hello\n"), /is no backup that this Candlewright can read/],
    [gzipSync("x".repeat(1_000_000)), /is no backup/],
    [packed.subarray(0, packed.length - 1_000), /is damaged/],
    [gzipSync(changed), /is damaged: relay\.db is not as it was written/],
    [gzipSync(whole.subarray(0, whole.length - 10)), /is damaged: its end is missing/],
    [gzipSync(Buffer.concat([whole, Buffer.from("more")])), /is damaged: something follows its end/],
    [withHeader({ format: "candlewright.backup/2" }), /is no backup that this/],
    [withHeader({ schema: "2099-01-x", version: "9.9.9" }), /made by a newer Candlewright \(9\.9\.9\)/],
    [withHeader({ files: [{ ...header.files[0], name: "../relay.db" }] }), /is no backup that this/],
    [withHeader({ files: [header.files[0], header.files[0]] }), /is no backup that this/],
  ]
  const damaged = join(home, "damaged.backup")
  for (const [bytes, words] of bad) {
    await writeFile(damaged, bytes)
    await expect(restore(damaged)).rejects.toThrow(words)
  }
  await expect(restore(join(home, "none"))).rejects.toThrow("ENOENT")
  expect(await found()).toEqual(["first", "second"])
  expect((await readdir(data)).filter((name) => /restor/.test(name))).toEqual([])
})

test("a restore that is cut short leaves the old data until it counts, and then the new, whichever step was the last", async () => {
  const spare = join(home, "spare")
  await mkdir(spare)
  await copyData(spare, "old.db")
  await restore()
  await copyData(spare, "new.db")
  const after: [old: string, fresh: string, isMarked: boolean, ids: string[]][] = [
    ["relay.db", "restoring-1/relay.db", false, ["first", "second"]],
    ["relay.db", "restoring-1/relay.db", true, ["first"]],
    ["before-restore-1/relay.db", "restoring-1/relay.db", true, ["first"]],
    ["before-restore-1/relay.db", "relay.db", true, ["first"]],
  ]
  for (const [old, fresh, isMarked, ids] of after) {
    await rm(data, { recursive: true })
    for (const name of ["", "restoring-1", "before-restore-1"]) await mkdir(join(data, name), { mode: 0o700 })
    await copyFile(join(spare, "old.db"), join(data, old))
    await copyFile(join(spare, "new.db"), join(data, fresh))
    await chmod(join(data, "relay.db"), 0o600).catch(() => {})
    const mark = '{"staged":"restoring-1","aside":"before-restore-1"}'
    if (isMarked) await writeFile(join(data, "restore.json"), mark, { mode: 0o600 })
    expect(await found(), `${old}, ${fresh}`).toEqual(ids)
    expect(await readdir(data)).not.toContain("restore.json")
  }
})
