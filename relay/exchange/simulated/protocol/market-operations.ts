import type { Candle } from "../market/candle.ts"
import type { CandleQuery } from "../market/candles.ts"
import { formatDecimal as text } from "../decimal.ts"
import { intervalsMs, type Interval } from "../market/interval.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import { orderTypes, selfTradeModes } from "../matching/order.ts"
import { pageOf } from "./order-operations.ts"
import { LongAnswer, type Work } from "../long-work.ts"
import { type Call, limitFrom, type Operation } from "./operation.ts"
import type { Params } from "./params.ts"
import { rateLimitsOf } from "./rate-limits.ts"
import { refuse } from "../refusal.ts"
import { filtersOf, type SymbolRules } from "../market/symbol-rules.ts"

/** The public requests about markets. */
export const marketOperations: Operation[] = [
  { name: "ping", rest: "GET /api/v3/ping", security: "none", weight: 1, prepare: () => () => ({}) },
  {
    name: "time",
    rest: "GET /api/v3/time",
    security: "none",
    weight: 1,
    prepare:
      ({ nowMs }) =>
      () => ({ serverTime: nowMs }),
  },
  {
    name: "exchangeInfo",
    rest: "GET /api/v3/exchangeInfo",
    security: "none",
    weight: 20,
    prepare: prepareExchangeInfo,
  },
  { name: "depth", rest: "GET /api/v3/depth", security: "none", weight: depthWeight, prepare: prepareDepth },
  {
    name: "trades.recent",
    rest: "GET /api/v3/trades",
    security: "none",
    weight: 25,
    prepare: (call) => prepareTrades(call, tradeRow),
  },
  {
    name: "trades.historical",
    rest: "GET /api/v3/historicalTrades",
    security: "none",
    weight: 25,
    prepare: (call) => prepareTrades(call, tradeRow),
  },
  {
    name: "trades.aggregate",
    rest: "GET /api/v3/aggTrades",
    security: "none",
    weight: 4,
    prepare: (call) => prepareTrades(call, aggregateRow),
  },
  { name: "klines", rest: "GET /api/v3/klines", security: "none", weight: 2, prepare: prepareKlines },
  { name: "uiKlines", rest: "GET /api/v3/uiKlines", security: "none", weight: 2, prepare: prepareKlines },
  { name: "avgPrice", rest: "GET /api/v3/avgPrice", security: "none", weight: 2, prepare: prepareAveragePrice },
]

/** A candle as the 12 columns of klines. */
export function klineRow(candle: Candle): (string | number)[] {
  const {
    openTimeMs,
    open,
    high,
    low,
    close,
    volume,
    closeTimeMs,
    quoteVolume,
    trades,
    takerVolume,
    takerQuoteVolume,
  } = candle
  return [
    openTimeMs,
    text(open),
    text(high),
    text(low),
    text(close),
    text(volume),
    closeTimeMs,
    text(quoteVolume),
    trades,
    text(takerVolume),
    text(takerQuoteVolume),
    "0",
  ]
}

/** The book as pairs of price and quantity, best first. */
export function depthAnswer(market: Market, limit: number) {
  const rows = (side: "BUY" | "SELL") =>
    market.book.depth(side, limit).map(([price, quantity]) => [text(price), text(quantity)])
  return { lastUpdateId: market.updateId, bids: rows("BUY"), asks: rows("SELL") }
}

/** An interval's name; refused with -1120 when there is no such candle. */
export function intervalFrom(text: string): Interval {
  return Object.hasOwn(intervalsMs, text) ? (text as Interval) : refuse(-1120, "Invalid interval.")
}

function prepareExchangeInfo({ state, venue, params, nowMs }: Call) {
  const [symbol, symbols, status] = [params.text("symbol"), params.list("symbols"), params.text("symbolStatus")]
  params.text("permissions")
  params.flag("showPermissionSets")
  if (symbol !== undefined && symbols !== undefined) refuse(-1128, "Combination of optional parameters invalid.")
  const markets = symbols
    ? symbols.map((one) => venue.market(one))
    : symbol
      ? [venue.market(symbol)]
      : [...venue.markets.values()]
  const wanted = markets.filter(({ rules }) => status === undefined || rules.status === status)
  return () => ({
    timezone: "UTC",
    serverTime: nowMs,
    rateLimits: rateLimitsOf(state.rateLimits.limits),
    exchangeFilters: [],
    symbols: wanted.map(({ rules }) => symbolAnswer(rules)),
  })
}

function symbolAnswer(rules: SymbolRules) {
  return {
    symbol: rules.symbol,
    status: rules.status,
    baseAsset: rules.base,
    baseAssetPrecision: 8,
    quoteAsset: rules.quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: [...orderTypes],
    icebergAllowed: false,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: rules.forbidsOpo !== true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: false,
    pegInstructionsAllowed: false,
    isSpotTradingAllowed: rules.status === "TRADING",
    isMarginTradingAllowed: false,
    filters: filtersOf(rules),
    permissions: [],
    permissionSets: [["SPOT"]],
    defaultSelfTradePreventionMode: "EXPIRE_MAKER",
    allowedSelfTradePreventionModes: [...selfTradeModes],
  }
}

function depthWeight(params: Params): number {
  const limit = Number(params.all.limit ?? 100)
  return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250
}

function prepareDepth({ venue, params }: Call) {
  const market = venue.market(params.required("symbol"))
  const limit = limitFrom(params, 100, 5000)
  return () => {
    ensureQuoted(venue, market)
    return depthAnswer(market, limit)
  }
}

function prepareTrades({ venue, params }: Call, row: (trade: PublicTrade) => unknown) {
  const { trades } = venue.market(params.required("symbol"))
  const [fromId, startMs, endMs] = [params.integer("fromId"), params.integer("startTime"), params.integer("endTime")]
  const limit = limitFrom(params, 500, 1000)
  return () => {
    const isIn = (trade: PublicTrade) =>
      trade.id >= (fromId ?? 0) && trade.timeMs >= (startMs ?? 0) && trade.timeMs <= (endMs ?? Infinity)
    return pageOf(trades.filter(isIn), { limit, isFromStart: fromId !== undefined || startMs !== undefined }).map(row)
  }
}

function tradeRow(trade: PublicTrade) {
  return {
    id: trade.id,
    price: text(trade.price),
    qty: text(trade.quantity),
    quoteQty: text(trade.quote),
    time: trade.timeMs,
    isBuyerMaker: trade.isBuyerMaker,
    isBestMatch: true,
  }
}

function aggregateRow(trade: PublicTrade) {
  return {
    a: trade.id,
    p: text(trade.price),
    q: text(trade.quantity),
    f: trade.id,
    l: trade.id,
    T: trade.timeMs,
    m: trade.isBuyerMaker,
    M: true,
  }
}

function prepareKlines({ venue, params }: Call) {
  const market = venue.market(params.required("symbol"))
  const interval = intervalFrom(params.required("interval"))
  const [startMs, endMs] = [params.integer("startTime"), params.integer("endTime")]
  const shiftMs = timeZoneFrom(params.text("timeZone"))
  const limit = limitFrom(params, 500, 1000)
  return () => new LongAnswer(rowsInSteps(market, { interval, startMs, endMs, limit, nowMs: venue.nowMs, shiftMs }))
}

function* rowsInSteps(market: Market, query: CandleQuery): Work<unknown[]> {
  const candles = yield* market.candles.list(query)
  return candles.map(klineRow)
}

function prepareAveragePrice({ venue, params }: Call) {
  const market = venue.market(params.required("symbol"))
  return () => ({
    mins: 5,
    price: text(market.averagePrice(venue.nowMs)),
    closeTime: market.trades.at(-1)?.timeMs ?? venue.nowMs,
  })
}

/** "-1:30", "0", "05:45": hours and minutes from UTC between -12 and +14, in milliseconds. */
function timeZoneFrom(zone: string | undefined): number {
  const match = /^([+-]?)(\d{1,2})(?::(\d{2}))?$/.exec(zone ?? "0")
  const minutes = match ? (Number(match[2]) * 60 + Number(match[3] ?? 0)) * (match[1] === "-" ? -1 : 1) : NaN
  if (!(minutes >= -720 && minutes <= 840))
    return refuse(-1100, "Illegal characters found in parameter 'timeZone'; legal range is '-12:00' to '+14:00'.")
  return minutes * 60_000
}
