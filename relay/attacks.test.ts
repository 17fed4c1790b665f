import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Scope } from "./door/policy.ts"
import { type Relay, startRelay } from "./main.ts"
import { announcedRelay } from "./store/running-relay.ts"
import { realSurroundings } from "./surroundings.ts"
import { type Attack, killRequest, request, type Target } from "./testing/attacks/attack.ts"
import { contentTypeAttacks, jsonAttacks, nameAttacks } from "./testing/attacks/content-attacks.ts"
import { idAttacks, pairingAttacks, proofAttacks, tokenAttacks } from "./testing/attacks/credential-attacks.ts"
import { brokenAttacks, floodAttacks, smugglingAttacks } from "./testing/attacks/framing-attacks.ts"
import { methodAttacks, pathAttacks } from "./testing/attacks/path-attacks.ts"
import { sent } from "./testing/attacks/sent.ts"
import { addressAttacks, hostAttacks, pageAttacks } from "./testing/attacks/stranger-attacks.ts"
import { browser } from "./testing/opened-app.ts"

// Everything that strangers on this computer have tried, over raw sockets: nothing is changed, nothing is revealed.

/** Stands in everything the owner has here; an answer that has it reveals something. */
const MARK = "only-the-owner-knows"
/** Three attempts a minute are below any pace, and a proof is remembered for longer. */
const BETWEEN_ATTACKS_MS = 20_000

let home: string
let relay: Relay
let target: Target
let usedLink: string
let ahead = 0
let tried = 0
const bugs: unknown[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-attacked-"))
  await mkdir(join(home, "web"))
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  await writeFile(join(home, "secret.txt"), MARK)
  relay = await startRelay({
    port: 0,
    dataDir: join(home, "data"),
    webDir: join(home, "web"),
    practice: false,
    surroundings: { ...realSurroundings(), steadyMs: () => performance.now() + ahead },
    print: () => {},
    onBug: (error) => bugs.push(error),
  })
  target = await ownersThings()
})

afterAll(async () => {
  await relay.stop()
  await rm(home, { recursive: true })
})

/** What the owner's own command line asks. */
async function ask<Answer>(route: string, body?: object): Promise<Answer> {
  const { token } = (await announcedRelay(join(home, "data")))!
  const [method, path] = route.split(" ")
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const answer = await fetch(relay.url + path, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer
}

async function ownersThings(): Promise<Target> {
  const token = (name: string, scope: Scope, expiresMs?: number) =>
    ask<{ id: string; token: string }>("POST /api/tokens", { name: `${MARK} ${name}`, scope, expiresMs })
  const [admin, trade, read, research, revoked] = await Promise.all([
    token("admin", "admin"),
    token("trade", "trade"),
    token("read", "read"),
    token("research", "research"),
    token("revoked", "admin"),
  ])
  const expiresMs = Date.now() + 300
  const expired = await token("expired", "admin", expiresMs)
  await ask(`DELETE /api/tokens/${revoked.id}`)
  const account = await ask<{ id: string }>("POST /api/accounts", { name: MARK, venue: "practice", mode: "paper" })
  while (Date.now() <= expiresMs) await new Promise((resolve) => setTimeout(resolve, 50))
  const bearer = ({ token: text }: { token: string }) => `Bearer ${text}`
  return {
    port: relay.port,
    admin: bearer(admin),
    trade: bearer(trade),
    read: bearer(read),
    research: bearer(research),
    revoked: bearer(revoked),
    expired: bearer(expired),
    accountId: account.id,
    tokenId: admin.id,
    device: await pairedDevice(),
  }
}

async function pairedDevice(): Promise<Target["device"]> {
  usedLink = relay.pairingLink.split("#pair=")[1]
  const own = browser()
  const body = { token: usedLink, name: `${MARK} phone`, publicKey: own.publicKey }
  const { id, run } = await ask<{ id: string; run: string }>("POST /api/pair", body)
  return { id, run, proof: (claims) => own.proof({ device: id, run, ...claims }) }
}

/** All the owner has, and every change of it. */
async function everything() {
  const list = async (path: string) =>
    JSON.stringify(await ask(`GET /api/${path}`)).replace(/"last\w+Ms":(null|\d+)/g, "")
  const paths = ["accounts", "bots", "devices", "tokens", "kill", "audit?limit=200", "audit/verification"]
  const isPolluted = "isAdmin" in {}
  return { lists: await Promise.all(paths.map(list)), isPolluted, isKilled: existsSync(join(home, "data/KILL")) }
}

/** Tries each, and answers which succeeded: answered otherwise, twice, never, or with something of the owner's. */
async function successes(attacks: Attack[]): Promise<string[]> {
  const before = await everything()
  const found: string[] = []
  for (const attack of attacks) {
    ahead += BETWEEN_ATTACKS_MS
    const { statuses, text, hangs } = await sent(relay.port, attack)
    tried++
    const isOpen = /access-control-allow|^set-cookie/im.test(text)
    const isFine = statuses.length === 1 && attack.statuses.includes(statuses[0])
    if (!isFine || hangs || isOpen || text.includes(MARK))
      found.push(`${attack.name}: ${statuses.join(" ")} ${text.slice(0, 300)}`)
  }
  expect(await everything()).toEqual(before)
  expect(bugs).toEqual([])
  return found
}

const families: Record<string, (aim: Target) => Attack[]> = {
  "a name that is not this computer's": hostAttacks,
  "an address that contradicts its host": addressAttacks,
  "a page of somebody else": pageAttacks,
  "no token, a bad one, or one that may too little": tokenAttacks,
  "an id that is nobody's": idAttacks,
  "a proof of something else": proofAttacks,
  "a guess at the pairing link": (aim) => pairingAttacks(aim, usedLink),
  "a body that is not JSON by its own word": contentTypeAttacks,
  "JSON that is not what it seems": jsonAttacks,
  "a name that looks like another": nameAttacks,
  "a request hidden in another": smugglingAttacks,
  "more than is taken": floodAttacks,
  "what is no HTTP or never complete": brokenAttacks,
  "a path around the guard": pathAttacks,
  "a method that no route has": methodAttacks,
}

test.each(Object.entries(families))("%s changes nothing and learns nothing", async (_, attacksFor) => {
  const attacks = attacksFor(target)
  expect(attacks.length).toBeGreaterThan(9)
  expect(await successes(attacks)).toEqual([])
})

test("a proof that was used is worth nothing a second time, as a request, in an address and as a stream", async () => {
  const path = "/api/accounts"
  const proof = target.device.proof({ method: "GET", path, url: `${relay.url}${path}` })
  const once = request({ host: `localhost:${relay.port}`, headers: [`Authorization: Proof ${proof}`] })
  expect((await sent(relay.port, { name: "", bytes: once, statuses: [] })).statuses).toEqual([200])
  const again = { name: "again", bytes: once, statuses: [401] }
  const line = `GET ${path}?proof=${proof}`
  const inAddress = {
    name: "in the address",
    bytes: request({ line, host: `localhost:${relay.port}` }),
    statuses: [401],
  }
  expect(await successes([again, inAddress])).toEqual([])
})

test("of many requests sent at once on one connection, each is let in or not by its own words", async () => {
  const host = `localhost:${relay.port}`
  const good = request({ host, headers: [`Authorization: ${target.read}`] }).replace("Connection: close\r\n", "")
  const none = request({ host }).replace("Connection: close\r\n", "")
  const last = request({ line: "POST /api/kill", host, headers: [`Authorization: ${target.read}`], body: "{}" })
  const bytes = `${good}${none}`.repeat(20) + last
  const { statuses } = await sent(relay.port, { name: "", bytes, statuses: [] })
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => [200, 401]).flat(), 403])
  expect(existsSync(join(home, "data/KILL"))).toBe(false)
})

test("while three hundred connections hold a request they never end, the owner is answered and can stop everything", async () => {
  const host = `localhost:${relay.port}`
  const halves = [
    "GET /api/acc",
    request({ host, headers: [`Authorization: ${target.admin}`] }).slice(0, -2),
    request({
      line: "POST /api/tokens",
      host,
      headers: [`Authorization: ${target.admin}`, "Content-Length: 90"],
      body: "{",
    }),
  ]
  const held = await Promise.all(Array.from({ length: 300 }, (_, n) => holding(halves[n % halves.length])))
  try {
    expect((await sent(relay.port, { name: "", bytes: killRequest(target), statuses: [] })).statuses).toEqual([200])
    expect(existsSync(join(home, "data/KILL"))).toBe(true)
    await ask("DELETE /api/kill")
  } finally {
    for (const socket of held) socket.destroy()
  }
})

function holding(bytes: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(relay.port, "127.0.0.1")
    socket.on("error", reject).on("connect", () => socket.write(bytes, () => resolve(socket)))
  })
}

test("more than a thousand attacks were tried, and none met a mistake of ours", () => {
  expect(tried).toBeGreaterThan(1_000)
  expect(bugs).toEqual([])
})
