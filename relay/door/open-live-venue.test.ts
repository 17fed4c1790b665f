import { afterEach, beforeEach, expect, test } from "vitest"
import { type LiveCandle, MINUTE_MS } from "#engine/candles"
import type { CandleWatch, LineState, LiveVenue } from "#venues"
import { startSimulatedExchange, type SimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openLiveVenue } from "./open-live-venue.ts"
import { openVenue } from "./open-venue.ts"

// Candles as a bot sees them, from the simulated exchange over real sockets.

const START_MS = Date.UTC(2026, 0, 1)
const market = { symbol: "BTC/USDT", id: "BTCUSDT" }
let exchange: SimulatedExchange
let live: LiveVenue
let watch: CandleWatch
let taken: LiveCandle[]
let states: LineState["state"][]
let bugs: unknown[]

beforeEach(async () => {
  exchange = await startSimulatedExchange(
    { seed: 5, speed: "stepped", historyDays: 2, startMs: START_MS },
    realSurroundings(),
  )
  taken = []
  states = []
  bugs = []
  const onBug = (error: unknown) => bugs.push(error)
  live = openLiveVenue(openVenue("binance", { rest: exchange.rest, isThrottled: false }), {
    surroundings: realSurroundings(onBug),
    onBug,
    addresses: [exchange.stream],
    onState: ({ state }) => states.push(state),
  })
})

afterEach(async () => {
  live.close()
  await exchange.stop()
})

function follow(fromMs: number) {
  watch = live.watchCandles(
    { market, timeframe: "1m" },
    { start: { fromMs }, onChange: () => taken.push(...watch.takeClosed()) },
  )
}

/** The exchange's own candles, from its REST address. */
async function itsOwn(fromMs: number, toMs: number): Promise<LiveCandle[]> {
  const query = `symbol=BTCUSDT&interval=1m&startTime=${fromMs}&endTime=${toMs - 1}&limit=1000`
  const rows = (await (await fetch(`${exchange.rest}/klines?${query}`)).json()) as string[][]
  return rows.map((row) => {
    const [openTimeMs, open, high, low, close, volume] = row.map(Number)
    return { openTimeMs, open, high, low, close, volume }
  })
}

const nowMs = () => exchange.exchange.state.nowMs()
const lastClosedMs = () => Math.floor(nowMs() / MINUTE_MS) * MINUTE_MS
const isOpen = () => expect.poll(() => states.at(-1), { timeout: 20_000 }).toBe("open")
const caughtUp = (fromMs: number) =>
  expect.poll(() => taken.length, { timeout: 30_000 }).toBe((lastClosedMs() - fromMs) / MINUTE_MS)

test("a bot that was away gets the candles it missed, then each as it closes, and none twice", async () => {
  const fromMs = START_MS - 25 * MINUTE_MS
  follow(fromMs)
  await isOpen()
  exchange.advance(5_000)
  await caughtUp(fromMs)
  for (let minute = 0; minute < 10; minute++) {
    exchange.advance(MINUTE_MS)
    await caughtUp(fromMs)
  }
  expect(taken).toEqual(await itsOwn(fromMs, lastClosedMs()))
  expect([watch.history, bugs]).toEqual([{ state: "complete" }, []])
})

test("connections that drop, freeze, lose or reorder messages lose no candle and change none", async () => {
  follow(START_MS)
  await isOpen()
  const troubles = [
    () => exchange.sockets.close("market", 1006),
    () => (exchange.sockets.markets.path.trouble.lose = 3),
    () => (exchange.sockets.markets.path.trouble.duplicate = 5),
    () => (exchange.sockets.markets.path.trouble.reverse = 4),
    () => exchange.sockets.close("market", 1001),
    () => (exchange.sockets.markets.path.trouble.badTicks = 2),
  ]
  for (const cause of troubles) {
    cause()
    for (let step = 0; step < 4; step++) exchange.advance(35_000)
    await isOpen()
    exchange.advance(20_000)
  }
  exchange.advance(65_000)
  await caughtUp(START_MS)
  expect(taken).toEqual(await itsOwn(START_MS, lastClosedMs()))
  expect([watch.notes.filter(({ kind }) => kind !== "refused"), bugs]).toEqual([[], []])
}, 90_000)
