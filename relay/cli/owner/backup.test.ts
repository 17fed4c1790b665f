import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Account } from "../../accounts/account.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const run = (...words: string[]) => owner.run(...words)
const json = async (...words: string[]) => JSON.parse((await run(...words, "--json")).out) as Record<string, unknown>

test("what a running relay keeps is in one file for its owner's eyes, and back where all is lost; what opens its keys is named", async () => {
  const [home, file] = [dirname(owner.data), join(dirname(owner.data), "kept.backup")]
  expect(await run("backup", file)).toMatchObject({ code: 1, err: expect.stringMatching(/nothing of Candlewright/) })
  const relay = await owner.start()
  await run("accounts", "add", "--name", "paper", "--venue", "practice", "--mode", "paper")
  expect(await run("backup", file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Backed up to .*What opens them is not: the key file ".*keys\.key"/s),
  })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const before = await readFile(file)
  expect(await run("backup", file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/is a backup already.*--force/),
  })
  expect(await readFile(file)).toEqual(before)
  expect((await run("backup", file, "--force")).code).toBe(0)
  expect(await run("restore", file, "--replace")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/already runs on/),
  })
  await relay.stop()
  await rm(owner.data, { recursive: true })
  expect(await json("restore", file)).toEqual({
    madeMs: expect.any(Number),
    pausedBots: 0,
    hasKeys: false,
    aside: null,
  })
  expect(((await json("accounts", "list")).items as Account[]).map(({ name }) => name)).toEqual(["paper"])
  expect((await run("audit", "verify")).code).toBe(0)
  expect((await readdir(home)).filter((name) => name.startsWith(".candlewright"))).toEqual([])
}, 120_000)

test("no file but a backup is written over, and a relay on PostgreSQL says how it is backed up", async () => {
  const precious = join(dirname(owner.data), "precious.txt")
  await writeFile(precious, "words")
  expect(await run("backup", precious)).toMatchObject({ code: 1, err: expect.stringMatching(/is no backup/) })
  process.env.DATABASE_URL = "postgres://localhost:1/x"
  try {
    expect(await run("backup", precious)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/pg_dump --format=custom .*pg_restore.*candlewright restore --database/s),
    })
  } finally {
    delete process.env.DATABASE_URL
  }
}, 120_000)
