import { balanceOf } from "../account/account.ts"
import { formatDecimal as text } from "../decimal.ts"
import type { Fill } from "../matching/order.ts"
import { tradeAnswer } from "./order-answers.ts"
import { pageOf, windowFrom } from "./order-operations.ts"
import { type Call, limitFrom, type Operation } from "./operation.ts"
import { rateLimitsOf } from "./rate-limits.ts"
import { filtersOf } from "../market/symbol-rules.ts"
import type { Venue } from "../venue.ts"

/** What an account may ask about itself. */
export const accountOperations: Operation[] = [
  { name: "account.status", rest: "GET /api/v3/account", security: "signed", weight: 20, prepare: prepareAccount },
  {
    name: "account.commission",
    rest: "GET /api/v3/account/commission",
    security: "signed",
    weight: 20,
    prepare: prepareCommission,
  },
  {
    name: "account.rateLimits.orders",
    rest: "GET /api/v3/rateLimit/order",
    security: "signed",
    weight: 40,
    prepare: prepareOrderCounts,
  },
  {
    name: "myTrades",
    rest: "GET /api/v3/myTrades",
    security: "signed",
    weight: (params) => (params.has("orderId") ? 5 : 20),
    prepare: prepareMyTrades,
  },
  { name: "myFilters", rest: "GET /api/v3/myFilters", security: "signed", weight: 40, prepare: prepareMyFilters },
]

/** Every asset an account could hold, in alphabetical order. */
export function assetsOf(venue: Venue): string[] {
  return [...new Set([...venue.markets.values()].flatMap(({ rules }) => [rules.base, rules.quote]))].sort()
}

function prepareAccount({ venue, account, key, params }: Call) {
  const isShort = params.flag("omitZeroBalances") ?? false
  return () => ({
    makerCommission: Number(account.makerRate / 10_000n),
    takerCommission: Number(account.takerRate / 10_000n),
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: {
      maker: text(account.makerRate),
      taker: text(account.takerRate),
      buyer: text(0n),
      seller: text(0n),
    },
    canTrade: key.permissions.trading,
    canWithdraw: key.permissions.withdrawing,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: account.updatedMs,
    accountType: "SPOT",
    balances: [...new Set([...assetsOf(venue), ...account.balances.keys()])]
      .map((asset) => ({ asset, ...balanceOf(account, asset) }))
      .filter(({ free, locked }) => !isShort || free + locked > 0n)
      .map(({ asset, free, locked }) => ({ asset, free: text(free), locked: text(locked) })),
    permissions: ["SPOT"],
    uid: account.id,
  })
}

function prepareCommission({ venue, account, params }: Call) {
  const symbol = params.required("symbol")
  venue.market(symbol)
  const none = { maker: text(0n), taker: text(0n), buyer: text(0n), seller: text(0n) }
  return () => ({
    symbol,
    standardCommission: { ...none, maker: text(account.makerRate), taker: text(account.takerRate) },
    specialCommission: none,
    taxCommission: none,
    discount: {
      enabledForAccount: account.paysFeesInBnb,
      enabledForSymbol: true,
      discountAsset: "BNB",
      discount: "0.75000000",
    },
  })
}

function prepareOrderCounts({ state, account, nowMs }: Call) {
  return () => {
    const { in10Seconds, inDay } = state.rateLimits.orderCounts(account.id, nowMs)
    const counts = { SECOND: in10Seconds, DAY: inDay } as Record<string, number>
    return rateLimitsOf(state.rateLimits.limits)
      .filter((limit) => limit.rateLimitType === "ORDERS")
      .map((limit) => ({ ...limit, count: counts[limit.interval] }))
  }
}

function prepareMyTrades({ venue, account, params }: Call) {
  const symbol = params.required("symbol")
  venue.market(symbol)
  const [orderId, fromId] = [params.integer("orderId"), params.integer("fromId")]
  const { startMs, endMs } = windowFrom(params)
  const limit = limitFrom(params, 500, 1000)
  return () => {
    const isIn = (fill: Fill) =>
      fill.tradeId >= (fromId ?? 0) && fill.timeMs >= (startMs ?? 0) && fill.timeMs <= (endMs ?? Infinity)
    const rows = venue.ordersOf
      .get(account.id)!
      .filter((order) => order.symbol === symbol && (orderId === undefined || order.orderId === orderId))
      .flatMap((order) => order.fills.filter(isIn))
      .sort((first, second) => first.tradeId - second.tradeId || first.orderId - second.orderId)
    return pageOf(rows, { limit, isFromStart: fromId !== undefined || startMs !== undefined }).map(tradeAnswer)
  }
}

function prepareMyFilters({ venue, params }: Call) {
  const { rules } = venue.market(params.required("symbol"))
  return () => ({ exchangeFilters: [], symbolFilters: filtersOf(rules), assetFilters: [] })
}
