import type { BrowserContext } from "@playwright/test"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { differences, type Row, storedCandles } from "./stored-candles.ts"
import { expect, test } from "./support.ts"

/** A stand-in for an exchange's public data: its answer to a path and its parameters. */
type StandIn = { host: string; market: string; answer(path: string, params: URLSearchParams): object | undefined }

// The shapes: https://bybit-exchange.github.io/docs/v5/market/kline,
// https://docs.cdp.coinbase.com/api-reference/advanced-trade-api,
// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints
const standIns: Record<string, StandIn> = {
  Binance: {
    host: "https://data-api.binance.vision",
    market: "BTC/USDT",
    answer: (path, params) => {
      if (path === "/api/v3/time") return { serverTime: Date.now() }
      if (path === "/api/v3/exchangeInfo")
        return {
          timezone: "UTC",
          symbols: [
            {
              symbol: "BTCUSDT",
              status: "TRADING",
              baseAsset: "BTC",
              quoteAsset: "USDT",
              isSpotTradingAllowed: true,
              permissions: ["SPOT"],
              filters: [],
            },
          ],
        }
      if (path === "/api/v3/ticker/24hr") return [{ symbol: "BTCUSDT", lastPrice: "1", quoteVolume: "2500000000" }]
      if (path !== "/api/v3/klines") return undefined
      return rows(Number(params.get("startTime")), Number(params.get("limit"))).map(([time, ...values]) => [
        time,
        ...values.map(String),
        time + MINUTE_MS - 1,
        "0",
        1,
        "0",
        "0",
        "0",
      ])
    },
  },
  Bybit: {
    host: "https://api.bybit.com",
    market: "BTC/USDT",
    answer: (path, params) => {
      const wrapped = (result: object) => ({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time: Date.now() })
      if (path === "/v5/market/time")
        return wrapped({ timeSecond: String(Math.floor(Date.now() / 1000)), timeNano: `${Date.now()}000000` })
      if (path === "/v5/market/instruments-info")
        return wrapped({
          category: "spot",
          list: [
            {
              symbol: "BTCUSDT",
              baseCoin: "BTC",
              quoteCoin: "USDT",
              status: "Trading",
              lotSizeFilter: {
                basePrecision: "0.000001",
                quotePrecision: "0.01",
                minOrderQty: "0.00001",
                maxOrderQty: "100",
                minOrderAmt: "1",
                maxOrderAmt: "1000000",
              },
              priceFilter: { tickSize: "0.01" },
            },
          ],
        })
      if (path === "/v5/market/tickers")
        return wrapped({
          category: "spot",
          list: [{ symbol: "BTCUSDT", lastPrice: "1", turnover24h: "2500000000", volume24h: "1" }],
        })
      if (path !== "/v5/market/kline") return undefined
      const newestFirst = rows(Number(params.get("start")), Number(params.get("limit"))).toReversed()
      return wrapped({ symbol: "BTCUSDT", category: "spot", list: newestFirst.map((row) => [...row.map(String), "0"]) })
    },
  },
  Coinbase: {
    host: "https://api.coinbase.com",
    market: "BTC/USD",
    answer: (path, params) => {
      if (path === "/v2/time") return { data: { iso: new Date().toISOString(), epoch: Math.floor(Date.now() / 1000) } }
      if (path === "/api/v3/brokerage/market/products")
        return {
          products: [
            {
              product_id: "BTC-USD",
              base_currency_id: "BTC",
              quote_currency_id: "USD",
              is_disabled: false,
              trading_disabled: false,
              approximate_quote_24h_volume: "2500000000",
            },
          ],
        }
      if (path !== "/api/v3/brokerage/market/products/BTC-USD/candles") return undefined
      const [startMs, endMs] = ["start", "end"].map((name) => Number(params.get(name)) * 1000)
      const newestFirst = rows(startMs, 300)
        .filter(([time]) => time < endMs)
        .toReversed()
      return {
        candles: newestFirst.map(([time, open, high, low, close, volume]) => ({
          start: String(time / 1000),
          open: String(open),
          high: String(high),
          low: String(low),
          close: String(close),
          volume: String(volume),
        })),
      }
    },
  },
}

test.setTimeout(120_000)

for (const [name, standIn] of Object.entries(standIns)) {
  test(`${name} is asked directly, in its own protocol, and its candles are kept bit for bit`, async ({
    page,
    context,
  }) => {
    const throughRelay: string[] = []
    // Whether a program stands in for an exchange is asked of the relay; candles and markets are not.
    const isOfMarkets = /\/api\/md\/(?!venues$)/
    context.on("request", (request) => isOfMarkets.test(request.url()) && throughRelay.push(request.url()))
    await standInFor(context, standIn)
    await page.goto("/data")
    await page.getByLabel("Exchange", { exact: true }).selectOption(name)
    await page.getByLabel("Market", { exact: true }).fill("btc")
    const option = page.getByRole("listbox").getByRole("option", { name: standIn.market })
    await expect(option).toContainText("2.5B")
    await option.click()
    await page.getByLabel("Candles of").selectOption("1m")
    await page.getByLabel("Period").selectOption("From … to …")
    const fromMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 2 * DAY_MS
    for (const label of ["First day", "Last day"])
      await page.getByLabel(label).fill(new Date(fromMs).toISOString().slice(0, 10))
    await page.getByRole("button", { name: "Download", exact: true }).click()
    await expect(page.getByText("everything the exchange has of this period is here")).toBeVisible({ timeout: 60_000 })
    expect(differences(await storedCandles(page), rows(fromMs, DAY_MS / MINUTE_MS))).toEqual([])
    expect(throughRelay).toEqual([])
  })
}

async function standInFor(context: BrowserContext, standIn: StandIn) {
  await context.route(/^https:/, async (route) => {
    const url = new URL(route.request().url())
    const answer = url.origin === standIn.host ? standIn.answer(url.pathname, url.searchParams) : undefined
    if (answer) await route.fulfill({ json: answer, headers: { "access-control-allow-origin": "*" } })
    else await route.abort()
  })
}

/** Made-up candles, whose every value follows from their time. */
function rows(fromMs: number, count: number): Row[] {
  return Array.from({ length: count }, (_, at) => {
    const time = fromMs + at * MINUTE_MS
    const open = 100 + ((time / MINUTE_MS) % 977) / 100
    return [time, open, open + 0.37, open - 0.11, open + 0.03, (time / MINUTE_MS) % 13]
  })
}
