import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { type CandleNews, type PriceEvent, realVenues } from "#venues"
import { venuesFrom } from "../door/venue-override.ts"
import type { LanguageName } from "../exchange/simulated/language.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { MarketFeeds } from "./market-feeds.ts"
import { PublicMarkets } from "./public-markets.ts"

const START_MS = Date.UTC(2026, 0, 1)
const surroundings = realSurroundings()
let exchange: SimulatedExchange
let feeds: MarketFeeds

async function begin(options: { speed: number | "stepped"; startMs?: number; speak?: LanguageName }) {
  exchange = await startSimulatedExchange(
    { seed: 7, historyDays: 1, pagesPort: 0, startMs: START_MS, ...options },
    surroundings,
  )
  const { origin, host } = new URL(exchange.rest)
  const venues = venuesFrom(JSON.stringify({ [options.speak ?? "binance"]: { rest: origin, stream: `ws://${host}` } }))
  const practice = { ...exchange, pages: exchange.pages!, isUp: () => true }
  feeds = new MarketFeeds({ venues, practice, paper: { addresses: practice }, surroundings, onBug: () => {} })
}

beforeEach(() => begin({ speed: "stepped" }))
afterEach(async () => {
  feeds.close()
  await exchange.stop()
})

const opensOf = (news: CandleNews[]) =>
  news.flatMap((one) => (one.kind === "candle" ? [(one.candle.openTimeMs - START_MS) / MINUTE_MS] : []))

test("a market that is asked about in public is known by the stand-in it comes from", async () => {
  const found = await new PublicMarkets({ feeds, surroundings }).find("binance", "BTC-USDT")
  expect(found.market.symbol).toBe("BTC/USDT")
  expect([feeds.venue("binance").standIn, feeds.venue("bybit").standIn, found.venue.standIn]).toEqual([
    { stream: expect.stringMatching(/^ws:/) as string, wsApi: expect.any(String) as string },
    undefined,
    feeds.venue("binance").standIn,
  ])
})

test.each(["practice", "binance", "paper"] as const)(
  "closed candles and prices of %s come from where it is",
  async (venue) => {
    const market = feeds.market(venue, "BTC/USDT")!
    const news: CandleNews[] = []
    const prices: PriceEvent[] = []
    feeds.candles(venue).follow({ market, timeframe: "1m" }, START_MS - 2 * MINUTE_MS, (one) => news.push(one))
    feeds.watchPrice(venue, market, (price) => prices.push(price))
    await expect.poll(() => news.map(({ kind }) => kind), { timeout: 30_000 }).toContain("caught-up")
    exchange.advance(MINUTE_MS + 1_000)
    await expect.poll(() => opensOf(news), { timeout: 30_000 }).toEqual([-2, -1, 0])
    await expect.poll(() => prices.length, { timeout: 30_000 }).toBeGreaterThan(0)
  },
)

test.each([
  ["bybit", "BTC/USDT"],
  ["coinbase", "BTC/USD"],
] as const)(
  "closed candles and prices of a stand-in for %s come from it, in its own language",
  async (venue, symbol) => {
    feeds.close()
    await exchange.stop()
    await begin({ speed: "stepped", speak: venue })
    const market = feeds.market(venue, symbol)!
    const news: CandleNews[] = []
    const prices: PriceEvent[] = []
    feeds.candles(venue).follow({ market, timeframe: "1m" }, START_MS - 2 * MINUTE_MS, (one) => news.push(one))
    feeds.watchPrice(venue, market, (price) => prices.push(price))
    await expect.poll(() => news.map(({ kind }) => kind), { timeout: 30_000 }).toContain("caught-up")
    exchange.advance(MINUTE_MS + 1_000)
    await expect.poll(() => opensOf(news), { timeout: 30_000 }).toEqual([-2, -1, 0])
    await expect.poll(() => prices.length, { timeout: 30_000 }).toBeGreaterThan(0)
  },
  90_000,
)

test("at an exchange whose time runs sixty times faster, each candle comes once, in order, and a lost connection leaves no gap", async () => {
  feeds.close()
  await exchange.stop()
  await begin({ speed: 60 })
  const market = feeds.market("binance", "BTC/USDT")!
  const news: CandleNews[] = []
  feeds.candles("binance").follow({ market, timeframe: "1m" }, START_MS - 5 * MINUTE_MS, (one) => news.push(one))
  await expect.poll(() => opensOf(news).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(15)
  expect(news.filter(({ kind }) => kind === "gap")).toEqual([])
  exchange.sockets.close("market", 1006)
  await expect.poll(() => news.map(({ kind }) => kind), { timeout: 30_000 }).toContain("gap")
  const before = opensOf(news).length
  await expect.poll(() => opensOf(news).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 5)
  await expect.poll(() => news.findLast(({ kind }) => kind !== "candle")!.kind, { timeout: 30_000 }).toBe("caught-up")
  const opens = opensOf(news)
  expect(opens).toEqual(opens.map((_, index) => index - 5))
}, 90_000)

test("a market has the name its exchange gives it; what is no market's name has none", () => {
  expect(feeds.market("binance", "BTC/USDT")).toEqual({ symbol: "BTC/USDT", id: "BTCUSDT" })
  expect(feeds.market("bybit", "ETH/USDC")).toEqual({ symbol: "ETH/USDC", id: "ETHUSDC" })
  expect(feeds.market("coinbase", "BTC/USD")).toEqual({ symbol: "BTC/USD", id: "BTC-USD" })
  for (const symbol of ["", "BTCUSDT", "btc/usdt", "BTC/USDT/X", "BTC/USDT:USDT"])
    expect(feeds.market("binance", symbol)).toBeUndefined()
})

test("without a practice exchange its candles are refused in words", () => {
  const without = new MarketFeeds({ venues: realVenues, practice: undefined, surroundings, onBug: () => {} })
  expect(() => without.candles("practice")).toThrow("The practice exchange is not running here. Nothing is lost")
})
