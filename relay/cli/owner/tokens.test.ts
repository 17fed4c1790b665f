import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Relay } from "../../main.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const run = (...words: string[]) => owner.run(...words)

async function statusWith(relay: Relay, token: string): Promise<number> {
  return (await fetch(`${relay.url}/api/tokens`, { headers: { authorization: `Bearer ${token}` } })).status
}

test("tokens are made, listed and ended with the relay stopped or running, and count at once", async () => {
  const made = JSON.parse(
    (await run("tokens", "create", "--name", "ops", "--scope", "admin", "--expires", "30d", "--json")).out,
  ) as { id: string; token: string }
  expect(Object.keys(made)).toEqual(["id", "token"])
  const relay = await owner.start()
  expect(await statusWith(relay, made.token)).toBe(200)
  const second = JSON.parse((await run("tokens", "create", "--name", "two", "--scope", "read", "--json")).out) as {
    id: string
    token: string
  }
  expect(await statusWith(relay, second.token)).toBe(403)
  const listed = JSON.parse((await run("tokens", "list", "--json")).out) as {
    items: { name: string; expiresMs: number | null }[]
  }
  expect(listed.items.map(({ name }) => name).toSorted()).toEqual(["ops", "two"])
  expect(await run("tokens", "revoke", made.id)).toMatchObject({ code: 0, out: `Token ${made.id} is ended.\n` })
  expect(await statusWith(relay, made.token)).toBe(401)
  const pair = JSON.parse((await run("pair", "--json")).out) as { url: string }
  expect(pair.url).toMatch(new RegExp(`^${relay.url}/#pair=[\\w-]{43}$`))
  await relay.stop()
  expect(await run("tokens", "revoke", made.id)).toEqual({ code: 1, out: "", err: "There is no such token.\n" })
  expect((await run("tokens", "list")).out).toContain("two")
  expect(await run("pair")).toMatchObject({ code: 1, err: expect.stringContaining("No relay runs on this folder.") })
  const kept = await Promise.all(
    ["relay.db", "relay.db-wal"].map((name) => readFile(join(owner.data, name)).catch(() => Buffer.of())),
  )
  for (const secret of [made.token, second.token].map((token) => token.split("_").slice(2).join("_")))
    expect(Buffer.concat(kept).includes(secret)).toBe(false)
})

test("words that are not understood, or refused by the relay, end with a sentence", async () => {
  const why = async (...words: string[]) => {
    const { code, err } = await run("tokens", ...words)
    return [code, err.split("\n")[0]]
  }
  expect((await run("tokens")).err.split("\n")[0]).toContain("tokens is followed by create, list, revoke")
  expect(await why("create", "--name", "a")).toEqual([2, "candlewright tokens: --scope is needed."])
  expect(await why("create", "--name", "a", "--scope", "root")).toEqual([
    2,
    'candlewright tokens: --scope is research or read or trade or admin, not "root".',
  ])
  expect(await why("create", "--name", "a", "--scope", "read", "--expires", "soon")).toEqual([
    2,
    'candlewright tokens: --expires takes a length such as 30d, 12h or 90m, not "soon".',
  ])
  expect(await why("create", "--name", " ", "--scope", "read")).toEqual([1, expect.stringContaining("name:")])
  expect(await why("revoke", "../x")).toEqual([1, "There is no such token."])
})
