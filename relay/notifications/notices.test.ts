import { createHmac } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { AuditLog } from "../audit/audit-log.ts"
import { Vault } from "../keys/vault.ts"
import { Ledger } from "../ledger/ledger.ts"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { mayReach } from "../door/address-guard.ts"
import type { WantedChannel } from "./channels.ts"
import { guardedPost } from "./guarded-post.ts"
import { Notices } from "./notices.ts"
import { quietUntilMs } from "./quiet-hours.ts"
import { pushBrowser } from "./testing/push-browser.ts"

// What happens, and who hears of it: webhook and Telegram are stand-ins on this computer.

type Heard = {
  path: string
  body: Record<string, string>
  text: string
  bytes: Buffer
  signature: string
  authorization: string
}

const owner = { kind: "owner", id: "owner", name: "test" } as const
const bot = { id: "bot1", accountId: "a" }
const exchangeOf = async (accountId: string) => (accountId === "played" ? "stand-in" : null)
/** Whoever is "anna" hears of one account alone. */
const hearingOf = async (person: string) => (accountId: string) => person !== "anna" || accountId === "hers"
let home: string
let server: Server
let heard: Heard[]
/** What the stand-ins answer next; 200 once there is nothing more. */
let answers: { status: number; body?: string; headers?: Record<string, string> }[]
let nowMs: number
let store: RelayStore
let ledger: Ledger
let notices: Notices
let tick: () => void
let troubles: Map<string, string>
const bugs: unknown[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-notices-"))
  heard = []
  answers = []
  nowMs = Date.UTC(2027, 0, 5, 12)
  troubles = new Map()
  server = createServer((request, answer) => {
    void bytesOf(request).then((bytes) => {
      const text = bytes.toString()
      const signature = String(request.headers["x-candlewright-signature"])
      const authorization = String(request.headers.authorization)
      const isPlain = text !== "" && request.headers["content-encoding"] === undefined
      const said = (isPlain ? JSON.parse(text) : {}) as Heard["body"]
      heard.push({ path: request.url!, body: said, text, bytes, signature, authorization })
      const { status, body = "{}", headers = {} } = answers.shift() ?? { status: 200 }
      answer.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  await open()
})

afterEach(async () => {
  await close()
  server.close()
  await rm(home, { recursive: true })
  if (bugs.length > 0) throw bugs[0]
})

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

async function open(): Promise<void> {
  const surroundings = {
    ...realSurroundings(),
    nowMs: () => nowMs,
    steadyMs: () => nowMs,
    every: (_: number, act: () => void) => {
      tick = act
      return () => (tick = () => {})
    },
  }
  const dataDirectory = join(home, "data")
  store = await openRelayStore({ dataDirectory, surroundings })
  const { database, instanceId } = store
  const audit = new AuditLog({ database, surroundings })
  const source = { kind: "file" as const, file: join(home, "keys.key"), isChosen: true }
  const vault = await Vault.open({ database, instanceId, dataDirectory, source, surroundings })
  ledger = await Ledger.open({ database, instanceId, nowMs: () => nowMs })
  notices = new Notices({
    database,
    audit,
    vault,
    ledger,
    surroundings,
    telegramUrl: new URL(url()),
    exchangeOf,
    hearingOf,
  })
  notices.begin({ troubles: () => troubles, onBug: (bug) => bugs.push(bug) })
}

async function close(): Promise<void> {
  await notices.end()
  await store.close()
}

const hook = (wishes: Partial<WantedChannel> = {}) =>
  ({
    kind: "webhook",
    name: "mine",
    url: `${url()}hook`,
    isLocal: true,
    wantsTrades: true,
    quiet: null,
    ...wishes,
  }) as WantedChannel
const chat = {
  kind: "telegram",
  name: "phone",
  botToken: `123456:${"aB3x".repeat(8)}`,
  chatId: "-42",
  wantsTrades: false,
  quiet: null,
} as const

/** Waits until the outbox has looked and nothing is due. */
async function settled(): Promise<void> {
  tick()
  await expect.poll(async () => (await dueNow()).length).toBe(0)
}
const dueNow = () => store.database.selectFrom("notice").selectAll().where("next_ms", "<=", nowMs).execute()
const waiting = async () => (await store.database.selectFrom("notice").selectAll().execute()).length
const happens = (kind: "problem" | "fill" | "refusal" | "risk", words: string, about?: object) =>
  ledger.keep(bot, { events: [{ kind, words, about }] })
const words = () => heard.map(({ body }) => body.words ?? body.text)

test("what happens where nothing is real says so in each notice", async () => {
  await notices.channels.add(hook(), owner)
  await settled()
  await ledger.keep(
    { id: "bot2", accountId: "played" },
    { events: [{ kind: "fill", words: "Bought 1 BTC/USDT at 5." }] },
  )
  await expect.poll(words).toEqual(["(stand-in exchange, nothing is real): Bought 1 BTC/USDT at 5."])
})

test("a webhook hears problems and, where wanted, trades, each signed with the secret that was shown once", async () => {
  const { secret } = await notices.channels.add(hook(), owner)
  await settled()
  await happens("problem", "Halted: the price is wrong.")
  await happens("fill", "Bought 1 BTC/USDT at 5.")
  await happens("risk", "Less is bought than the rules say.")
  await expect.poll(words).toEqual(["Halted: the price is wrong.", "Bought 1 BTC/USDT at 5."])
  const [{ text, signature, path }] = heard
  const [, atMs, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!
  expect(mac).toBe(createHmac("sha256", secret!).update(`${atMs}.${text}`).digest("hex"))
  expect(path).toBe("/hook")
  await settled()
  expect(await notices.channels.list()).toMatchObject([{ name: "mine", sentMs: nowMs, problem: null, waiting: 0 }])
})

test("a Telegram chat hears problems; its token is in no list, and not in what a failure says", async () => {
  const { id, secret } = await notices.channels.add(chat, owner)
  expect(secret).toBe(null)
  answers = [{ status: 403, body: '{"ok":false,"description":"Forbidden: bot was blocked by the user"}' }]
  expect(await notices.test(id)).toMatchObject({ ok: false, isOver: true })
  expect(await notices.channels.list()).toMatchObject([
    { target: "-42", problem: expect.stringMatching(/^it answers 403: "Forbidden: bot was blocked/) },
  ])
  expect(await notices.test(id)).toEqual({ ok: true })
  expect(heard.at(-1)).toMatchObject({ path: `/bot${chat.botToken}/sendMessage`, body: { chat_id: "-42" } })
  await settled()
  await happens("fill", "Bought.")
  await happens("problem", "Lost.")
  await expect.poll(() => words().at(-1)).toBe("Lost.")
  server.close()
  server.closeAllConnections()
  const failed = await notices.test(id)
  const kept = JSON.stringify([
    await notices.channels.list(),
    failed,
    await store.database.selectFrom("notice_channel").selectAll().execute(),
  ])
  expect(kept).not.toContain(chat.botToken)
})

test("a browser hears what only it can read, signed by the pair it made; once it has ended that, the list says so", async () => {
  const browser = pushBrowser()
  const words = `Halted: ${"价".repeat(1_500)}`
  const push = { kind: "push", name: "phone", url: `${url()}push/abc`, isLocal: true, wantsTrades: false, quiet: null }
  const { id, secret } = await notices.channels.add({ ...push, ...browser.keys } as WantedChannel, owner)
  expect(secret).toBe(null)
  await settled()
  await happens("problem", words)
  await expect.poll(() => heard.length).toBe(1)
  const [{ path, bytes, text, authorization }] = heard
  expect(JSON.parse(browser.read({ body: bytes }))).toMatchObject({ kind: "problem", words: words.slice(0, 800) })
  expect([path, text.includes("Halted"), bytes.length < 4_096]).toEqual(["/push/abc", false, true])
  expect(browser.signedBy({ authorization })).toMatchObject({ aud: new URL(url()).origin })
  answers = [{ status: 410 }]
  expect(await notices.test(id)).toMatchObject({ ok: false, isOver: true })
  const [listed] = await notices.channels.list()
  expect(listed).toMatchObject({ target: new URL(url()).host, problem: expect.stringContaining("turn them on there") })
  const kept = JSON.stringify([listed, await store.database.selectFrom("notice_channel").selectAll().execute()])
  for (const key of [browser.keys.privateKey, browser.keys.auth, "push/abc"]) expect(kept).not.toContain(key)
})

test("a watcher hears every minute that the relay lives, and of nothing else", async () => {
  const wishes = { name: "watcher", isLocal: true, wantsTrades: true, quiet: null }
  await notices.channels.add({ kind: "ping", url: `${url()}alive`, ...wishes }, owner)
  await settled()
  await expect.poll(() => heard.length).toBe(1)
  await happens("problem", "Halted.")
  for (const [seconds, times] of [
    [30, 1],
    [29, 1],
    [2, 2],
    [58, 2],
    [3, 3],
  ]) {
    nowMs += seconds * 1_000
    await settled()
    await expect.poll(() => (tick(), heard.length)).toBe(times)
  }
  expect(heard.map(({ path, text }) => path + text)).toEqual(["/alive", "/alive", "/alive"])
})

test("what does not arrive is tried again, later each time, and over a restart; what is refused for good is not", async () => {
  await notices.channels.add(hook(), owner)
  await settled()
  answers = [{ status: 500 }, { status: 429, headers: { "retry-after": "120" } }]
  await happens("problem", "Halted.")
  await expect.poll(() => heard.length).toBe(1)
  await settled()
  expect(await notices.channels.list()).toMatchObject([{ problem: "it answers 500", waiting: 1 }])
  nowMs += 6_000
  await settled()
  expect(heard.length).toBe(2)
  await close()
  await open()
  nowMs += 119_000
  await settled()
  expect(heard.length).toBe(2)
  nowMs += 2_000
  await settled()
  expect(words()).toEqual(["Halted.", "Halted.", "Halted."])
  expect(new Set(heard.map(({ body }) => body.id)).size).toBe(1)
  expect(await waiting()).toBe(0)
  answers = [{ status: 404 }, { status: 302, headers: { location: "http://127.0.0.1:1/" } }]
  await happens("problem", "Gone.")
  await expect.poll(() => heard.length).toBe(4)
  await settled()
  expect(await waiting()).toBe(0)
  await happens("problem", "Moved.")
  await expect.poll(async () => (await notices.channels.list())[0].problem).toMatch(/302: it leads elsewhere/)
})

test("what happened while the relay was away from its outbox is said once it is back", async () => {
  await notices.channels.add(hook(), owner)
  await settled()
  await notices.end()
  await happens("problem", "Halted while nobody looked.")
  await store.close()
  await open()
  await settled()
  await expect.poll(words).toEqual(["Halted while nobody looked."])
})

test("quiet hours hold trades and never problems", async () => {
  await notices.channels.add(hook({ quiet: "11:00-14:00" }), owner)
  await settled()
  await happens("fill", "Bought.")
  await happens("problem", "Halted.")
  await expect.poll(words).toEqual(["Halted."])
  nowMs += 2 * HOUR_MS
  await settled()
  expect(words()).toEqual(["Halted.", "Bought."])
  const at = (hour: number, minute = 0) => Date.UTC(2027, 0, 5, hour, minute)
  expect(quietUntilMs("22:00-07:30", at(23))).toBe(at(24 + 7, 30))
  expect(quietUntilMs("22:00-07:30", at(3))).toBe(at(7, 30))
  expect(quietUntilMs("22:00-07:30", at(7, 30))).toBe(at(7, 30))
})

test("a reached loss limit is said once, the kill switch at once, an exchange that is away after a minute, and each when it is over", async () => {
  await notices.channels.add(hook(), owner)
  await settled()
  const limit = "Nothing is bought on this account: the account's bots have lost 3.1 % today (limit 3 %)."
  await happens("risk", limit, { limit: "daily-loss" })
  await happens("risk", "BTC/USDT: less is bought than the rules say; the largest order decides.")
  await happens("refusal", "BTC/USDT: nothing is bought, because the account's bots have lost 3.1 % today.")
  await happens("refusal", "BTC/USDT: nothing is bought, because entries are paused.")
  await expect.poll(words).toEqual([limit])
  troubles = new Map([
    ["kill", "The kill switch is on."],
    ["bot1", "Minutes cannot work: Binance does not answer."],
  ])
  await settled()
  await expect.poll(() => words().slice(1)).toEqual(["The kill switch is on."])
  nowMs += MINUTE_MS
  await settled()
  await expect.poll(() => words().slice(2)).toEqual(["Minutes cannot work: Binance does not answer."])
  troubles = new Map()
  await settled()
  await expect
    .poll(() => words().slice(3).toSorted())
    .toEqual(["Over: Minutes cannot work: Binance does not answer.", "Over: The kill switch is on."])
})

test("a webhook is on the open internet by https, or on this computer where its owner says so, and nowhere else", async () => {
  const open = ["1.1.1.1", "2606:4700::1111"]
  const shut = ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.1.1", "172.31.0.1", "100.64.0.1", "0.0.0.0"]
  const shutToo = [
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "::ffff:7f00:1",
    "64:ff9b::a00:1",
    "x",
  ]
  for (const address of open) expect(mayReach(address, { isLocal: false }), address).toBe(true)
  for (const address of [...shut, ...shutToo]) expect(mayReach(address, { isLocal: false }), address).toBe(false)
  for (const address of ["127.0.0.1", "127.8.8.8", "::1"])
    expect(mayReach(address, { isLocal: true }), address).toBe(true)
  for (const address of ["10.0.0.1", "1.1.1.1"]) expect(mayReach(address, { isLocal: true }), address).toBe(false)
  const bad: [address: string, isLocal: boolean, because: RegExp][] = [
    ["http://example.org/", false, /does not begin with https/],
    ["https://10.0.0.1/", false, /inside a private network/],
    ["https://[::1]/", false, /inside a private network/],
    ["https://2130706433/", false, /inside a private network/],
    ["https://a:b@example.org/", false, /a name or password/],
    ["file:///etc/passwd", true, /neither https/],
    ["http://10.0.0.1/", true, /not on this computer/],
    ["nonsense", false, /no address/],
  ]
  for (const [address, isLocal, because] of bad)
    await expect(notices.channels.add(hook({ url: address, isLocal } as object), owner), address).rejects.toThrow(
      because,
    )
  const named = new URL(url())
  named.hostname = "localhost"
  named.protocol = "https:"
  const surroundings = realSurroundings()
  await expect(guardedPost({ url: named, body: "{}", isLocal: false, surroundings })).rejects.toThrow("private network")
  expect(heard).toEqual([])
})
