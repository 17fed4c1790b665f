import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { HOUR_MS, type Timeframe } from "#engine/candles"
import { openCandleStore, type CandleStore } from "./candle-store.ts"
import { openVenue } from "../door/open-venue.ts"
import { realSurroundings } from "../surroundings.ts"
import { fetchCandles } from "./fetch-candles.ts"

// Bybit and Coinbase as their documents show them: https://bybit-exchange.github.io/docs/v5/market/kline,
// https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/products/get-public-product-candles
const NOW_MS = Date.UTC(2024, 5, 1)
const LISTED_MS = Date.UTC(2024, 2, 10, 13)
const intervals: Record<string, number> = { 60: HOUR_MS, D: 24 * HOUR_MS, ONE_HOUR: HOUR_MS, ONE_DAY: 24 * HOUR_MS }

let server: Server
let store: CandleStore
let directory: string
let rest: string
let asked: URL[]
let answers: (url: URL) => unknown

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    const url = new URL(request.url!, "http://127.0.0.1")
    asked.push(url)
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answers(url)))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  rest = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  directory = await mkdtemp(join(tmpdir(), "dialect-"))
  store = await openCandleStore(directory)
})

afterEach(async () => {
  await store.close()
  server.close()
  await rm(directory, { recursive: true })
})

/** Open times from listing to now that the market has, newest first; every 50th is missing, as nobody traded then. */
function timesIn(fromMs: number, toMs: number, lengthMs: number): number[] {
  const times: number[] = []
  const firstMs = Math.floor(LISTED_MS / lengthMs) * lengthMs
  for (let time = Math.floor(toMs / lengthMs) * lengthMs; time >= fromMs; time -= lengthMs) {
    if (time >= firstMs && time <= NOW_MS && (time / lengthMs) % 50 !== 0) times.push(time)
  }
  return times
}

function bybit(url: URL): unknown {
  const ok = (result: unknown) => ({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time: NOW_MS })
  const { pathname, searchParams } = url
  if (pathname === "/v5/market/time") return ok({ timeSecond: String(NOW_MS / 1000), timeNano: `${NOW_MS}000000` })
  if (pathname === "/v5/market/instruments-info")
    return ok({
      category: "spot",
      list: [
        {
          symbol: "SOLUSDT",
          baseCoin: "SOL",
          quoteCoin: "USDT",
          status: "Trading",
          marginTrading: "none",
          lotSizeFilter: {
            basePrecision: "0.001",
            quotePrecision: "0.0000001",
            minOrderQty: "0.001",
            maxOrderQty: "1000",
            minOrderAmt: "1",
            maxOrderAmt: "100000",
          },
          priceFilter: { tickSize: "0.01" },
        },
      ],
    })
  const [start, end, limit] = ["start", "end", "limit"].map((name) => Number(searchParams.get(name)))
  const times = timesIn(start, end, intervals[searchParams.get("interval")!]).slice(0, limit)
  return ok({
    symbol: "SOLUSDT",
    category: "spot",
    list: times.map((time) => [String(time), "20", "21.5", "19.25", "21", "1234.5", "25000"]),
  })
}

function coinbase(url: URL): unknown {
  const { pathname, searchParams } = url
  if (pathname === "/v2/time") return { data: { iso: new Date(NOW_MS).toISOString(), epoch: NOW_MS / 1000 } }
  if (pathname.endsWith("/market/products"))
    return {
      products:
        searchParams.get("product_type") === "FUTURE"
          ? []
          : [
              {
                product_id: "SOL-USD",
                base_currency_id: "SOL",
                quote_currency_id: "USD",
                product_type: "SPOT",
                status: "online",
                base_increment: "0.001",
                quote_increment: "0.01",
                price_increment: "0.01",
                base_min_size: "0.001",
                base_max_size: "100000",
                quote_min_size: "1",
                quote_max_size: "1000000",
                trading_disabled: false,
              },
            ],
      num_products: 1,
    }
  if (pathname.endsWith("/candles")) {
    const [start, end] = ["start", "end"].map((name) => Number(searchParams.get(name)) * 1000)
    const times = timesIn(start, end, intervals[searchParams.get("granularity")!]).slice(0, 350)
    return {
      candles: times.map((time) => ({
        start: String(time / 1000),
        low: "19.25",
        high: "21.5",
        open: "20",
        close: "21",
        volume: "1234.5",
      })),
    }
  }
  return { data: [] }
}

test.each([
  ["bybit", "SOL/USDT", bybit, "/v5/market/kline", 1_000],
  ["coinbase", "SOL/USD", coinbase, "/candles", 300],
] as const)(
  "%s: every candle once, gaps kept as gaps, the years before the listing crossed in a few requests",
  async (venue, market, answer, path, pageLimit) => {
    answers = answer
    const series = { venue, market, timeframe: "1h" as Timeframe }
    const fetching = async () =>
      fetchCandles({
        source: openVenue(venue, { rest }),
        store,
        series,
        wanted: { fromMs: Date.UTC(2018, 0, 1, 7) },
        origin: rest,
        surroundings: realSurroundings(),
        signal: new AbortController().signal,
      })
    const expected = timesIn(LISTED_MS, NOW_MS - HOUR_MS, HOUR_MS).toReversed()
    expect(await fetching()).toMatchObject({ ok: true, candles: expected.length, leftOut: [], changed: [] })
    expect([...(await store.read(series))!.openTimeMs]).toEqual(expected)
    const pages = asked.filter(({ pathname }) => pathname.endsWith(path)).length
    // One request a page, the days before the listing, and one more where a page ends in a gap.
    expect(pages).toBeLessThan(expected.length / pageLimit + 20)
    asked.length = 0
    expect(await fetching()).toMatchObject({ ok: true, candles: 0 })
    expect(asked.filter(({ pathname }) => pathname.endsWith(path))).toEqual([])
  },
  60_000,
)

test("bybit's refusals, sent with HTTP 200, are understood", async () => {
  const refusing = (retCode: number, retMsg: string) => (url: URL) =>
    url.pathname === "/v5/market/kline" ? { retCode, retMsg, result: {}, time: NOW_MS } : bybit(url)
  const source = openVenue("bybit", { rest })
  answers = refusing(10006, "Too many visits. Exceeded the API Rate Limit.")
  const ask = () =>
    source.page(
      { market: { symbol: "SOL/USDT", id: "SOLUSDT" }, timeframe: "1h" },
      { fromMs: LISTED_MS, toMs: NOW_MS, limit: 10 },
    )
  expect(await ask()).toMatchObject({ ok: false, kind: "busy" })
  answers = refusing(10024, "Compliance rules triggered")
  expect(await ask()).toMatchObject({ ok: false, kind: "region" })
})
