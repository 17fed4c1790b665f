import { afterEach, beforeEach, expect, test } from "vitest"
import { type LiveCandle, MINUTE_MS } from "#engine/candles"
import { type CandleNews, type LiveVenue, SharedCandles } from "#venues"
import { type SimulatedExchange, startSimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openLiveVenue } from "./open-live-venue.ts"
import { openVenue } from "./open-venue.ts"

const START_MS = Date.UTC(2026, 0, 1)
const question = { market: { symbol: "BTC/USDT", id: "BTCUSDT" }, timeframe: "1m" } as const
let exchange: SimulatedExchange
let live: LiveVenue
let shared: SharedCandles
let watches: number

beforeEach(async () => {
  exchange = await startSimulatedExchange(
    { seed: 5, speed: "stepped", historyDays: 2, startMs: START_MS },
    realSurroundings(),
  )
  const options = { surroundings: realSurroundings(), onBug: () => {}, addresses: [exchange.stream] }
  live = openLiveVenue(openVenue("binance", { rest: exchange.rest, isThrottled: false }), options)
  watches = 0
  shared = new SharedCandles({ watchCandles: (...asked) => (watches++, live.watchCandles(...asked)) })
})
afterEach(async () => {
  live.close()
  await exchange.stop()
})

/** What a bot that knows every candle before `fromMs` hears. */
function bot(fromMs: number) {
  const news: CandleNews[] = []
  const leave = shared.follow(question, fromMs, (one) => news.push(one))
  const candles = (): LiveCandle[] => news.flatMap((one) => (one.kind === "candle" ? [one.candle] : []))
  const kinds = () => news.map(({ kind }) => kind)
  return { news, leave, candles, kinds }
}
const opensOf = (candles: LiveCandle[]) => candles.map(({ openTimeMs }) => (openTimeMs - START_MS) / MINUTE_MS)
const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const heard = (one: ReturnType<typeof bot>, count: number) =>
  expect.poll(() => one.candles().length, { timeout: 30_000 }).toBe(count)

test("forty bots of one market share one watch, and each hears each candle once, in order, whenever it came", async () => {
  const bots = Array.from({ length: 40 }, () => bot(START_MS))
  await expect.poll(() => bots[0].kinds(), { timeout: 20_000 }).toContain("caught-up")
  for (let minute = 1; minute <= 3; minute++) {
    exchange.advance(MINUTE_MS + 1_000)
    await heard(bots[0], minute)
  }
  expect(watches).toBe(1)
  const late = bot(START_MS + MINUTE_MS)
  expect(opensOf(late.candles())).toEqual([1, 2])
  expect(late.kinds().at(-1)).toBe("caught-up")
  const early = bot(START_MS - 20 * MINUTE_MS)
  await heard(early, 23)
  expect(watches).toBe(2)
  exchange.advance(MINUTE_MS)
  await heard(early, 24)
  expect(opensOf(early.candles())).toEqual(minutes(-20, 4))
  await heard(late, 3)
  for (const one of bots) expect(opensOf(one.candles())).toEqual([0, 1, 2, 3])
})

test("a lost connection is a gap until what was missed has come", async () => {
  const one = bot(START_MS)
  await expect.poll(() => one.kinds(), { timeout: 20_000 }).toContain("caught-up")
  exchange.sockets.close("market", 1006)
  await expect.poll(() => one.kinds(), { timeout: 20_000 }).toContain("gap")
  exchange.advance(3 * MINUTE_MS + 1_000)
  await heard(one, 3)
  await expect.poll(() => one.kinds().at(-1), { timeout: 20_000 }).toBe("caught-up")
  const states = one.kinds().filter((kind) => kind !== "candle")
  expect(states).toEqual(states.map((_, index) => (index % 2 === 0 ? "caught-up" : "gap")))
  one.leave()
  exchange.advance(MINUTE_MS)
  expect(opensOf(one.candles())).toEqual([0, 1, 2])
})
