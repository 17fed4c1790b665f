import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { getRequestListener } from "@hono/node-server"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { BotRecord } from "../ledger/bot-record.ts"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { startRelay } from "../main.ts"
import { announcedRelay } from "../store/running-relay.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, PORT, type OpenedApp } from "../testing/opened-app.ts"

const patience = { timeout: 20_000, interval: 50 }
const KEEP_ALIVE_MS = 15_000
const TAKE_WITHIN_MS = 20_000

type Wait = { ms: number; act: () => void }
let waits: Set<Wait>
let steadyMs: number
let relay: OpenedApp
let bot: BotRecord
let headers: Record<string, string>

beforeEach(async () => {
  waits = new Set()
  steadyMs = 0
  const real = realSurroundings()
  const after = (ms: number, act: () => void) => {
    if (ms !== KEEP_ALIVE_MS && ms !== TAKE_WITHIN_MS) return real.after(ms, act)
    const wait = { ms, act }
    waits.add(wait)
    return () => void waits.delete(wait)
  }
  // Requests of a test are a second apart, unless it says otherwise.
  relay = await openedApp({ surroundings: { ...real, after, steadyMs: () => (steadyMs += 100) } })
  bot = await keptBot(relay)
  headers = await relay.bearer("read")
})

afterEach(() => relay.close())

/** Lets the time of these waits come. */
function pass(ms: number) {
  for (const wait of [...waits].filter((each) => each.ms === ms)) {
    waits.delete(wait)
    wait.act()
  }
}

const keep = (count: number) =>
  relay.ledger.keep(bot, { events: Array.from({ length: count }, (_, n) => ({ kind: "decision", words: `no ${n}` })) })

const open = (query = "", more: Record<string, string> = {}) =>
  relay.ask(`GET /api/events${query}`, { headers: { ...headers, ...more } })

/** A reader of a stream, block by block, as a browser's EventSource parses it. */
function reading(answer: Response) {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ""
  const block = async (): Promise<string | undefined> => {
    for (let end = text.indexOf("\n\n"); ; end = text.indexOf("\n\n")) {
      const found = text.slice(0, Math.max(end, 0))
      if (end >= 0) text = text.slice(end + 2)
      if (end >= 0) return found
      const { value, done } = await reader.read()
      if (done) return undefined
      text += value
    }
  }
  const event = async () => {
    for (;;) {
      const found = await block()
      if (found === undefined) return undefined
      const [, id, data] = /^id: (\d+)\ndata: ([^\n\r]*)$/.exec(found) ?? []
      if (data !== undefined) return { id: Number(id), data: JSON.parse(data) as { seq: number; words: string } }
    }
  }
  return { block, event, leave: () => reader.cancel() }
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

test("a reader hears what happens from now on; each event has its number as its id", async () => {
  await keep(3)
  const answer = await open()
  expect(answer.status).toBe(200)
  expect(answer.headers.get("content-type")).toBe("text/event-stream")
  expect(answer.headers.get("cache-control")).toMatch(/no-(store|cache)/)
  const reader = reading(answer)
  expect(await reader.block()).toBe("retry: 2000\nid: 3")
  await keep(1)
  expect(await reader.event()).toEqual({
    id: 4,
    data: {
      seq: 4,
      botId: "bot-1",
      accountId: "account-1",
      atMs: expect.any(Number),
      kind: "decision",
      words: "no 0",
      about: null,
      exchange: null,
    },
  })
  await reader.leave()
})

test("a reader who goes and comes back while events are written misses none and hears none twice", async () => {
  const total = 600
  const writing = (async () => {
    for (let kept = 0; kept < total; kept += 3) {
      await keep(3)
      await relay.surroundings.giveWay()
    }
  })()
  const heard: number[] = []
  let visits = 0
  while (heard.length < total) {
    const last = String(heard.at(-1) ?? 0)
    // By header, as browsers resume, and by address, as our page does; the header is the later word.
    const reader = reading(
      await (visits % 2 === 0 ? open("?after=1", { "last-event-id": last }) : open(`?after=${last}`)),
    )
    const patience = 1 + ((visits * 37) % 90)
    for (let n = 0; n < patience && heard.length < total; n++) heard.push((await reader.event())!.id)
    await reader.leave()
    visits += 1
  }
  await writing
  expect(heard).toEqual(upTo(total))
  expect(visits).toBeGreaterThan(8)
})

test("for a reader who does not read, nothing is read ahead; one who reads late still gets all of it", async () => {
  let reads = 0
  const events = relay.ledger.events.bind(relay.ledger)
  relay.ledger.events = (...asked) => {
    reads += 1
    return events(...asked)
  }
  const reader = reading(await open("?after=0"))
  for (let n = 0; n < 40; n++) await keep(50)
  expect(reads).toBeLessThan(8)
  const heard = []
  while (heard.length < 2_000) heard.push((await reader.event())!.id)
  expect(heard).toEqual(upTo(2_000))
  await reader.leave()
})

test("a reader who takes nothing for long is cut off, its place is free again, and it resumes where it was", async () => {
  await keep(500)
  const readers = await Promise.all(upTo(8).map(async () => reading(await open("?after=0"))))
  expect((await open()).status).toBe(429)
  await expect.poll(() => [...waits].filter(({ ms }) => ms === TAKE_WITHIN_MS)).toHaveLength(8)
  pass(TAKE_WITHIN_MS)
  let last = 0
  for (let event; (event = await readers[0].event()) !== undefined;) last = event.id
  expect(last).toBeLessThan(500)
  const again = reading(await open("", { "last-event-id": String(last) }))
  expect((await again.event())!.id).toBe(last + 1)
  await again.leave()
})

test("a connection whose other end stops reading is closed, whatever waits in its buffers", async () => {
  const long = "x".repeat(8_000)
  for (let n = 0; n < 60; n++)
    await relay.ledger.keep(bot, { events: Array.from({ length: 50 }, () => ({ kind: "decision", words: long })) })
  const server = createServer(getRequestListener(relay.app.fetch, { overrideGlobalObjects: false }))
  await once(server.listen(0, "127.0.0.1"), "listening")
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1")
  socket.pause()
  const lines = [`Host: localhost:${PORT}`, `Authorization: ${headers.authorization}`]
  socket.write(`GET /api/events?after=0 HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`)
  // Buffers are full once one write waits and stays the same one.
  let seen: Wait | undefined
  await expect
    .poll(() => {
      const [writing] = [...waits].filter(({ ms }) => ms === TAKE_WITHIN_MS)
      const isSame = writing !== undefined && writing === seen
      seen = writing
      return isSame
    }, patience)
    .toBe(true)
  pass(TAKE_WITHIN_MS)
  await expect.poll(async () => promisify(server.getConnections.bind(server))(), patience).toBe(0)
  socket.destroy()
  server.close()
})

test("one caller holds eight streams and no more, others have room, and a closed one makes room", async () => {
  const readers = await Promise.all(upTo(8).map(async () => reading(await open())))
  const refused = await open()
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
    429,
    "5",
    { code: "too-many-streams" },
  ])
  const other = await relay.ask("GET /api/events", { headers: await relay.bearer("read") })
  expect(other.status).toBe(200)
  await readers[3].leave()
  await expect.poll(async () => (await open()).status).toBe(200)
})

test("a quiet stream says that it is there every fifteen seconds", async () => {
  const reader = reading(await open())
  await reader.block()
  for (let n = 0; n < 3; n++) {
    await expect.poll(() => [...waits].map(({ ms }) => ms)).toEqual([KEEP_ALIVE_MS])
    pass(KEEP_ALIVE_MS)
    expect(await reader.block()).toBe(": nothing happened")
  }
  await keep(1)
  expect((await reader.event())!.id).toBe(1)
  await reader.leave()
})

test("a token that is revoked hears no more than a quarter of a minute, quiet or not", async () => {
  const [quiet, busy] = [reading(await open()), reading(await open())]
  const [{ id }] = await relay.people.tokens.list("owner")
  await relay.people.tokens.revoke(id, { kind: "owner", id: "owner", name: "test" })
  await quiet.block()
  steadyMs += KEEP_ALIVE_MS
  pass(KEEP_ALIVE_MS)
  expect(await quiet.event()).toBeUndefined()
  await keep(1)
  expect(await busy.event()).toBeUndefined()
})

test("a stream ends when the relay stops, and does not hold it up", async () => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-events-"))
  const dataDir = join(home, "data")
  const started = await startRelay({ port: 0, dataDir, webDir: home, practice: false, print: () => {} })
  const { token } = (await announcedRelay(dataDir))!
  const answer = await fetch(`${started.url}/api/events`, { headers: { authorization: `Bearer ${token}` } })
  const reader = reading(answer)
  expect(await reader.block()).toBe("retry: 2000\nid: 0")
  const ended = reader.block()
  await started.stop()
  expect(await ended).toBeUndefined()
  await rm(home, { recursive: true })
})

test("a reader with an id that this store has not come to, as after a restore, hears so and goes on with the next event", async () => {
  await keep(2)
  const reader = reading(await open("?after=999999999"))
  expect(await reader.block()).toBe("retry: 2000\nid: 2")
  const [, data] = /^event: reset\nid: 2\ndata: (.*)$/.exec((await reader.block())!)!
  expect(JSON.parse(data)).toMatchObject({ asked: 999999999, newest: 2, words: expect.stringContaining("restored") })
  await keep(1)
  expect((await reader.event())!.id).toBe(3)
  await reader.leave()
})

test("what is no id is refused, and so is who may not read; HEAD opens no stream", async () => {
  for (const after of ["", "x", "-1", "1.5", "1e3", "9".repeat(16), "%00", "1,2", "١"])
    expect((await open(`?after=${after}`)).status, after).toBe(400)
  for (const id of ["x", "-1", "1\t2", "9".repeat(400)])
    expect((await open("", { "last-event-id": id })).status, id).toBe(400)
  expect((await relay.ask("GET /api/events")).status).toBe(401)
  for (const method of ["POST", "PUT", "DELETE"])
    expect((await relay.ask(`${method} /api/events`, { headers })).status, method).toBe(404)
  for (let n = 0; n < 20; n++) expect((await relay.ask("HEAD /api/events", { headers })).status).toBe(200)
  expect(waits.size).toBe(0)
})

test("an event's words cannot end its message or begin another", async () => {
  const reader = reading(await open())
  const words = 'a\n\nid: 999\ndata: {}\n\r\r\u2028 "quoted"'
  await relay.ledger.keep(bot, { events: [{ kind: "problem", words }] })
  expect(await reader.event()).toMatchObject({ id: 1, data: { words } })
  await reader.leave()
})
