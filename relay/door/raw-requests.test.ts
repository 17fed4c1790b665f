import { readdirSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Relay, startRelay } from "../main.ts"

// Whatever a stranger sends over raw sockets, the relay keeps running, has no bug, and leaks nothing.

const TAKEN_AFTER_MS = 250
let home: string
let venue: Server
let relay: Relay
const bugs: unknown[] = []
const loose: unknown[] = []
const remember = (error: unknown) => void loose.push(error)

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-raw-"))
  await mkdir(join(home, "web/assets"), { recursive: true })
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  await writeFile(join(home, "web/assets/large.js"), "x".repeat(300_000))
  venue = createServer(strangeVenue)
  await new Promise<void>((resolve) => venue.listen(0, "127.0.0.1", resolve))
  const { port } = venue.address() as AddressInfo
  process.env.CANDLEWRIGHT_VENUES = JSON.stringify({
    binance: { rest: `http://127.0.0.1:${port}`, stream: `ws://127.0.0.1:${port}` },
  })
  relay = await startRelay({
    port: 0,
    dataDir: join(home, "data"),
    webDir: join(home, "web"),
    practice: false,
    print: () => {},
    onBug: (error) => bugs.push(error),
  })
  delete process.env.CANDLEWRIGHT_VENUES
  process.on("unhandledRejection", remember).on("uncaughtException", remember)
})

afterAll(async () => {
  process.off("unhandledRejection", remember).off("uncaughtException", remember)
  await relay.stop()
  venue.close()
  await rm(home, { recursive: true })
})

let answers: string[] = []

/** An exchange that answers every connection with the next of `answers`, as raw bytes. */
function strangeVenue(socket: Socket): void {
  socket.on("error", () => {}).once("data", () => socket.end(answers.shift() ?? ""))
}

type Sent = { pieces: string[]; ending: "wait" | "half" | "reset" }

/** Sends the pieces one after the other, ends as specified, and returns the answer. */
function send({ pieces, ending }: Sent): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: relay.port, host: "127.0.0.1", allowHalfOpen: true })
    let heard = ""
    const done = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(heard)
    }
    const timer = setTimeout(done, TAKEN_AFTER_MS)
    socket
      .on("connect", async () => {
        for (const piece of pieces) {
          socket.write(piece)
          if (pieces.length > 1) await new Promise((next) => setImmediate(next))
        }
        if (ending === "half") socket.end()
        if (ending === "reset") socket.resetAndDestroy()
      })
      .on("data", (bytes) => (heard += bytes.toString("latin1")))
      .on("end", done)
      .on("close", done)
      .on("error", done)
  })
}

const odd = fc.constantFrom(
  "//",
  "//[",
  "http://[",
  "http://",
  "http://localhost",
  "*",
  "",
  "/%",
  "/%zz",
  "/%25zz",
  "/%00",
  "/\u00ff",
  "?",
  "#",
  "/..",
  "/../../etc/passwd",
  "/\\evil",
  "[::1]:80",
  "localhost:443",
  "ws://x/",
  "javascript:1",
  "__proto__",
)
const anyText = fc.string({ unit: "binary-ascii", maxLength: 30 })
const segment = fc.oneof(odd, anyText, fc.constantFrom("api", "md", "binance", "practice", "stream", "ws", "health"))
const target = fc.oneof(
  { arbitrary: odd, weight: 4 },
  anyText.map((text) => `/${text}`),
  fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`),
  fc
    .tuple(
      fc.constantFrom(
        "/api/md/binance/stream/stream?streams=",
        "/api/md/binance/stream/ws/",
        "/api/md/binance/api/v3/klines?",
      ),
      segment,
    )
    .map(([path, rest]) => path + rest),
  fc.constantFrom("/", "/api/health", "/assets/large.js", "/api/md/venues", "/api/md/binance/api/v3/time"),
  fc.integer({ min: 1, max: 30_000 }).map((length) => `/${"a".repeat(length)}`),
)
const method = fc.oneof(
  fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "CONNECT", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND"),
  fc.constantFrom("toString", "__proto__", "GET\t", "G E T", ""),
)
const host = fc.oneof(
  fc.constantFrom(() => `localhost:${relay.port}`),
  fc.constantFrom(() => `localhost:${relay.port}`),
  fc.constantFrom(() => `127.0.0.1:${relay.port}`),
  odd.map((text) => () => text),
  anyText.map((text) => () => text),
)
const header = fc.oneof(
  fc.constantFrom(
    "Upgrade: websocket\r\nConnection: Upgrade",
    "Upgrade: h2c\r\nConnection: Upgrade",
    "Connection: close",
    "Connection: keep-alive",
    "Content-Length: 5",
    "Content-Length: -1",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Content-Type: application/json",
    "Expect: 100-continue",
    "Origin: https://evil.example",
    "Origin: null",
    "Accept: text/html",
    "Accept-Encoding: br;q=0, gzip;;;, ,",
    "If-None-Match: *",
    "Range: bytes=0-1",
    "Sec-Fetch-Mode: navigate",
    "Sec-WebSocket-Protocol: \u00ff",
    "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
  ),
  fc.tuple(anyText, anyText).map(([name, value]) => `${name}: ${value}`),
  fc.integer({ min: 1, max: 2_500 }).map((count) => Array.from({ length: count }, (_, n) => `x${n}: 1`).join("\r\n")),
  fc.integer({ min: 1, max: 20_000 }).map((length) => `X-Long: ${"x".repeat(length)}`),
)
const websocket =
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
/** Requests that pass the guards, so that the code behind them sees strange addresses too. */
const invited: fc.Arbitrary<() => string> = fc
  .tuple(target, fc.boolean(), fc.array(header, { maxLength: 1 }))
  .map(([address, isUpgrade, more]) => () => {
    const lines = [
      `GET ${address} HTTP/1.1`,
      `Host: localhost:${relay.port}`,
      ...(isUpgrade ? [websocket] : []),
      ...more,
    ]
    return `${lines.join("\r\n")}\r\n\r\n`
  })
const stranger: fc.Arbitrary<() => string> = fc
  .record({
    method,
    target,
    version: fc.constantFrom("1.1", "1.1", "1.1", "1.0", "0.9", "2.0"),
    host,
    headers: fc.array(header, { maxLength: 4 }),
    body: fc.oneof(fc.constant(""), anyText, fc.constant("5\r\nhello\r\n0\r\n\r\n")),
  })
  .map((parts) => () => {
    const lines = [`${parts.method} ${parts.target} HTTP/${parts.version}`, `Host: ${parts.host()}`, ...parts.headers]
    return `${lines.join("\r\n")}\r\n\r\n${parts.body}`
  })
const requests: fc.Arbitrary<(() => string)[]> = fc.oneof(
  fc.array(invited, { minLength: 1, maxLength: 1 }),
  fc.array(fc.oneof(invited, stranger), { minLength: 1, maxLength: 6 }),
)
const wire = fc
  .record({
    requests,
    cutAt: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 1 }),
    inPieces: fc.boolean(),
    ending: fc.constantFrom("wait", "wait", "half", "reset"),
    answers: fc.array(
      fc.oneof(
        fc.constantFrom(
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\n\r\n",
          "HTTP/1.1 600 What\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}",
          "HTTP/1.1 199 Early\r\n\r\n",
          "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
          "HTTP/1.1 302 Found\r\nLocation: //[\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 429 No\r\nRetry-After: \u00ff\u0001\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\nnot packed",
          "\u0000\u0001\u0002",
          "",
        ),
        fc.integer({ min: 0, max: 999 }).map((status) => `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`),
      ),
      { maxLength: 4 },
    ),
  })
  .map(({ requests: asked, cutAt, inPieces, ending, answers: venueAnswers }) => () => {
    answers = [...venueAnswers]
    const text = asked.map((one) => one()).join("")
    const cut = cutAt === undefined ? text : text.slice(0, Math.floor(text.length * cutAt))
    const pieces = inPieces ? (cut.match(/[\s\S]{1,400}/g) ?? [""]).slice(0, 40) : [cut]
    return { pieces, ending } as Sent
  })

/** On a connection of its own, closed after the answer: none is left to be counted. */
const health = () => `GET /api/health HTTP/1.1\r\nHost: localhost:${relay.port}\r\nConnection: close\r\n\r\n`

test("whatever comes over raw sockets, the relay answers health and throws nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wire, { minLength: 1, maxLength: 8 }), async (wires) => {
      await Promise.all(wires.map((one) => send(one())))
      expect([bugs, loose]).toEqual([[], []])
      expect(await send({ pieces: [health()], ending: "wait" })).toMatch(/^HTTP\/1\.1 200 /)
    }),
    { numRuns: 200 },
  )
}, 300_000)

test("an address that does not parse is refused with an HTTP status, as a request and as an upgrade", async () => {
  for (const address of ["//", "//[", "http://[", "*", "/api/md/binance/stream/stream?streams=%25zz"])
    for (const lines of ["Connection: close\r\n", `${websocket}\r\n`]) {
      const text = `GET ${address} HTTP/1.1\r\nHost: localhost:${relay.port}\r\n${lines}\r\n`
      expect(await send({ pieces: [text], ending: "wait" }), address).toMatch(/^HTTP\/1\.1 (400|404|421) /)
    }
  expect([bugs, loose]).toEqual([[], []])
})

test("no stranger leaves a descriptor behind, however the connections end", async (context) => {
  const open = () => readdirSync("/proc/self/fd").length
  try {
    open()
  } catch {
    return context.skip("descriptors cannot be counted on this system")
  }
  const ask = `GET /assets/large.js HTTP/1.1\r\nHost: localhost:${relay.port}\r\n\r\n`
  const upgrade = `GET /nowhere HTTP/1.1\r\nHost: localhost:${relay.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`
  const round = () =>
    Promise.all(
      (["wait", "half", "reset"] as const).flatMap((ending) => [
        send({ pieces: [ask.repeat(40)], ending }),
        send({ pieces: [upgrade], ending }),
        send({ pieces: [ask.slice(0, 20)], ending }),
      ]),
    )
  await round()
  await expect.poll(connections, { timeout: 10_000 }).toBe(0)
  const before = open()
  for (let n = 0; n < 10; n++) await round()
  await expect.poll(connections, { timeout: 10_000 }).toBe(0)
  expect(open()).toBeLessThanOrEqual(before + 5)
})

test("a refused stream is closed even when the other side never hangs up", async () => {
  await expect.poll(connections, { timeout: 10_000 }).toBe(0)
  const socket = connect({ port: relay.port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => {})
  socket.write(`GET /nowhere HTTP/1.1\r\nHost: localhost:${relay.port}\r\n${websocket}\r\n\r\n`)
  const heard = await new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())))
  expect(heard).toMatch(/^HTTP\/1\.1 404 /)
  await expect.poll(connections, { timeout: 10_000 }).toBe(1)
  socket.destroy()
})

/** Sockets of this process, of both sides. */
function connections(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length
}
