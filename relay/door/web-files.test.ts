import { appendFileSync, statSync } from "node:fs"
import { appendFile, mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { Hono } from "hono"
import { realSurroundings } from "../surroundings.ts"
import { serveWebFiles, webFilesIn } from "./web-files.ts"

let folder: string
let app: Hono

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-files-"))
  await mkdir(join(folder, "assets"))
  await put("index.html", "<html>one</html>")
  await put("assets/a-1.js", "one".repeat(50_000))
  app = new Hono().use(serveWebFiles(await webFilesIn(folder, realSurroundings())))
})

afterEach(() => rm(folder, { recursive: true }))

/** Writes a file with the age of a build some minutes ago. */
async function put(name: string, text: string, minutesAgo = 5) {
  const path = join(folder, name)
  await writeFile(path, text)
  const time = Date.now() / 1000 - minutesAgo * 60
  await utimes(path, time, time)
}

async function get(address: string, headers: Record<string, string> = {}) {
  const answer = await app.request(address, { headers: { accept: "text/html", ...headers } })
  return { status: answer.status, length: Number(answer.headers.get("content-length")), text: await answer.text() }
}

test("a file rewritten while it is served goes out in its new form, whole, longer or shorter", async () => {
  expect((await get("/assets/a-1.js")).text).toBe("one".repeat(50_000))
  for (const text of ["two".repeat(90_000), "3", "", "four".repeat(10)]) {
    await put("assets/a-1.js", text, 4)
    const { status, length, text: sent } = await get("/assets/a-1.js")
    expect([status, length, sent === text]).toEqual([200, text.length, true])
  }
})

test("a file that is still being written is served once it is complete", async () => {
  const path = join(folder, "assets/a-1.js")
  await writeFile(path, "half")
  const asked = get("/assets/a-1.js")
  await appendFile(path, " and half")
  expect(await asked).toMatchObject({ status: 200, text: "half and half" })
})

test("a file that never comes to rest is not there, rather than cut and kept for a year", async () => {
  const path = join(folder, "assets/a-1.js")
  let looks = 0
  // Whenever it is looked at, somebody has written it just now.
  const time = {
    nowMs: () => statSync(path).mtimeMs,
    after: (_: number, act: () => void) => {
      appendFileSync(path, "x")
      looks++
      queueMicrotask(act)
      return () => undefined
    },
  }
  app = new Hono().use(serveWebFiles(await webFilesIn(folder, time)))
  expect((await get("/assets/a-1.js", { accept: "*/*" })).status).toBe(404)
  expect(looks).toBeGreaterThan(1)
})

test("what another build puts there is found, what it takes away is gone", async () => {
  expect((await get("/assets/b-2.js", { accept: "*/*" })).status).toBe(404)
  await put("assets/b-2.js", "b")
  await rename(join(folder, "assets/a-1.js"), join(folder, "assets/c-3.js"))
  await expect.poll(async () => (await get("/assets/b-2.js", { accept: "*/*" })).text, { timeout: 5_000 }).toBe("b")
  expect((await get("/assets/a-1.js", { accept: "*/*" })).status).toBe(404)
  await expect.poll(async () => (await get("/assets/c-3.js", { accept: "*/*" })).status, { timeout: 5_000 }).toBe(200)
})

test("the packed twin of an earlier build is not sent in place of the new page", async () => {
  await put("index.html.gz", "packed one", 5)
  app = new Hono().use(serveWebFiles(await webFilesIn(folder, realSurroundings())))
  const packed = { "accept-encoding": "gzip" }
  expect((await get("/", packed)).text).toBe("packed one")
  await put("index.html", "<html>two</html>", 1)
  expect((await get("/", packed)).text).toBe("<html>two</html>")
})

test("however many ask, they share one copy of a file", async () => {
  const files = await webFilesIn(folder, realSurroundings())
  const answers = await Promise.all(Array.from({ length: 50 }, () => files.read("/assets/a-1.js")))
  expect(new Set(answers.map((file) => file!.contents.buffer)).size).toBe(1)
})
