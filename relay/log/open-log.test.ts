import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand } from "../cli/testing/built-command.ts"
import { announcedRelay } from "../store/running-relay.ts"

// The command itself, with a program that reads what it logs.

const patience = { timeout: 30_000, interval: 50 }
let home: string
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), "candlewright-log-"))))
afterAll(() => rm(home, { recursive: true }))

async function serve(name: string, environment: Record<string, string>) {
  const data = join(home, name)
  const env = { ...process.env, HOME: home, PORT: "0", CANDLEWRIGHT_DATA: data, ...environment }
  const child = spawn(process.execPath, [await builtCommand(), "serve"], { env, stdio: ["ignore", "pipe", "pipe"] })
  const [out, err, ended] = [text(child.stdout), text(child.stderr), once(child, "exit")]
  const url = async () => {
    await expect.poll(() => announcedRelay(data), patience).toBeDefined()
    return `http://localhost:${(await announcedRelay(data))!.port}`
  }
  const end = async () => {
    child.kill("SIGTERM")
    await ended
    return { out: await out, lines: linesOf(await err) }
  }
  return { url, end, whole: async () => ({ code: ((await ended) as [number])[0], err: await err }) }
}

const linesOf = (said: string) =>
  said.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]))

test("a program that reads the log finds each request by the id of its answer; the person's sentences stay where they were", async () => {
  const relay = await serve("unasked", {})
  const url = await relay.url()
  await fetch(`${url}/api/health`)
  const refused = await fetch(`${url}/api/bots?token=cw_secret`, { headers: { authorization: "Bearer cw_secret" } })
  const { out, lines } = await relay.end()
  expect(out).toContain(`Candlewright is running at ${url}`)
  const requestId = refused.headers.get("x-request-id")
  expect(lines).toEqual([
    expect.objectContaining({
      level: "info",
      requestId,
      route: "GET /api/bots",
      status: 401,
      message: "GET /api/bots 401",
    }),
  ])
  expect(JSON.stringify(lines)).not.toContain("cw_secret")
})

test("asked for by name the log has the sentences as well, and nothing else is printed", async () => {
  const relay = await serve("asked", { CANDLEWRIGHT_LOG: "google" })
  const url = await relay.url()
  const { out, lines } = await relay.end()
  expect(out).toBe("")
  expect(lines).toContainEqual(
    expect.objectContaining({ severity: "INFO", message: `Candlewright is running at ${url}` }),
  )
})

test("a form that there is not is refused in a sentence before anything is opened", async () => {
  const { code, err } = await (await serve("strange", { CANDLEWRIGHT_LOG: "xml" })).whole()
  expect(code).toBe(1)
  expect(err).toBe('CANDLEWRIGHT_LOG is "xml". It is one of plain, json, google.\n')
})
