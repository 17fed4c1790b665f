import { DAY_MS } from "#engine/candles"
import type { RealVenueId } from "#venues"
import type { CancelAnswer, MarketNow, MarketTerms, OrderKind, OrderName, RefusalReason } from "../exchange.ts"
import { binanceProtection } from "./binance-requests.ts"
import { bybitAmendment, bybitProtection, olderBybitOrder } from "./bybit-requests.ts"
import { cancelAtCoinbase, coinbaseProtection } from "./coinbase-requests.ts"
import type { FillPages } from "./ccxt-fills.ts"
import { binanceRights, bybitRights, coinbaseRights, type KeyRights } from "./key-rights.ts"
import { binanceNow, bybitNow, coinbaseNow } from "./market-now.ts"
import { termsOfBinance, termsOfOthers } from "./market-terms.ts"
import type { Amendment, AskVenue, Protection } from "./protection.ts"

/** Sent with each request: how old it may be when Binance or Bybit receive it. */
export const RECEIVE_WINDOW_MS = 5_000
/** Coinbase knows no receive window, and ccxt's tokens are good for two minutes: ours are when most of that has passed. */
export const COINBASE_TOKEN_LIVES_MS = 15_000

/** Where exchanges' accounts and orders differ despite ccxt; their public side is in #venues. */
export type Dialect = {
  /** Sets our id on a new order: Bybit and Coinbase ignore, or change, ccxt's unified name. */
  idParams(clientOrderId: string): Record<string, string>
  /** Names an order by our id. */
  nameParams(name: OrderName): Record<string, string | boolean>
  /**
   * Whether the exchange finds and cancels an order by our id. Where it cannot, we look for it among the newest
   * orders.
   */
  knowsOurIds: boolean
  /**
   * The exchange's names for orders that can still trade, where each needs its own request; ccxt asks for the first
   * alone.
   */
  openStatuses: readonly string[] | undefined
  /** What a market can do, from the exchange's own description of it. */
  termsOf(info: unknown): MarketTerms
  /** How open orders come in pages; undefined where they come at once. */
  openPages: { perPage: number; field: string } | undefined
  /** What a cancel says about the kind of its order, tried one after the other: Bybit looks for one kind alone. */
  cancelParams(kind: OrderKind["kind"] | undefined): readonly Record<string, string>[]
  /** Cancels by number, where ccxt's own way leaves out what is said. */
  cancelByNumber: ((ask: AskVenue, exchangeOrderId: string) => Promise<CancelAnswer>) | undefined
  fillPages: FillPages
  keyRights: KeyRights
  /** Without them Coinbase leaves out what is locked. */
  balanceParams: Record<string, unknown>
  /** So long after its signature a request may still be taken, milliseconds. */
  requestLivesMs: number
  /** Refusals that a wrong clock may be behind. */
  clockReasons: readonly RefusalReason[]
  /** Its answer to a new order says no more than its number: what became of it is asked. */
  onlyAcknowledges: boolean
  /**
   * A stop whose price has been reached is not refused: it waits for the price to come back, and protects nothing. So
   * the price is looked at before, and the order afterwards.
   */
  takesStopsOnEitherSide: boolean
  /** Entry and exits in one request. */
  protection: Protection
  /** Moves a stop that waits; undefined where a stop can only be cancelled. */
  amendment: Amendment | undefined
  /** Finds an order that its usual question no longer knows; undefined where that one knows all. */
  olderOrder: ((ask: AskVenue, name: OrderName) => Promise<Record<string, string> | undefined>) | undefined
  /** The exchange pushes fills. Elsewhere we read them after each order report. */
  pushesFills: boolean
  /** How it says what one market takes now. */
  trading: { path: string; params: (marketId: string) => Record<string, string>; now: (answer: unknown) => MarketNow }
}

export const dialects: Record<RealVenueId, Dialect> = {
  binance: {
    idParams: (clientOrderId) => ({ clientOrderId }),
    nameParams: ({ clientOrderId }) => named("clientOrderId", clientOrderId),
    knowsOurIds: true,
    openStatuses: undefined,
    termsOf: termsOfBinance,
    keyRights: binanceRights,
    balanceParams: {},
    openPages: undefined,
    cancelParams: () => [{}],
    requestLivesMs: RECEIVE_WINDOW_MS,
    clockReasons: ["clock"],
    onlyAcknowledges: false,
    takesStopsOnEitherSide: false,
    amendment: undefined,
    cancelByNumber: undefined,
    protection: binanceProtection,
    olderOrder: undefined,
    trading: {
      path: "publicGetExchangeInfo",
      params: (symbol) => ({ symbol }),
      now: binanceNow,
    },
    fillPages: { by: "fill-id", perPage: 1_000, windowMs: DAY_MS, ofOrder: (orderId) => ({ orderId }) },
    pushesFills: true,
  },
  bybit: {
    idParams: (orderLinkId) => ({ orderLinkId }),
    nameParams: ({ clientOrderId }) => ({ acknowledged: true, ...named("orderLinkId", clientOrderId) }),
    knowsOurIds: true,
    openStatuses: undefined,
    termsOf: () =>
      termsOfOthers(["market", "limit", "fill-or-kill", "limit-maker", "stop", "stop-limit"], {
        stops: 30,
        amend: true,
      }),
    keyRights: bybitRights,
    balanceParams: {},
    trading: {
      path: "publicGetV5MarketInstrumentsInfo",
      params: (symbol) => ({ category: "spot", symbol }),
      now: bybitNow,
    },
    openPages: { perPage: 50, field: "nextPageCursor" },
    cancelParams: bybitFilters,
    requestLivesMs: RECEIVE_WINDOW_MS,
    clockReasons: ["clock"],
    onlyAcknowledges: true,
    takesStopsOnEitherSide: true,
    protection: bybitProtection,
    amendment: bybitAmendment,
    cancelByNumber: undefined,
    olderOrder: olderBybitOrder,
    fillPages: {
      by: "cursor",
      field: "nextPageCursor",
      perPage: 100,
      windowMs: 7 * DAY_MS,
      ofOrder: (orderId) => ({ orderId }),
    },
    pushesFills: true,
  },
  coinbase: {
    idParams: (client_order_id) => ({ client_order_id }),
    nameParams: () => ({}),
    knowsOurIds: false,
    openStatuses: ["OPEN", "PENDING", "QUEUED", "CANCEL_QUEUED"],
    // It has no stop that sells at any price.
    termsOf: () =>
      termsOfOthers(["market", "limit", "fill-or-kill", "limit-maker", "stop-limit"], {
        stops: undefined,
        amend: false,
      }),
    keyRights: coinbaseRights,
    balanceParams: { v3: true },
    trading: {
      path: "v3PublicGetBrokerageMarketProductsProductId",
      params: (product_id) => ({ product_id }),
      now: coinbaseNow,
    },
    openPages: { perPage: 100, field: "cursor" },
    cancelParams: () => [{}],
    requestLivesMs: COINBASE_TOKEN_LIVES_MS,
    // An expired token is refused like a wrong key.
    clockReasons: ["clock", "key"],
    onlyAcknowledges: true,
    takesStopsOnEitherSide: false,
    protection: coinbaseProtection,
    cancelByNumber: cancelAtCoinbase,
    amendment: undefined,
    olderOrder: undefined,
    fillPages: {
      by: "cursor",
      field: "cursor",
      perPage: 100,
      windowMs: Infinity,
      ofOrder: (orderId) => ({ order_ids: [orderId] }),
    },
    pushesFills: false,
  },
}

/** A stop is no active order at Bybit. */
function bybitFilters(kind: OrderKind["kind"] | undefined): readonly Record<string, string>[] {
  const [active, stop] = [{ orderFilter: "Order" }, { orderFilter: "tpslOrder" }]
  return kind?.startsWith("stop") ? [stop, active] : [active, stop]
}

function named(name: string, id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { [name]: id }
}
