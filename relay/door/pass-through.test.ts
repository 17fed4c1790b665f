import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { afterEach, expect, test } from "vitest"
import { getRequestListener } from "@hono/node-server"
import { realSurroundings } from "../surroundings.ts"
import { openedApp } from "../testing/opened-app.ts"
import { passThrough } from "./pass-through.ts"
import { realVenues, type Venue } from "#venues"
import { Front } from "./front.ts"

const servers: Server[] = []
const apps: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(apps.splice(0).map((close) => close()))
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: RequestListener): Promise<{ origin: string; port: number; heard: IncomingMessage[] }> {
  const heard: IncomingMessage[] = []
  const server = createServer((request, response) => {
    heard.push(request)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, heard }
}

/** Makes a request directly; returns the body as text. */
async function pass(...asked: Parameters<typeof passThrough>) {
  const { status, body } = await passThrough(...asked)
  return { status, body: Buffer.from(body).toString() }
}

const asBinance = (...rest: string[]): Venue => ({ ...realVenues[0], rest })
const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))

async function relayTo(venue: Venue, surroundings = realSurroundings()) {
  const relay = await serve(() => {})
  const { app, close } = await openedApp({
    front: new Front(relay.port),
    venues: [venue],
    surroundings,
    onBug: (error) => expect.fail(String(error)),
  })
  apps.push(close)
  servers
    .at(-1)!
    .removeAllListeners("request")
    .on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  return relay
}

/** Sends a path unchanged, because fetch would normalise what we want to smuggle; resolves to the whole answer. */
function sendRaw(port: number, path: string, lines = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n${lines}\r\n`),
    )
    let answer = ""
    socket
      .on("data", (bytes) => (answer += bytes.toString()))
      .on("end", () => resolve(answer))
      .on("error", reject)
  })
}

test("a request for candles reaches the exchange unchanged, without anything of the browser's", async () => {
  const venue = await serve(
    json(200, [[1, "2"]], { "set-cookie": "a=b", "x-mbx-used-weight-1m": "12", server: "theirs" }),
  )
  const relay = await relayTo(asBinance(venue.origin))
  const answer = await sendRaw(
    relay.port,
    "/api/md/binance/api/v3/klines?symbol=BTCUSDT&interval=1m",
    "Cookie: secret=1\r\nAuthorization: Bearer x\r\nX-Mbx-Apikey: k\r\n",
  )
  expect(answer).toContain('[[1,"2"]]')
  expect(answer.toLowerCase()).toContain("x-mbx-used-weight-1m: 12")
  expect(answer.toLowerCase()).not.toContain("set-cookie")
  const [{ url, headers }] = venue.heard
  expect(url).toBe("/api/v3/klines?symbol=BTCUSDT&interval=1m")
  expect(JSON.stringify(headers)).not.toMatch(/secret|bearer|apikey/i)
})

test.each([
  "/api/md/binance/../../secret",
  "/api/md/binance/api/v3/klines/../../../sapi/v1/account",
  "/api/md/binance/api/v3/%2e%2e/account",
  "/api/md/binance/api%2fv3/klines",
  "/api/md/binance//evil.example/api/v3/klines",
  "/api/md/binance/@evil.example/api/v3/klines",
  "/api/md/binance/api/v3/klines@evil.example",
  "/api/md/binance/http://169.254.169.254/latest/meta-data",
  "/api/md/binance/api/v3/klines%00",
  "/api/md/binance/api/v3/klines;x=1",
  "/api/md/binance/api/v3/klines%0d%0aHost:%20evil",
  "/api/md/binance/api/v3/account",
  "/api/md/binance/api/v3/order",
  "/api/md/binance/sapi/v1/capital/config/getall",
  "/api/md/binance/%E3%82%AD",
  "/api/md/binance\\evil.example",
  "/api/md/evil.example/api/v3/klines",
  "/api/md/__proto__/api/v3/klines",
  "/api/md/binance/.evil.example/api/v3/klines",
  `/api/md/binance/api/v3/klines?${"x".repeat(5_000)}`,
])("%s leads nowhere", async (path) => {
  const venue = await serve(json(200, { reached: true }))
  const relay = await relayTo(asBinance(venue.origin))
  expect(await sendRaw(relay.port, path)).toMatch(/^HTTP\/1\.1 40[04] /)
  expect(venue.heard).toHaveLength(0)
})

test("other methods than GET do not pass", async () => {
  const venue = await serve(json(200, {}))
  const relay = await relayTo(asBinance(venue.origin))
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/klines`, {
      method,
      body: "{}",
      headers: { "content-type": "application/json" },
    })
    expect(answer.status).toBe(404)
  }
  expect(venue.heard).toHaveLength(0)
})

test("a redirect is not followed, to whatever it leads", async () => {
  const secret = await serve(json(200, { secret: true }))
  for (const location of [
    `${secret.origin}/latest/meta-data`,
    "file:///etc/passwd",
    "//169.254.169.254/",
    "http://[::1]:1/",
  ]) {
    const venue = await serve(json(302, {}, { location }))
    const answer = await pass(asBinance(venue.origin), { path: "/api/v3/time", query: "" })
    expect(answer).toEqual({
      status: 502,
      body: '{"error":"Binance sent us elsewhere, and Candlewright does not follow.","code":"exchange-redirects"}',
    })
  }
  expect(secret.heard).toHaveLength(0)
})

test.each([
  [429, "7"],
  [418, "120"],
  [451, undefined],
  [503, undefined],
])("the exchange's %d goes back with what it says about waiting", async (status, retryAfter) => {
  const refusal = { code: -1003, msg: "no" }
  const venue = await serve(json(status, refusal, retryAfter ? { "retry-after": retryAfter } : {}))
  const relay = await relayTo(asBinance(venue.origin))
  const answer = await fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/time`)
  expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
    status,
    retryAfter ?? null,
    refusal,
  ])
})

test("a page instead of data keeps its status and loses its markup", async () => {
  const venue = await serve((_, response) =>
    response.writeHead(403, { "content-type": "text/html" }).end("<script>alert(1)</script>"),
  )
  expect(await pass(asBinance(venue.origin), { path: "/api/v3/time", query: "" })).toEqual({
    status: 403,
    body: '{"error":"Binance sent a page instead of data (HTTP 403).","code":"answer-without-data"}',
  })
})

test("an endless answer and a packed bomb are cut off", async () => {
  const bomb = gzipSync(Buffer.alloc(3_000_000))
  const packed = await serve((_, response) =>
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb),
  )
  const endless = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" })
    const timer = setInterval(() => response.write("x".repeat(100_000)), 1)
    response.on("close", () => clearInterval(timer))
  })
  for (const { origin } of [packed, endless]) {
    const answer = await pass(asBinance(origin), { path: "/api/v3/time", query: "" }, { mostBytes: 1_048_576 })
    expect(answer).toEqual({
      status: 502,
      body: '{"error":"Binance answered with more than 1 MB, and Candlewright stopped listening.","code":"answer-too-large"}',
    })
  }
})

test("an exchange that is silent, unreachable or breaks off becomes a sentence", async () => {
  const silent = await serve(() => {})
  const broken = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" })
    response.write('{"a":', () => response.destroy())
  })
  const ask = (origin: string) => pass(asBinance(origin), { path: "/api/v3/time", query: "" }, { patienceMs: 1_000 })
  expect(await ask(silent.origin)).toEqual({
    status: 504,
    body: '{"error":"Binance did not answer within 1 seconds. Trying again is safe.","code":"exchange-late"}',
  })
  const dead = {
    status: 502,
    body: '{"error":"Binance cannot be reached right now. Check the internet connection; nothing was lost, and trying again is safe.","code":"exchange-away"}',
  }
  expect(await ask("http://127.0.0.1:1")).toEqual(dead)
  expect(await ask(broken.origin)).toEqual(dead)
})

test("the venue's second address is asked when the first cannot be reached", async () => {
  const second = await serve(json(200, { serverTime: 5 }))
  expect(await pass(asBinance("http://127.0.0.1:1", second.origin), { path: "/api/v3/time", query: "" })).toEqual({
    status: 200,
    body: '{"serverTime":5}',
  })
})

test.each([204, 205, 304, 600, 799])("HTTP %d, which carries no data, is a sentence instead", async (status) => {
  const venue = await serve((_, response) => response.writeHead(status, { "content-type": "application/json" }).end())
  const relay = await relayTo(asBinance(venue.origin))
  const answer = await fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/time`)
  expect([answer.status, await answer.json()]).toEqual([
    502,
    { error: `Binance answered without data (HTTP ${status}). Trying again is safe.`, code: "answer-without-data" },
  ])
})

test("a Retry-After that is not a number does not pass", async () => {
  const venue = await serve(json(429, {}, { "retry-after": "soon", "x-mbx-used-weight-1m": "-1" }))
  const relay = await relayTo(asBinance(venue.origin))
  const { headers } = await fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/time`)
  expect([headers.get("retry-after"), headers.get("x-mbx-used-weight-1m")]).toEqual([null, null])
})

test("a flood of requests gets 503 with a wait, and those under way get their answers", async () => {
  const held: (() => void)[] = []
  const venue = await serve((request, response) => held.push(() => json(200, [1])(request, response)))
  const relay = await relayTo(asBinance(venue.origin))
  const ask = () => fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/time`)
  const first = Array.from({ length: 32 }, ask)
  await expect.poll(() => held.length, { timeout: 10_000 }).toBe(32)
  const refused = await ask()
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
    503,
    "2",
    { error: "Candlewright is fetching as much as it can hold. Trying again in a moment is safe.", code: "no-room" },
  ])
  for (const answer of held.splice(0)) answer()
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual(first.map(() => 200))
  await expect
    .poll(async () => {
      const again = ask()
      await expect.poll(() => held.length, { timeout: 10_000 }).toBe(1)
      held.pop()!()
      return (await again).status
    })
    .toBe(200)
})

test("large answers that nobody reads are held up to a limit, and dropped after a minute", async () => {
  const large = Buffer.from(JSON.stringify("x".repeat(20 * 1024 * 1024)))
  const venue = await serve((_, response) => response.writeHead(200, { "content-type": "application/json" }).end(large))
  const timers: (() => void)[] = []
  const after = (_: number, act: () => void) => (timers.push(act), () => {})
  const relay = await relayTo(asBinance(venue.origin), { ...realSurroundings(), after })
  const lazy = Array.from({ length: 8 }, () => {
    const socket = connect(relay.port, "127.0.0.1").on("error", () => {})
    socket.write(`GET /api/md/binance/api/v3/time HTTP/1.1\r\nHost: localhost:${relay.port}\r\n\r\n`)
    const heard = new Promise<string>((resolve) =>
      socket.once("data", (bytes) => (socket.pause(), resolve(bytes.toString().slice(9, 12)))),
    )
    return { socket, heard }
  })
  const statuses = await Promise.all(lazy.map(({ heard }) => heard))
  expect(statuses.filter((status) => status === "200").length).toBeLessThanOrEqual(3)
  expect(statuses.filter((status) => status === "503").length).toBeGreaterThanOrEqual(5)
  for (const drop of timers) drop()
  const ask = async () => {
    const answer = await fetch(`http://localhost:${relay.port}/api/md/binance/api/v3/time`)
    await answer.arrayBuffer()
    return answer.status
  }
  await expect.poll(ask, { timeout: 10_000 }).toBe(200)
  for (const { socket } of lazy) socket.destroy()
})

test("when the page is gone, the request to the exchange is aborted", async () => {
  let hasEnded = false
  const venue = await serve((request) => request.on("close", () => (hasEnded = true)))
  const relay = await relayTo(asBinance(venue.origin))
  const page = connect(relay.port, "127.0.0.1")
  page.write(`GET /api/md/binance/api/v3/time HTTP/1.1\r\nHost: localhost:${relay.port}\r\n\r\n`)
  await expect.poll(() => venue.heard.length, { timeout: 10_000 }).toBe(1)
  page.destroy()
  await expect.poll(() => hasEnded, { timeout: 10_000 }).toBe(true)
})
