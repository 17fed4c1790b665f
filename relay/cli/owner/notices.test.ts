import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
let hook: Server
const heard: string[] = []

beforeAll(async () => {
  owner = await ownerCommand()
  hook = createServer((request, answer) => {
    request.on("data", (piece) => heard.push(String(piece)))
    request.on("end", () => answer.end("{}"))
  })
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve))
})
afterAll(async () => {
  hook.close()
  await owner.remove()
})

const notices = (...words: string[]) => owner.run("notices", ...words)

test("a webhook is added, tried, listed and removed by its name; its secret is shown once", async () => {
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/secret-path`
  const added = await notices("add", "webhook", "--name", "desk", "--url", url, "--local", "--trades", "--json")
  const { id, secret } = JSON.parse(added.out) as { id: string; secret: string }
  expect(secret).toMatch(/^[\w-]{40,}$/)
  expect(await notices("test", "desk")).toMatchObject({ code: 0, out: "The message was taken.\n" })
  expect(heard.join()).toContain("Candlewright: a test. Notices arrive here.")
  const { out } = await notices("list")
  expect(out).toMatch(new RegExp(`^${id}  webhook 127\\.0\\.0\\.1:\\d+, problems and trades, last sent .*  desk$`, "m"))
  expect(out).not.toMatch(new RegExp(`${secret}|secret-path`))
  expect(JSON.parse((await notices("remove", "desk", "--json")).out)).toEqual({ id, removed: true })
  expect((await notices("list")).out).toContain("Notices go nowhere yet")
}, 60_000)

test("a Telegram chat's token comes from a file; what is wrong is said with its place and adds nothing", async () => {
  const file = join(owner.data, "..", "token.txt")
  await writeFile(file, `123456:${"A".repeat(35)}\n`)
  const added = await notices("add", "telegram", "--name", "phone", "--chat", "12345", "--token-file", file)
  expect(added).toMatchObject({ code: 0, out: expect.not.stringContaining("AAAA") })
  await writeFile(file, "no token")
  const wrong = await notices("add", "telegram", "--name", "second", "--chat", "12345", "--token-file", file, "--json")
  expect(wrong.code).toBe(1)
  expect(JSON.parse(wrong.out)).toMatchObject({ code: "not-valid", field: "botToken" })
  const { items } = JSON.parse((await notices("list", "--json")).out) as { items: { name: string }[] }
  expect(items.map(({ name }) => name)).toEqual(["phone"])
  expect(await notices("test", "nobody")).toMatchObject({ code: 1, err: 'Notices go to nothing called "nobody".\n' })
  expect(await notices("add", "pigeon", "--name", "x")).toMatchObject({ code: 2 })
}, 60_000)
