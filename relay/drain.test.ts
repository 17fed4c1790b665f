import { once } from "node:events"
import { spawn } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { builtRelay } from "./cli/testing/built-command.ts"
import { drainMsFrom } from "./drain.ts"
import { announcedRelay } from "./store/running-relay.ts"

// The real process, asked to stop while somebody listens and somebody waits.

const patience = { timeout: 30_000, interval: 20 }
let home: string
let exchange: Server
let waiting: ServerResponse[]
let children: ReturnType<typeof spawn>[]

beforeAll(async () => {
  exchange = createServer((_request, response) => void waiting.push(response)).listen(0, "127.0.0.1")
  await once(exchange, "listening")
})
afterAll(() => exchange.close())

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-drain-"))
  await mkdir(join(home, "web"))
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  waiting = []
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL")
  await rm(home, { recursive: true })
})

async function start(environment: Record<string, string> = {}) {
  const place = `127.0.0.1:${(exchange.address() as AddressInfo).port}`
  const env = {
    ...process.env,
    HOME: home,
    PORT: "0",
    CANDLEWRIGHT_DATA: join(home, "data"),
    CANDLEWRIGHT_VENUES: JSON.stringify({ binance: { rest: `http://${place}`, stream: `ws://${place}` } }),
    ...environment,
  }
  const options = `{ webDir: ${JSON.stringify(join(home, "web"))}, practice: false }`
  const script = `import(${JSON.stringify(await builtRelay())}).then(({ startRelay }) => startRelay(${options})).then(({ stopped }) => stopped).then(() => process.exit(0))`
  const child = spawn(process.execPath, ["--eval", script], { env, stdio: ["ignore", "pipe", "inherit"] })
  children.push(child)
  const ended = once(child, "exit") as Promise<[code: number | null, signal: string | null]>
  await once(child.stdout, "data")
  await expect.poll(() => announcedRelay(join(home, "data")), patience).toBeDefined()
  const { port, token } = (await announcedRelay(join(home, "data")))!
  const get = (path: string) =>
    fetch(`http://localhost:${port}/api${path}`, { headers: { authorization: `Bearer ${token}` } })
  const readiness = async () => {
    const answer = await get("/health/ready")
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  return { child, ended, get, readiness }
}

/** Reads an answer to its end; throws where it breaks off. */
async function wholeOf(answer: Response): Promise<string> {
  const texts: string[] = []
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) texts.push(piece)
  return texts.join("")
}

test("a relay asked to stop says at once that requests go elsewhere and answers those that still come; a second signal ends it at once", async () => {
  const { child, ended, get, readiness } = await start({ CANDLEWRIGHT_DRAIN_SECONDS: "120" })
  await expect.poll(readiness, patience).toEqual({ status: 200, ready: true })
  child.kill("SIGTERM")
  const stopping = { status: 503, error: "The relay stops.", missing: ["The relay stops."] }
  await expect.poll(readiness, patience).toMatchObject(stopping)
  expect(await (await get("/health/live")).json()).toMatchObject({ live: true })
  expect((await get("/bots")).status).toBe(200)
  child.kill("SIGTERM")
  expect(await ended).toEqual([null, "SIGTERM"])
})

test("when it has let requests go elsewhere, a stream of events ends whole and the relay by itself", async () => {
  const { child, ended, get } = await start({ CANDLEWRIGHT_DRAIN_SECONDS: "1" })
  const events = wholeOf(await get("/events"))
  child.kill("SIGTERM")
  expect(await events).toMatch(/^retry: \d+\nid: \d+\n\n(: nothing happened\n\n)?$/)
  expect(await ended).toEqual([0, null])
})

test("a request that waits for an exchange when the relay is asked to stop is answered", async () => {
  const { child, ended, get } = await start()
  const asked = get("/md/binance/api/v3/time")
  await expect.poll(() => waiting.length, patience).toBe(1)
  child.kill("SIGTERM")
  await expect.poll(() => get("/health/live").catch(() => "closed"), patience).toBe("closed")
  waiting[0].setHeader("content-type", "application/json").end('{"serverTime":1}')
  expect(await (await asked).json()).toEqual({ serverTime: 1 })
  expect(await ended).toEqual([0, null])
})

test("how long it goes on answering is a whole number of seconds", () => {
  expect(drainMsFrom(undefined)).toBe(0)
  expect(drainMsFrom("15")).toBe(15_000)
  for (const text of ["-1", "121", "1e1", "soon", "1.5"])
    expect(() => drainMsFrom(text), text).toThrow(/CANDLEWRIGHT_DRAIN_SECONDS is/)
})
