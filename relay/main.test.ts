import { once } from "node:events"
import { spawn } from "node:child_process"
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { answerWith, listenLocally } from "./door/listener.ts"
import { builtRelay } from "./cli/testing/built-command.ts"
import { startRelay, type Relay, type RelayOptions } from "./main.ts"
import { announcedRelay } from "./store/running-relay.ts"

let home: string
let started: Relay[]
let printed: string[]

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-relay-"))
  await mkdir(join(home, "web"))
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  started = []
  printed = []
})

afterEach(async () => {
  await Promise.all(started.map((relay) => relay.stop()))
  await rm(home, { recursive: true })
})

async function start(options: RelayOptions = {}) {
  const print = (line: string) => printed.push(line)
  const relay = await startRelay({
    port: 0,
    dataDir: join(home, "data"),
    webDir: join(home, "web"),
    practice: false,
    print,
    ...options,
  })
  started.push(relay)
  return relay
}

/** Sends bytes unchanged, because fetch would repair what we want to break; resolves to the whole answer. */
function sendRaw(port: number, text: string, host = "127.0.0.1"): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(text))
    let answer = ""
    socket
      .on("data", (bytes) => (answer += bytes.toString()))
      .on("end", () => resolve(answer))
      .on("error", reject)
  })
}

const get = (port: number, path: string, lines = "") =>
  `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n${lines}\r\n`

test("the app is served at exactly the one address that was printed", async () => {
  const relay = await start()
  expect(printed).toEqual([
    `Candlewright is running at ${relay.url}`,
    `To let a browser in, within two minutes and once: ${relay.pairingLink}`,
  ])
  expect(relay.pairingLink).toMatch(/^http:\/\/localhost:\d+\/#pair=[\w-]{43}$/)
  expect(await (await fetch(relay.url)).text()).toBe("<html>the app</html>")
})

test("nobody but this computer can connect", async () => {
  const { port } = await start()
  expect(await sendRaw(port, get(port, "/api/health"))).toContain('"status":"ok"')
  // 127.0.0.2 is this machine as well, but not an address we listen on; a wildcard listener would answer.
  const answer = await sendRaw(port, get(port, "/"), "127.0.0.2").catch((error: NodeJS.ErrnoException) => error.code)
  // macOS gives itself no 127.0.0.2 at all.
  expect(["ECONNREFUSED", "EADDRNOTAVAIL", "ETIMEDOUT"]).toContain(answer)
})

test("a taken port is named in a sentence and the next free one is used", async () => {
  const first = await start()
  const second = await start({ port: first.port, dataDir: join(home, "other") })
  expect(second.port).toBeGreaterThan(first.port)
  expect(printed.slice(2)).toEqual([
    `Port ${first.port} is taken, so Candlewright uses ${second.port}.`,
    `Candlewright is running at ${second.url}`,
    expect.stringContaining(second.pairingLink),
  ])
  expect((await fetch(`${second.url}/api/health`)).status).toBe(200)
})

test("a port that another program holds only on ::1 counts as taken, since localhost may lead there", async (context) => {
  const other = createServer()
  const held = await new Promise<boolean>((resolve) =>
    other.once("error", () => resolve(false)).listen(0, "::1", () => resolve(true)),
  )
  if (!held) return context.skip("this machine has no IPv6")
  const { port } = other.address() as AddressInfo
  expect((await start({ port })).port).toBeGreaterThan(port)
  other.close()
})

test("a WebSocket from a foreign page is refused before any handshake", async () => {
  const { port } = await start()
  const upgrade = "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
  const shake = (host: string, origin: string) =>
    sendRaw(
      port,
      `GET /api/live HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\n${upgrade}Origin: ${origin}\r\n\r\n`,
    )
  expect(await shake(`localhost:${port}`, "https://evil.example")).toMatch(/^HTTP\/1.1 403 /)
  expect(await shake("evil.example", "http://evil.example")).toMatch(/^HTTP\/1.1 421 /)
  expect(await shake(`localhost:${port}`, `http://localhost:${port}`)).toMatch(/^HTTP\/1.1 401 /)
})

test("paths that climb are not resolved against the disk", async () => {
  const { port } = await start()
  await writeFile(join(home, "secret.txt"), "secret")
  for (const path of ["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/..\\secret.txt"]) {
    expect(await sendRaw(port, get(port, path)), path).toMatch(/^HTTP\/1.1 40[04] /)
  }
})

test("headers over 16 KiB are refused", async () => {
  const { port } = await start()
  expect(await sendRaw(port, get(port, "/", `X-Long: ${"x".repeat(17 * 1024)}\r\n`))).toMatch(/^HTTP\/1.1 431 /)
})

test("a body must say how long it is, and one too long is not read", async () => {
  const { port } = await start()
  const send = (method: string, lines: string) =>
    sendRaw(
      port,
      `${method} /api/nothing HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\nContent-Type: application/json\r\n${lines}`,
    )
  expect(await send("POST", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")).toMatch(/^HTTP\/1.1 411 /)
  expect(await send("POST", "Content-Length: 300000\r\n\r\n{}")).toMatch(/^HTTP\/1.1 413 /)
  expect(await send("POST", "Content-Length: 2\r\n\r\n{}")).toMatch(/^HTTP\/1.1 404 /)
  expect(await send("DELETE", "\r\n")).toMatch(/^HTTP\/1.1 404 /)
})

test("a request that is not HTTP costs nothing but its connection", async () => {
  const relay = await start()
  expect(await sendRaw(relay.port, "\u0000\u0001 what\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /)
  expect((await fetch(`${relay.url}/api/health`)).status).toBe(200)
})

test("the data directory belongs to its owner alone, and one that others can open is refused", async () => {
  await start()
  const data = join(home, "data")
  expect((await stat(data)).mode & 0o777).toBe(0o700)
  await started.pop()!.stop()
  await chmod(data, 0o750)
  await expect(start()).rejects.toThrow(
    `Other people on this computer can open ${data}. Run "chmod 700 ${data}" and start again.`,
  )
})

test("a second relay on one data directory is refused and led to the first, and the first goes on", async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(
    `already runs on ${join(home, "data")} at ${first.url} (process ${process.pid})`,
  )
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200)
  await first.stop()
  await start()
})

test("a data directory that cannot be made is named", async () => {
  const file = join(home, "file")
  await writeFile(file, "")
  await expect(start({ dataDir: join(file, "data") })).rejects.toThrow(
    `Candlewright cannot keep its data: There is no file "${join(file, "data")}": a part of its path is a file`,
  )
})

test("two relays in one process stop independently and free their ports", async () => {
  const [one, two] = [await start(), await start({ dataDir: join(home, "other") })]
  await one.stop()
  await one.stopped
  await expect(fetch(one.url)).rejects.toThrow("fetch failed")
  expect((await fetch(two.url)).status).toBe(200)
  expect((await start({ port: one.port })).port).toBe(one.port)
})

const starter = async () =>
  `import(${JSON.stringify(await builtRelay())}).then(({ startRelay }) => startRelay({ webDir: process.env.WEB }))`

async function startProcess(environment: Record<string, string>) {
  const env = { ...process.env, CANDLEWRIGHT_DATA: join(home, "data"), WEB: join(home, "web"), ...environment }
  const relay = spawn(process.execPath, ["--eval", await starter()], { env })
  let output = ""
  const collect = (bytes: Buffer) => (output += bytes.toString())
  relay.stdout.on("data", collect)
  relay.stderr.on("data", collect)
  const ended = new Promise<number | null>((resolve) => relay.once("exit", (code) => resolve(code)))
  const says = async (text: string) => {
    while (!output.includes(text) && relay.exitCode === null)
      await Promise.race([once(relay.stdout, "data"), once(relay.stderr, "data"), ended])
    return output
  }
  return { relay, ended, says }
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends the process cleanly, also while a browser keeps a connection open",
  async (signal) => {
    const { relay, ended, says } = await startProcess({ PORT: "0" })
    const output = await says("http://localhost:")
    const port = Number(/localhost:(\d+)/.exec(output)?.[1])
    const idle = connect(port, "127.0.0.1")
    await new Promise((resolve) => idle.once("connect", resolve))
    const closed = new Promise((resolve) => idle.once("close", resolve))
    relay.kill(signal)
    expect(await ended).toBe(0)
    await closed
  },
)

test("SIGTERM ends the process within two seconds, though a stream is open and requests have come half", async () => {
  const { relay, ended, says } = await startProcess({ PORT: "0" })
  const port = Number(/localhost:(\d+)/.exec(await says("To let a browser in"))?.[1])
  const { token } = (await announcedRelay(join(home, "data")))!
  const authorization = `Bearer ${token}`
  const stream = await fetch(`http://localhost:${port}/api/events`, { headers: { authorization } })
  expect(stream.status).toBe(200)
  const lines = `Host: localhost:${port}\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`
  const halves = [
    "GET /api/accounts HTTP/1.1\r\nHost: lo",
    `POST /api/accounts HTTP/1.1\r\n${lines}Content-Length: 99\r\n\r\n{`,
  ]
  for (const half of halves) {
    const socket = connect(port, "127.0.0.1")
    socket.on("error", () => {}).write(half)
    await once(socket, "connect")
  }
  const giveUp = new Promise((resolve) => setTimeout(resolve, 2_000, "still running"))
  await fetch(`http://localhost:${port}/api/health`)
  relay.kill("SIGTERM")
  expect(await Promise.race([ended, giveUp])).toBe(0)
})

test.each([-1, 65_536, 100_000, 80.5, Number.NaN])(
  "%d is no port, and the sentence names those there are",
  async (port) => {
    await expect(listenLocally(port)).rejects.toThrow(/no port number\. Use a whole number from 1024 to 65535/)
  },
)

test("a request that comes before anything can answer is answered as soon as it can, none hangs", async () => {
  const listener = await listenLocally(0)
  const early = Array.from({ length: 3 }, () => fetch(`http://localhost:${listener.port}/`))
  await expect.poll(() => listener.early.count).toBe(3)
  answerWith(
    listener,
    (_request, response) => void response.end("here"),
    (bug) => expect(bug).toBeUndefined(),
  )
  expect(await Promise.all(early.map(async (one) => (await one).text()))).toEqual(["here", "here", "here"])
  expect(await (await fetch(`http://localhost:${listener.port}/`)).text()).toBe("here")
  await listener.close()
})

test("a PORT that is not a number is refused with a sentence", async () => {
  const { ended, says } = await startProcess({ PORT: "http" })
  expect(await says('PORT is "http", which is no port number.')).toContain("such as 8787")
  expect(await ended).toBe(1)
})

test("without its passphrase the relay boots locked, says so, and everything but keys works", async () => {
  const { says, relay, ended } = await startProcess({
    PORT: "0",
    CANDLEWRIGHT_PASSPHRASE_FILE: join(home, "passphrase"),
  })
  const output = await says("To let a browser in")
  expect(output).toContain(`The keys are locked: the passphrase file ${join(home, "passphrase")} is not there.`)
  const address = `http://localhost:${/localhost:(\d+)/.exec(output)?.[1]}`
  expect(await (await fetch(`${address}/api/health`)).json()).toMatchObject({
    status: "locked",
    checks: { database: "ok", keys: "locked" },
  })
  const { token } = (await announcedRelay(join(home, "data")))!
  const added = await fetch(`${address}/api/accounts`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "paper", venue: "practice", mode: "paper" }),
  })
  expect(added.status).toBe(201)
  relay.kill("SIGTERM")
  expect(await ended).toBe(0)
})
