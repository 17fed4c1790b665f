import { afterEach, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { MINUTE_MS } from "#engine/candles"
import { messageText } from "../../../door/message-text.ts"
import { ask, command } from "../testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// F60 to F70: what can be wrong with market data.

let exchange: SimulatedExchange
beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 15, speed: "stepped", historyDays: 3 }, realSurroundings())
})
afterEach(() => exchange.stop())

const nowMs = () => exchange.exchange.state.venue.nowMs
type Row = [openTimeMs: number, open: string, high: string, low: string, close: string, volume: string]
const klines = async (params: Record<string, string | number>): Promise<Row[]> =>
  (
    await ask(exchange, "GET", "/api/v3/klines", { symbol: "BTCUSDT", interval: "1m", ...params }, { unsigned: true })
  ).json()
const times = (rows: Row[]) => rows.map(([openTimeMs]) => openTimeMs)

async function listening(stream: string) {
  const socket = new WebSocket(`${exchange.stream}/${stream}`)
  const heard: Record<string, any>[] = []
  socket.on("message", (data) => heard.push(JSON.parse(messageText(data))))
  await new Promise((resolve) => socket.once("open", resolve))
  return { socket, heard }
}
const trouble = (body: object) => command(exchange.control, "/streams/market", body)

test("F60: minutes are missing from before and after the start, and from every longer candle", async () => {
  exchange.advance(10 * MINUTE_MS)
  const startMs = nowMs() - 10 * MINUTE_MS
  const hole = { symbol: "BTCUSDT", fromMs: startMs - 2 * MINUTE_MS, toMs: startMs + 3 * MINUTE_MS }
  const [{ 5: whole }] = await klines({ interval: "1d", startTime: startMs - 1440 * MINUTE_MS, limit: 1 })
  await command(exchange.control, "/holes", hole)
  const shown = times(await klines({ startTime: startMs - 4 * MINUTE_MS, limit: 10 }))
  expect(shown.slice(0, 4)).toEqual([-4, -3, 3, 4].map((minute) => startMs + minute * MINUTE_MS))
  const [{ 5: holed }] = await klines({ interval: "1d", startTime: startMs - 1440 * MINUTE_MS, limit: 1 })
  expect(Number(holed)).toBeLessThan(Number(whole))
})

test("F61: pages overlap and their newest candle comes twice", async () => {
  const startTime = nowMs() - 100 * MINUTE_MS
  const clean = await klines({ startTime, limit: 5 })
  await command(exchange.control, "/symbols/BTCUSDT/candles", { isOverlapping: true })
  expect(times(await klines({ startTime, limit: 5 }))).toEqual([
    startTime - 2 * MINUTE_MS,
    startTime - MINUTE_MS,
    ...times(clean),
    clean.at(-1)![0],
  ])
  await command(exchange.control, "/symbols/BTCUSDT/candles", { isOverlapping: false })
  expect(await klines({ startTime, limit: 5 })).toEqual(clean)
})

test("F62: the newest candle is still forming and is served like the others", async () => {
  exchange.advance(90_000)
  const before = (await klines({ limit: 1 }))[0]
  expect(before[0]).toBe(nowMs() - 30_000)
  exchange.advance(20_000)
  const after = (await klines({ limit: 1 }))[0]
  expect(after[0]).toBe(before[0])
  expect(Number(after[5])).toBeGreaterThan(Number(before[5]))
})

test("F63: a closed minute is corrected later, and so is its hour; a forming one cannot be corrected", async () => {
  exchange.advance(3 * MINUTE_MS + 1_000)
  const openTimeMs = nowMs() - 1_000 - 2 * MINUTE_MS
  await command(exchange.control, "/symbols/BTCUSDT/corrections", { openTimeMs, high: "99999.5", close: "61000" })
  expect((await klines({ startTime: openTimeMs, limit: 1 }))[0].slice(2, 5)).toEqual([
    "99999.50000000",
    expect.any(String),
    "61000.00000000",
  ])
  expect((await klines({ interval: "1h", limit: 1 }))[0][2]).toBe("99999.50000000")
  const refused = await command(exchange.control, "/symbols/BTCUSDT/corrections", {
    openTimeMs: nowMs() - 1_000,
    close: "1",
  })
  expect(refused.status).toBe(400)
})

test("F64: the message that closes a candle is late, or never comes", async () => {
  const { heard } = await listening("btcusdt@kline_1m")
  const closed = () => heard.filter(({ k }) => k.x).length
  await trouble({ closeDelayMs: 300 })
  exchange.advance(61_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(20)
  expect(closed()).toBe(0)
  await expect.poll(closed, { timeout: 10_000 }).toBe(1)
  await trouble({ closeDelayMs: 0, isCloseless: true })
  const before = heard.length
  exchange.advance(120_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(before + 40)
  expect(closed()).toBe(1)
})

test("F65: messages are lost in the middle, and REST fills the gap", async () => {
  const { heard } = await listening("btcusdt@trade")
  exchange.advance(3_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(3)
  await trouble({ lose: 5 })
  exchange.advance(8_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(6)
  const ids = heard.map(({ t }) => t as number)
  expect(ids[3] - ids[2]).toBe(6)
  const filled = (
    await ask(
      exchange,
      "GET",
      "/api/v3/historicalTrades",
      { symbol: "BTCUSDT", fromId: ids[2] + 1, limit: 5 },
      { unsigned: true },
    )
  ).json() as { id: number }[]
  expect(filled.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((step) => ids[2] + step))
})

test("F66: nobody trades: minutes come, flat and without volume", async () => {
  exchange.advance(MINUTE_MS)
  await command(exchange.control, "/symbols/BTCUSDT/quiet", { isQuiet: true })
  exchange.advance(3 * MINUTE_MS)
  const [, still] = await klines({ limit: 3 })
  expect(new Set(still.slice(1, 5)).size).toBe(1)
  expect(still[5]).toBe("0.00000000")
  await command(exchange.control, "/symbols/BTCUSDT/quiet", { isQuiet: false })
  exchange.advance(MINUTE_MS)
  expect(Number((await klines({ limit: 1 }))[0][5])).toBeGreaterThan(0)
})

test("F67: the socket stays open and falls silent; what it kept to itself never comes", async () => {
  const { heard, socket } = await listening("btcusdt@trade")
  exchange.advance(1_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1)
  await trouble({ isFrozen: true })
  exchange.advance(10_000)
  await trouble({ isFrozen: false })
  exchange.advance(1_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(1)
  expect(heard.map(({ t }) => (t as number) - (heard[0].t as number))).toEqual([0, 11])
  expect(socket.readyState).toBe(WebSocket.OPEN)
})

test("F68: a bad tick shows ten times the price and moves nothing", async () => {
  const { heard } = await listening("btcusdt@trade")
  await trouble({ badTicks: 1 })
  exchange.advance(2_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2)
  expect(Number(heard[0].p) / Number(heard[1].p)).toBeCloseTo(10, 1)
  expect(Number((await klines({ limit: 1 }))[0][2])).toBeLessThan(Number(heard[1].p) * 1.5)
})

test("F69: times come in microseconds on request", async () => {
  const { heard } = await listening("btcusdt@trade?timeUnit=MICROSECOND")
  exchange.advance(1_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1)
  expect(heard[0].T).toBe(nowMs() * 1000)
})

test("F70: trades arrive in the wrong order", async () => {
  const { heard } = await listening("btcusdt@trade")
  await trouble({ reverse: 4 })
  exchange.advance(5_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(5)
  const first = Math.min(...heard.map(({ t }) => t as number))
  expect(heard.map(({ t }) => t - first)).toEqual([3, 2, 1, 0, 4])
})
