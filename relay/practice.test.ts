import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { messageText } from "./door/message-text.ts"
import { PracticeThread } from "./exchange/practice-exchange.ts"
import { ask, command } from "./exchange/simulated/testing/raw-client.ts"
import { type Relay, type RelayOptions, startRelay } from "./main.ts"
import { realSurroundings } from "./surroundings.ts"

// The practice exchange as it runs inside the relay, seen from the browser's side.

let home: string
const started: Relay[] = []
const printed: string[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-practice-"))
  await mkdir(join(home, "web"))
  await writeFile(join(home, "web/index.html"), "<html>the app</html>")
  printed.length = 0
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((relay) => relay.stop()))
  await rm(home, { recursive: true })
})

async function start(practice?: RelayOptions["practice"]) {
  const relay = await startRelay({
    port: 0,
    // Two relays do not share a folder.
    dataDir: join(home, `data-${started.length}`),
    webDir: join(home, "web"),
    practice,
    print: (line) => printed.push(line),
  })
  started.push(relay)
  return relay
}

type Row = [
  openTimeMs: number,
  open: string,
  high: string,
  low: string,
  close: string,
  volume: string,
  closeTimeMs: number,
  quoteVolume: string,
  trades: number,
  takerVolume: string,
  takerQuoteVolume: string,
]
async function klines(relay: Relay, query: string): Promise<Row[]> {
  const answer = await fetch(`${relay.url}/api/md/practice/api/v3/klines?symbol=BTCUSDT&${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Row[]
}

test("the relay offers the practice exchange first, and says that it is one", async () => {
  const relay = await start()
  const venues = await (await fetch(`${relay.url}/api/md/venues`)).json()
  expect(venues[0]).toMatchObject({ id: "practice", name: "Practice exchange", kind: "practice", candlesPerPage: 1000 })
  expect(venues.slice(1).map(({ id, kind }: Record<string, string>) => [id, kind])).toEqual([
    ["binance", "real"],
    ["bybit", "real"],
    ["coinbase", "real"],
  ])
})

test("it is now there, and its newest candle is forming", async () => {
  const relay = await start()
  const askedMs = Date.now()
  const { serverTime } = await (await fetch(`${relay.url}/api/md/practice/api/v3/time`)).json()
  const candles = await klines(relay, "interval=1m&limit=3")
  const answeredMs = Date.now()
  // The one clock both read, before and after: it holds however long the answers take.
  expect(serverTime).toBeGreaterThanOrEqual(askedMs)
  expect(serverTime).toBeLessThanOrEqual(answeredMs)
  const minuteOf = (timeMs: number) => timeMs - (timeMs % MINUTE_MS)
  expect(candles.at(-1)![0]).toBeGreaterThanOrEqual(minuteOf(askedMs))
  expect(candles.at(-1)![0]).toBeLessThanOrEqual(minuteOf(answeredMs))
})

test("the minute it starts in is whole, as if it had always been there", async () => {
  const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS + 40_000
  const began = await klines(await start({ startMs, speed: "stepped" }), "interval=1m&limit=1")
  const ran = await start({ startMs: startMs - HOUR_MS, speed: "stepped" })
  await command(ran.practice!.control, "/clock", { advanceMs: HOUR_MS })
  expect(began).toEqual(await klines(ran, "interval=1m&limit=1"))
})

test("three years ago there were minutes too, and they are the same after a restart", async () => {
  const startTime = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * 365 * DAY_MS
  const first = await klines(await start(), `interval=1m&startTime=${startTime}&limit=1000`)
  expect(first).toHaveLength(1000)
  expect(first[0][0]).toBe(startTime)
  await started.splice(0)[0].stop()
  // Started a day later, it has the same past.
  expect(
    await klines(await start({ startMs: Date.now() + DAY_MS }), `interval=1m&startTime=${startTime}&limit=1000`),
  ).toEqual(first)
})

test("longer candles are their minutes added up, to the last digit", async () => {
  const relay = await start()
  const startTime = Math.floor(Date.now() / DAY_MS) * DAY_MS - 500 * DAY_MS
  const minutes: Row[] = []
  for (let page = 0; page < 3; page++)
    minutes.push(...(await klines(relay, `interval=1m&startTime=${startTime + page * 480 * 60_000}&limit=480`)))
  expect(minutes).toHaveLength(1440)
  for (const [interval, length] of [
    ["5m", 5],
    ["1h", 60],
    ["4h", 240],
    ["1d", 1440],
  ] as const) {
    const longer = await klines(
      relay,
      `interval=${interval}&startTime=${startTime}&endTime=${startTime + DAY_MS - 1}&limit=1000`,
    )
    expect(longer.map((row) => row.slice(0, 11))).toEqual(
      Array.from({ length: 1440 / length }, (_, index) =>
        together(minutes.slice(index * length, (index + 1) * length)),
      ),
    )
  }
})

test("a signed program on this computer trades there; the control plane is not for web pages", async () => {
  const { practice } = await start()
  const ask = (headers: Record<string, string>) => fetch(practice!.control, { headers })
  expect((await ask({})).status).toBe(200)
  for (const origin of ["https://evil.example", "http://localhost:8787", "null"])
    expect((await ask({ origin })).status).toBe(403)
  for (const site of ["cross-site", "same-site", "same-origin"])
    expect((await ask({ "sec-fetch-site": site })).status).toBe(403)
  const form = await fetch(`${practice!.control}/scenario`, {
    method: "POST",
    body: '{"kind":"crash"}',
    headers: { "content-type": "text/plain" },
  })
  expect(form.status).toBe(415)
  const foreign = await fetch(`${practice!.rest}/time`, { headers: { origin: "https://evil.example" } })
  expect(foreign.status).toBe(403)
})

test("its live candles reach a page through the relay", async () => {
  const relay = await start({ speed: 60 })
  const page = new WebSocket(`${relay.url.replace("http", "ws")}/api/md/practice/stream/ws/btcusdt@kline_1m`)
  const heard = await new Promise<string>((resolve) => page.once("message", (data) => resolve(messageText(data))))
  expect(JSON.parse(heard)).toMatchObject({ e: "kline", s: "BTCUSDT", k: { i: "1m" } })
  page.terminate()
})

test("a page that floods one request must wait, and no bot and no other request has to", async () => {
  const relay = await start({ limits: { weightPerMinute: 2_000 } })
  const { practice, url } = relay
  const md = async (path: string) => (await fetch(`${url}/api/md/practice/api/v3/${path}`)).status
  const flood = await Promise.all(Array.from({ length: 60 }, () => md("depth?symbol=BTCUSDT&limit=5000")))
  // Binance bans an address that keeps asking; a page gets a wait, every time. 503: a busy machine's line is full.
  expect(flood).toContain(429)
  expect(flood.filter((status) => ![200, 429, 503].includes(status))).toEqual([])
  expect(await md("time")).toBe(200)
  expect(await md("klines?symbol=BTCUSDT&interval=1m")).toBe(200)
  expect((await ask(practice!, "GET", "/api/v3/account")).status).toBe(200)
})

test("a bot that floods gets a wait and is banned alone", async () => {
  const { practice } = await start({ limits: { weightPerMinute: 400 } })
  const { apiKey, secret } = (await command(practice!.control, "/accounts", { balances: { USDT: "1" } })).body
  const noisy = { ...practice!, apiKey, secret }
  const flood = await Promise.all(Array.from({ length: 60 }, () => ask(noisy, "GET", "/api/v3/account")))
  expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([200, 418, 429]))
  expect((await ask(practice!, "GET", "/api/v3/account")).status).toBe(200)
})

test("a thread that dies is replaced at the same addresses, and a sentence says so", async () => {
  const lines: string[] = []
  const thread = new PracticeThread({ pagesPort: 0 }, realSurroundings(), (line) => lines.push(line))
  const { rest } = await thread.start()
  await thread.worker!.terminate()
  await expect
    .poll(async () => (await fetch(`${rest}/ping`).catch(() => undefined))?.status, { timeout: 20_000 })
    .toBe(200)
  expect(lines).toEqual(["The practice exchange stopped (it ended) and starts again; its accounts begin anew."])
  await thread.stop()
  await expect(fetch(`${rest}/ping`)).rejects.toThrow("fetch failed")
})

test("a thread that dies is replaced by one that knows the same orders, where they are kept", async () => {
  const lines: string[] = []
  const thread = new PracticeThread({ pagesPort: 0, folder: join(home, "kept") }, realSurroundings(), (line) =>
    lines.push(line),
  )
  const at = await thread.start()
  const placed = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" }
  const { orderId } = (await ask(at, "POST", "/api/v3/order", placed)).json()
  await thread.worker!.terminate()
  await expect
    .poll(async () => (await fetch(`${at.rest}/ping`).catch(() => undefined))?.status, { timeout: 20_000 })
    .toBe(200)
  expect(lines).toEqual(["The practice exchange stopped (it ended) and starts again; its accounts go on."])
  const orders = (await ask(at, "GET", "/api/v3/allOrders", { symbol: "BTCUSDT" })).json()
  expect(orders).toMatchObject([{ orderId, status: "FILLED" }])
  await thread.stop()
})

test("when its port is taken, everything else runs and a sentence says so", async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  const relay = await start({ port: (other.address() as AddressInfo).port })
  expect(relay.practice).toBeUndefined()
  expect(printed[0]).toMatch(/^The practice exchange could not start \(.*EADDRINUSE.*\)\. Everything else works/)
  const venues = await (await fetch(`${relay.url}/api/md/venues`)).json()
  expect(venues.map(({ id }: { id: string }) => id)).toEqual(["binance", "bybit", "coinbase"])
  other.close()
})

test("it ends with the relay", async () => {
  const relay = await start()
  await relay.stop()
  await expect(fetch(`${relay.practice!.rest}/ping`)).rejects.toThrow("fetch failed")
  await expect(fetch(relay.practice!.control)).rejects.toThrow("fetch failed")
})

function together(rows: Row[]) {
  const sum = (column: 5 | 7 | 9 | 10) =>
    decimal(rows.reduce((total, row) => total + BigInt(row[column].replace(".", "")), 0n))
  const [first, last] = [rows[0], rows.at(-1)!]
  const highest = rows.reduce((best, { 2: high }) => (Number(high) > Number(best) ? high : best), first[2])
  const lowest = rows.reduce((best, { 3: low }) => (Number(low) < Number(best) ? low : best), first[3])
  return [
    first[0],
    first[1],
    highest,
    lowest,
    last[4],
    sum(5),
    last[6],
    sum(7),
    rows.reduce((total, row) => total + row[8], 0),
    sum(9),
    sum(10),
  ]
}

function decimal(units: bigint): string {
  const digits = units.toString().padStart(9, "0")
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`
}
