import { X509Certificate } from "node:crypto"
import { once } from "node:events"
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createServer, type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http"
import { request } from "node:https"
import type { AddressInfo } from "node:net"
import { connect } from "node:tls"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { startRelay, type Relay } from "./main.ts"
import { announcedRelay } from "./store/running-relay.ts"
import { realSurroundings } from "./surroundings.ts"
import { freePort } from "./testing/free-port.ts"
import { browser } from "./testing/opened-app.ts"

// A whole relay that is opened to other computers: by its own certificate, and behind a proxy.

const NAME = "bots.example.org"
const PUBLIC = `https://${NAME}`
const certificateFile = (name: string) => fileURLToPath(new URL(`./testing/certificate/${name}`, import.meta.url))

let home: string
let relay: Relay | undefined
let printed: string[]
let looks: (() => void)[]

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-remote-"))
  await mkdir(join(home, "web"))
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  for (const file of ["chain.pem", "key.pem"]) await copyFile(certificateFile(file), join(home, file))
  printed = []
  looks = []
})

afterEach(async () => {
  await relay?.stop()
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

async function start(environment: Record<string, string>): Promise<Relay> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const real = realSurroundings()
  const every = (ms: number, act: () => void) => {
    looks.push(act)
    return real.every(ms, act)
  }
  relay = await startRelay({
    port: 0,
    dataDir: join(home, "data"),
    webDir: join(home, "web"),
    practice: false,
    print: (line) => printed.push(line),
    surroundings: { ...real, every },
  })
  return relay
}

/** With our own certificate at a port of its own. */
async function startWithTls() {
  const port = await freePort()
  await start({
    CANDLEWRIGHT_PUBLIC_URL: PUBLIC,
    CANDLEWRIGHT_TLS_CERT: join(home, "chain.pem"),
    CANDLEWRIGHT_TLS_KEY: join(home, "key.pem"),
    CANDLEWRIGHT_LISTEN: `127.0.0.1:${port}`,
  })
  return port
}

type Answer = { status: number; body: string; headers: IncomingMessage["headers"] }

/** Asks as a browser elsewhere would, by the public name. */
async function openly(port: number, options: RequestOptions = {}, body?: object): Promise<Answer> {
  const ca = await readFile(certificateFile("chain.pem"))
  const headers = { host: NAME, "content-type": "application/json", ...(options.headers as Record<string, string>) }
  const asked = { host: "127.0.0.1", port, ca, servername: "localhost", agent: false, ...options, headers }
  return answerOf(request(asked), body)
}

async function answerOf(sent: ReturnType<typeof request>, body?: object): Promise<Answer> {
  sent.end(body && JSON.stringify(body))
  const answer = await Promise.race([
    once(sent, "response").then(([response]) => response as IncomingMessage),
    once(sent, "upgrade").then(([response]) => response as IncomingMessage),
  ])
  return { status: answer.statusCode!, headers: answer.headers, body: await text(answer) }
}

const lastToken = () => /#pair=([\w-]+)$/.exec(printed.at(-1)!)![1]

test("over its own certificate the first owner comes in by the printed code, and a stranger finds nothing", async () => {
  const port = await startWithTls()
  expect(printed[1]).toBe(`Other computers open it at ${PUBLIC}`)
  expect(printed[2]).toMatch(/^To let a browser in, within two minutes and once: https:\/\/bots\.example\.org\/#pair=/)
  const page = await openly(port)
  expect(page).toMatchObject({ status: 200, body: "<html>the app</html>" })
  expect(page.headers["strict-transport-security"]).toBe("max-age=31536000")
  for (const path of ["/api/accounts", "/api/bots", "/api/events", "/api/md/venues", "/api/md/binance/api/v3/time"])
    expect((await openly(port, { path })).status, path).toBe(401)
  const own = browser()
  const pair = { token: lastToken(), name: "Phone", publicKey: own.publicKey }
  const paired = await openly(port, { method: "POST", path: "/api/pair", headers: { origin: PUBLIC } }, pair)
  expect(paired.status).toBe(201)
  const { id, run } = JSON.parse(paired.body) as { id: string; run: string }
  const proven = (path: string, url: string) => ({
    path,
    headers: { authorization: `Proof ${own.proof({ device: id, run, method: "GET", path, url })}` },
  })
  expect((await openly(port, proven("/api/bots", `${PUBLIC}/api/bots`))).status).toBe(200)
  expect((await openly(port, proven("/api/md/venues", `${PUBLIC}/api/md/venues`))).status).toBe(200)
  expect((await openly(port, proven("/api/bots", `http://${NAME}/api/bots`))).status).toBe(401)
})

test("at the public door this computer's names and foreign pages find nothing, on sockets too", async () => {
  const port = await startWithTls()
  for (const host of ["localhost", `localhost:${relay!.port}`, "127.0.0.1", "evil.example"])
    expect((await openly(port, { headers: { host } })).status, host).toBe(421)
  expect((await openly(port, { path: "/api/health", headers: { origin: "https://evil.example" } })).status).toBe(403)
  const upgrade = { connection: "Upgrade", upgrade: "websocket" }
  const socket = (headers: object) =>
    openly(port, { path: "/api/md/binance/stream/ws", headers: { ...upgrade, ...headers } })
  expect((await socket({})).status).toBe(401)
  expect((await socket({ origin: "https://evil.example" })).status).toBe(403)
})

test("who asks by number and without TLS whether it lives and is ready is answered that, and nothing else", async () => {
  const port = await freePort()
  const behind = { CANDLEWRIGHT_PUBLIC_URL: PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "10.1.2.3" }
  await start({ ...behind, CANDLEWRIGHT_LISTEN: `127.0.0.1:${port}` })
  const ask = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
    answerOf(plainRequest({ host: "127.0.0.1", port, path, method, headers, agent: false }))
  expect(JSON.parse((await ask("/api/health/ready")).body)).toEqual({ ready: true })
  expect(await ask("/api/health/live", { host: "10.9.8.7:8788" })).toMatchObject({ status: 200 })
  for (const path of ["/", "/api/health", "/api/health/live/", "/api//health/live", "/api/bots?/api/health/live"])
    expect((await ask(path)).status, path).toBe(421)
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }] as Record<
    string,
    string
  >[])
    expect((await ask("/api/health/live", headers)).status).toBe(421)
  expect((await ask("/api/health/live", {}, "POST")).status).toBe(421)
})

test("on its own computer everything stays as it was: the owner's programs come in by the local name", async () => {
  await startWithTls()
  const { token } = (await announcedRelay(join(home, "data")))!
  const headers = { authorization: `Bearer ${token}` }
  const links = await fetch(`${relay!.url}/api/pairing-links`, { method: "POST", headers })
  expect(((await links.json()) as { url: string }).url).toMatch(/^https:\/\/bots\.example\.org\/#pair=/)
  expect((await fetch(`${relay!.url}/api/md/venues`)).status).toBe(200)
})

test("once an owner is in, a start prints no code that readers of its log could use", async () => {
  const port = await startWithTls()
  const pair = { token: lastToken(), name: "Phone", publicKey: browser().publicKey }
  expect((await openly(port, { method: "POST", path: "/api/pair" }, pair)).status).toBe(201)
  await relay!.stop()
  printed = []
  await startWithTls()
  expect(printed.join("\n")).toContain("`candlewright pair` prints a link")
  expect(printed.join("\n")).not.toContain("#pair=")
})

test("a renewed certificate is served without a restart", async () => {
  const port = await startWithTls()
  const renewed = new X509Certificate(await readFile(certificateFile("renewed-chain.pem"))).fingerprint256
  expect(await servedAt(port)).not.toBe(renewed)
  for (const file of ["chain.pem", "key.pem"]) await copyFile(certificateFile(`renewed-${file}`), join(home, file))
  for (const look of looks) look()
  await expect.poll(() => servedAt(port)).toBe(renewed)
})

/** Which certificate is shown at a port. */
async function servedAt(port: number): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false })
  await once(socket, "secureConnect")
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

test("a certificate that is missing or no certificate is a sentence before anything is opened", async () => {
  await writeFile(join(home, "chain.pem"), "nothing")
  await expect(startWithTls()).rejects.toThrow(/The certificate does not read/)
  await rm(join(home, "key.pem"))
  await expect(startWithTls()).rejects.toThrow(/key\.pem.*cannot be read \(ENOENT\)/)
})

test("behind a proxy who tries codes is stopped after five, by the address the proxy saw, whatever is forged", async () => {
  const at = await start({ CANDLEWRIGHT_PUBLIC_URL: PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "127.0.0.1" })
  const proxy = createServer((asked, answer) => {
    const seen = String(asked.headers["x-seen-as"])
    const forged = asked.headers["x-forwarded-for"]
    const headers = { ...asked.headers, "x-forwarded-for": [forged, seen].filter(Boolean).join(", ") }
    const on = plainRequest({ host: "127.0.0.1", port: at.port, method: asked.method, path: asked.url, headers })
    on.on("response", (reply) => reply.pipe(answer.writeHead(reply.statusCode!, reply.headers)))
    asked.pipe(on)
  }).listen(0, "127.0.0.1")
  await once(proxy, "listening")
  const { port } = proxy.address() as AddressInfo
  const guess = async (from: string, forged: string) => {
    const headers = { host: NAME, "content-type": "application/json", "x-seen-as": from, "x-forwarded-for": forged }
    const body = { token: "guess", name: "Phone", publicKey: browser().publicKey }
    const sent = plainRequest({ host: "127.0.0.1", port, method: "POST", path: "/api/pair", headers, agent: false })
    return (await answerOf(sent, body)).status
  }
  const statuses: number[] = []
  for (let n = 0; n < 8; n++) statuses.push(await guess("203.0.113.7", `198.51.100.${n}`))
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
  expect(await guess("203.0.113.8", "203.0.113.7")).toBe(401)
  const sixes: number[] = []
  for (let n = 1; n <= 6; n++) sixes.push(await guess(`2001:db8:1:2::${n}`, ""))
  expect(sixes).toEqual([401, 401, 401, 401, 401, 429])
  expect(await guess("2001:db8:1:3::1", "")).toBe(401)
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
})
