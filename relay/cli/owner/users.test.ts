import { afterAll, beforeAll, expect, test } from "vitest"
import { browser } from "../../testing/opened-app.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const run = (...words: string[]) => owner.run("users", ...words)

test("people are invited, listed, changed and ended from the command line", async () => {
  expect(await run("invite", "--name", "Zoe", "--role", "viewer")).toMatchObject({
    code: 1,
    err: expect.stringContaining("No relay runs on this folder."),
  })
  expect((await owner.run("accounts", "add", "--name", "play", "--venue", "practice", "--mode", "paper")).code).toBe(0)
  const relay = await owner.start()
  const invited = await run("invite", "--name", "Zoe", "--role", "viewer", "--account", "play", "--json")
  const { url } = JSON.parse(invited.out) as { url: string }
  expect((await run("list")).out).toMatch(/owner {3}Owner\n.*viewer {2}invited, until .* Zoe\n/)
  const body = { token: url.split("#pair=")[1], name: "Phone", publicKey: browser().publicKey }
  const headers = { "content-type": "application/json" }
  const paired = await fetch(`${relay.url}/api/pair`, { method: "POST", headers, body: JSON.stringify(body) })
  expect(paired.status).toBe(201)
  expect((await run("role", "Zoe", "--role", "trader")).out).toBe("Zoe is trader now.\n")
  const { people } = JSON.parse((await run("list", "--json")).out) as { people: { name: string; role: string }[] }
  expect(people).toMatchObject([
    { name: "Owner", role: "owner" },
    { name: "Zoe", role: "trader" },
  ])
  expect(await run("end", "owner")).toMatchObject({ code: 1, err: expect.stringContaining("stays an owner") })
  expect(await run("end", "Zoe")).toMatchObject({ code: 0, out: "Zoe comes in no more.\n" })
  expect(await run("end", "Zoe")).toMatchObject({ code: 1, err: expect.stringContaining("Nobody here is called") })
  await relay.stop()
  expect((await owner.run("audit", "verify")).code).toBe(0)
  expect((await run("invite", "--name", "A", "--role", "king")).err).toContain("--role is viewer or trader or owner")
})
