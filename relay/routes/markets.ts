import { createRoute, z } from "@hono/zod-openapi"
import { isTimeframe, type Timeframe, timeframesMs } from "#engine/candles"
import type { VenueId } from "#venues"
import type { Accounts } from "../accounts/accounts.ts"
import { exchangeKindOf, exchangeKinds } from "../accounts/exchange-kind.ts"
import type { TradeSignal, TradeSignals } from "../bots/trade-signal.ts"
import type { FoundMarket, PublicMarkets } from "../desk/public-markets.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { Access } from "../people/access.ts"
import { amountText } from "./bots.ts"
import { LAST_MS, writtenMoment } from "./moment.ts"
import { given, listOf, oneOf, resource, taken, timeMs, unknown, venueName, whoIn, wholeNumber } from "./resource.ts"

const MOST_CANDLES = 1_000
const USUAL_CANDLES = 500

/** BTC-USDT, BTCUSDT and BTC/USDT mean the same. */
const symbolText = z
  .string()
  .regex(/^[A-Za-z0-9]{1,20}([-/][A-Za-z0-9]{1,20})?$/, "There is no such market: write it as BTC-USDT.")
const symbol = { params: z.object({ symbol: symbolText }) }
const venue = venueName.default("practice" satisfies VenueId)
const timeframe = z
  .string()
  .refine(isTimeframe, `it is one of ${Object.keys(timeframesMs).join(" ")}`)
  .transform((text) => text as Timeframe)
  .default("1h")
const named = { venue: venueName, market: z.string(), exchange: z.enum(exchangeKinds) }
const liveData = z.object({
  ...named,
  price: amountText,
  /** The last 24 hours; null where the exchange does not say. */
  changePercent: z.string().nullable(),
  high: amountText.nullable(),
  low: amountText.nullable(),
  volume: amountText.nullable(),
  quoteVolume: amountText.nullable(),
  /** By the exchange's clock. */
  timeMs,
})
const candle = z.object({
  openTimeMs: timeMs,
  open: amountText,
  high: amountText,
  low: amountText,
  close: amountText,
  volume: amountText,
})
const signal = z.object({
  success: z.literal(true),
  ...named,
  signal: z.object({
    action: z.enum(["BUY", "SELL", "HOLD"]),
    confidence: z.int().min(0).max(100),
    entry_price: amountText.nullable(),
    stop_loss: amountText.nullable(),
    reasoning: z.string(),
  }),
})

const routes = {
  live: createRoute({
    method: "get",
    path: "/live-data/{symbol}",
    summary: "A market's last price, and its last 24 hours where the exchange says them",
    request: { ...symbol, query: z.object({ venue }) },
    responses: { 200: given("it", liveData) },
  }),
  history: createRoute({
    method: "get",
    path: "/historical-data/{symbol}",
    summary: "A market's closed candles, the oldest first; without `from`, the last ones",
    request: {
      ...symbol,
      query: z.object({
        venue,
        timeframe,
        from: writtenMoment.optional(),
        /** Candles from there on are left out. */
        to: writtenMoment.optional(),
        /** The `next` of the page before. */
        after: wholeNumber(0, LAST_MS).optional(),
        limit: wholeNumber(1, MOST_CANDLES).default(USUAL_CANDLES),
      }),
    },
    responses: { 200: given("them", listOf(candle)) },
  }),
  signal: createRoute({
    method: "get",
    path: "/trade-signal/{symbol}",
    summary: "What the bot that trades a market says, or plain rules where none does; computed, with its reasons",
    request: { ...symbol, query: z.object({ venue, timeframe }) },
    responses: { 200: given("it", signal) },
  }),
  analyze: createRoute({
    method: "post",
    path: "/trading/accounts/{id}/analyze",
    summary:
      "What to think of a market at an account's exchange; kept with its facts, measured later, and nothing is traded by it",
    request: { ...oneOf("account"), ...taken(z.strictObject({ symbol: symbolText, timeframe })) },
    responses: { 200: given("it", signal) },
  }),
}

export type MarketRoutesDeps = {
  access: Access
  accounts: Accounts
  publicMarkets: PublicMarkets
  signals: TradeSignals
}

/** Prices, candles and signals of any exchange's markets. */
export function marketRoutes({ access, accounts, publicMarkets, signals }: MarketRoutesDeps) {
  const answerOf = (found: FoundMarket, { entryPrice, stopLoss, ...said }: TradeSignal) => {
    return {
      success: true as const,
      ...namesOf(found),
      signal: { ...said, entry_price: entryPrice, stop_loss: stopLoss },
    }
  }
  return resource()
    .openapi(routes.live, async (c) => {
      const found = await publicMarkets.find(c.req.valid("query").venue, c.req.valid("param").symbol)
      const { price, timeMs: tickerMs, ...day } = await publicMarkets.ticker(found)
      const atMs = tickerMs ?? (await publicMarkets.timeMs(found.venue.id))
      const { changePercent, high, low, volume, quoteVolume } = day
      const figures = { changePercent, high, low, volume, quoteVolume }
      return c.json({ ...namesOf(found), price: decimalText(price), ...textsOf(figures), timeMs: atMs }, 200)
    })
    .openapi(routes.history, async (c) => {
      const { venue: venueId, after, from, to, ...asked } = c.req.valid("query")
      const found = await publicMarkets.find(venueId, c.req.valid("param").symbol)
      const stretch = { ...asked, fromMs: after ?? from, toMs: to }
      return c.json(pageOf(await publicMarkets.candles(found, stretch)), 200)
    })
    .openapi(routes.signal, async (c) => {
      const { venue: venueId, timeframe: length } = c.req.valid("query")
      const reachOf = await access.accounts(whoIn(c))
      const found = await publicMarkets.find(venueId, c.req.valid("param").symbol)
      return c.json(
        answerOf(found, await signals.of(found, length, (accountId) => reachOf(accountId) !== undefined)),
        200,
      )
    })
    .openapi(routes.analyze, async (c) => {
      const account = await accounts.find(c.req.valid("param").id)
      if (account === undefined) throw unknown("account")
      const { symbol: wanted, timeframe: length } = c.req.valid("json")
      const found = await publicMarkets.find(account.venue, wanted)
      return c.json(
        answerOf(
          found,
          await signals.kept(found, { timeframe: length, accountId: account.id, signal: c.req.raw.signal }),
        ),
        200,
      )
    })
}

function namesOf({ venue: { id, standIn }, market }: Awaited<ReturnType<PublicMarkets["find"]>>) {
  const exchange = exchangeKindOf({ venue: id, mode: "live", isStandIn: standIn !== undefined })
  return { venue: id, market: market.symbol, exchange }
}

function textsOf<Name extends string>(figures: Record<Name, number | undefined>): Record<Name, string | null> {
  const texts = Object.entries<number | undefined>(figures).map(([name, figure]) => [
    name,
    figure === undefined ? null : decimalText(figure),
  ])
  return Object.fromEntries(texts) as Record<Name, string | null>
}

function pageOf({ candles, nextMs }: Awaited<ReturnType<PublicMarkets["candles"]>>) {
  const next = nextMs === null ? null : String(nextMs)
  if (candles === undefined) return { items: [], next }
  const { openTimeMs, open, high, low, close, volume } = candles
  const items = Array.from(openTimeMs, (ms, n) => ({
    openTimeMs: ms,
    open: decimalText(open[n]),
    high: decimalText(high[n]),
    low: decimalText(low[n]),
    close: decimalText(close[n]),
    volume: decimalText(volume[n]),
  }))
  return { items, next }
}
