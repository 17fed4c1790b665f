import { MINUTE_MS } from "#engine/candles"
import { formatDecimal as text } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import type { Call, Operation } from "./operation.ts"
import type { Params } from "./params.ts"
import { refuse } from "../refusal.ts"
import { bestQuotes, changeOf, tickerOf } from "../market/ticker.ts"
import type { Venue } from "../venue.ts"

const windowUnitsMs: Record<string, number> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 1440 * MINUTE_MS }

/** Prices and statistics at a glance. */
export const tickerOperations: Operation[] = [
  {
    name: "ticker.24hr",
    rest: "GET /api/v3/ticker/24hr",
    security: "none",
    weight: (params) => weightOf(params, 2, 40, 80),
    prepare: (call) => prepareStatistics(call, () => 1440 * MINUTE_MS, false),
  },
  {
    name: "ticker.tradingDay",
    rest: "GET /api/v3/ticker/tradingDay",
    security: "none",
    weight: 4,
    prepare: prepareTradingDay,
  },
  {
    name: "ticker",
    rest: "GET /api/v3/ticker",
    security: "none",
    weight: 4,
    prepare: (call) => prepareStatistics(call, windowSizeFrom, true),
  },
  {
    name: "ticker.price",
    rest: "GET /api/v3/ticker/price",
    security: "none",
    weight: (params) => weightOf(params, 2, 4, 4),
    prepare: (call) => prepareEach(call, ({ rules, lastPrice }) => ({ symbol: rules.symbol, price: text(lastPrice) })),
  },
  {
    name: "ticker.book",
    rest: "GET /api/v3/ticker/bookTicker",
    security: "none",
    weight: (params) => weightOf(params, 2, 4, 4),
    prepare: (call) => prepareEach(call, (market) => bookTicker(call.venue, market)),
  },
]

/** A market's 24 hour ticker (or that of another span), as REST returns it. */
export function statisticsAnswer(
  venue: Venue,
  market: Market,
  { lengthMs, isRolling, isShort }: { lengthMs: number; isRolling: boolean; isShort: boolean },
) {
  const ticker = tickerOf(venue, market, lengthMs)
  const { change, percent } = changeOf(ticker)
  const quotes = isRolling || isShort ? undefined : bestQuotes(venue, market)
  const lastTrade = market.trades.at(-1)
  return {
    symbol: market.rules.symbol,
    ...(isShort ? {} : { priceChange: change, priceChangePercent: percent, weightedAvgPrice: text(ticker.average) }),
    ...(quotes ? { prevClosePrice: text(ticker.previousClose) } : {}),
    ...(quotes
      ? {
          lastQty: text(lastTrade?.quantity ?? 0n),
          bidPrice: quotes.bid,
          bidQty: quotes.bidQuantity,
          askPrice: quotes.ask,
          askQty: quotes.askQuantity,
        }
      : {}),
    openPrice: text(ticker.open),
    highPrice: text(ticker.high),
    lowPrice: text(ticker.low),
    lastPrice: text(ticker.last),
    volume: text(ticker.volume),
    quoteVolume: text(ticker.quoteVolume),
    openTime: ticker.openMs,
    closeTime: ticker.closeMs,
    firstId: ticker.firstTradeId,
    lastId: ticker.lastTradeId,
    count: ticker.trades,
  }
}

function prepareStatistics(call: Call, lengthFrom: (params: Params) => number, isRolling: boolean) {
  const lengthMs = lengthFrom(call.params)
  const isShort =
    call.params.oneOf(
      "type",
      ["FULL", "MINI"],
      -1100,
      "Illegal characters found in parameter 'type'; legal range is 'FULL|MINI'.",
    ) === "MINI"
  return prepareEach(call, (market) => statisticsAnswer(call.venue, market, { lengthMs, isRolling, isShort }))
}

function prepareTradingDay(call: Call) {
  call.params.text("timeZone")
  return prepareStatistics(call, () => (call.venue.nowMs % (1440 * MINUTE_MS)) + 1, true)
}

function windowSizeFrom(params: Params): number {
  const text = params.text("windowSize") ?? "1d"
  const match = /^([1-9]\d?)([mhd])$/.exec(text)
  if (!match)
    return refuse(-1100, "Illegal characters found in parameter 'windowSize'; legal range is '^[1-9][0-9]?[mhd]$'.")
  return Number(match[1]) * windowUnitsMs[match[2]]
}

function bookTicker(venue: Venue, market: Market) {
  const { bid, bidQuantity, ask, askQuantity } = bestQuotes(venue, market)
  return { symbol: market.rules.symbol, bidPrice: bid, bidQty: bidQuantity, askPrice: ask, askQty: askQuantity }
}

/** One answer for `symbol`, a list for `symbols` or for none. */
function prepareEach({ venue, params }: Call, answer: (market: Market) => unknown) {
  const [symbol, symbols] = [params.text("symbol"), params.list("symbols")]
  params.text("symbolStatus")
  if (symbol !== undefined && symbols !== undefined) refuse(-1128, "Combination of optional parameters invalid.")
  const markets = symbols
    ? symbols.map((one) => venue.market(one))
    : symbol
      ? [venue.market(symbol)]
      : [...venue.markets.values()]
  return () => (symbol === undefined ? markets.map(answer) : answer(markets[0]))
}

function weightOf(params: Params, one: number, some: number, all: number): number {
  if (params.has("symbol")) return one
  const count = params.all.symbols?.split(",").length ?? 101
  return count <= 20 ? one : count <= 100 ? some : all
}
