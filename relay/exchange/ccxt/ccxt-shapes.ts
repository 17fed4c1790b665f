import type { Balances, Market as CcxtMarket, Order as CcxtOrder, Trade as CcxtTrade } from "ccxt"
import type { Balance, Fill, Market, MarketName, MarketTerms, OrderStatus, PlacedOrder } from "../exchange.ts"
import { sizeIn } from "./coinbase-size.ts"
import { sumOf } from "./decimal-text.ts"
import { text, type Text } from "./number-text.ts"

// From ccxt's shapes to ours. Our ccxt clients leave numbers as texts, whatever ccxt's types say.
type Row = Record<string, unknown>
/** Bybit's word for a stop that waits for the price to rise. */
const RISES = "1"

const statuses: Record<string, OrderStatus> = {
  open: "open",
  closed: "filled",
  canceled: "cancelled",
  canceling: "open",
  expired: "expired",
  rejected: "rejected",
  // Statuses that ccxt passes through untranslated.
  PENDING_NEW: "waiting",
  PENDING_CANCEL: "open",
  NEW: "open",
  PARTIALLY_FILLED: "open",
  FILLED: "filled",
  CANCELED: "cancelled",
  EXPIRED: "expired",
  EXPIRED_IN_MATCH: "expired",
  REJECTED: "rejected",
  PENDING: "open",
  QUEUED: "open",
  CANCEL_QUEUED: "open",
}

/** An order from ccxt's. An unknown status counts as open: then we ask the exchange again. */
export function orderFromCcxt(order: CcxtOrder): PlacedOrder {
  const status = statuses[order.status ?? ""] ?? "open"
  const info = order.info as { c?: string; C?: string; clientOrderId?: string; origClientOrderId?: string } | undefined
  const isAttached = isAttachedRow(order.info as Row)
  // On a cancel the exchange writes the cancel's id in place of the order's, and the order's beside it.
  const clientOrderId = isAttached ? "" : info?.origClientOrderId || info?.C || order.clientOrderId || ""
  return {
    exchangeOrderId: String(order.id),
    clientOrderId,
    market: order.symbol as string,
    side: order.side as "buy" | "sell",
    status: status === "filled" && isShort(order) ? "expired" : status,
    quantity: quantityOf(order),
    filledQuantity: text(order.filled),
    filledQuote: text(order.cost),
    updatedMs: order.lastUpdateTimestamp ?? order.lastTradeTimestamp ?? lastFillMs(order) ?? order.timestamp ?? 0,
    ...(typeof order.timestamp === "number" && { createdMs: order.timestamp }),
    ...(isAttached && { isAttached }),
    ...(isConditional(order) && { stopPrice: text(order.triggerPrice) }),
    ...(String((order.info as Row | undefined)?.triggerDirection) === RISES && { waitsAbove: true as const }),
  }
}

/** A raw Binance order, as in order lists and user streams. */
export function orderFromBinance(order: Record<string, string | number>, market: MarketName): PlacedOrder {
  return {
    exchangeOrderId: String(order.orderId),
    clientOrderId: String(order.origClientOrderId ?? order.clientOrderId),
    market,
    side: order.side === "BUY" ? "buy" : "sell",
    status: statuses[order.status] ?? "open",
    quantity: text(order.origQty),
    filledQuantity: text(order.executedQty),
    filledQuote: text(order.cummulativeQuoteQty),
    updatedMs: Number(order.transactTime ?? order.updateTime ?? 0),
  }
}

export function fillFromCcxt(trade: CcxtTrade): Fill {
  return {
    fillId: String(trade.id),
    exchangeOrderId: String(trade.order),
    market: trade.symbol as string,
    side: trade.side as "buy" | "sell",
    price: text(trade.price),
    quantity: text(trade.amount),
    fee: text(trade.fee?.cost),
    feeAsset: trade.fee?.currency ?? "",
    timeMs: trade.timestamp ?? 0,
  }
}

export function marketFromCcxt(market: CcxtMarket & object, terms: MarketTerms): Market {
  return {
    name: market.symbol as string,
    base: market.base as string,
    quote: market.quote as string,
    isOpen: market.active !== false,
    priceStep: text(market.precision?.price),
    quantityStep: text(market.precision?.amount),
    minQuantity: optionalText(market.limits?.amount?.min),
    maxQuantity: optionalText(market.limits?.amount?.max),
    minNotional: optionalText(market.limits?.cost?.min),
    ...terms,
  }
}

/** Throws for an answer that was cut short: ccxt makes an empty account of it. */
export function balancesFromCcxt(balances: Balances): Balance[] {
  if (typeof balances.info !== "object" || balances.info === null) throw new Error("the balances were cut short")
  const total = (balances.total ?? {}) as unknown as Record<string, Text>
  return Object.keys(total).map((asset) => {
    const { free, used } = balances[asset] as { free: Text; used: Text }
    return { asset, free: text(free), locked: text(used) }
  })
}

/** Coinbase's stream tells what is filled and what is left; ccxt takes the first for the whole. */
function quantityOf({ amount, info }: CcxtOrder): string {
  const { cumulative_quantity, leaves_quantity, order_configuration } = (info ?? {}) as Record<
    string,
    string | undefined
  >
  // A bracket has no amount for ccxt.
  if (amount === undefined && order_configuration !== undefined) return sizeIn({ order_configuration })
  if (cumulative_quantity === undefined || leaves_quantity === undefined) return text(amount)
  return text(sumOf(cumulative_quantity, leaves_quantity))
}

/** Coinbase says it, and ccxt leaves it out. */
function lastFillMs({ info }: CcxtOrder): number | undefined {
  const atMs = Date.parse(String((info as Row | undefined)?.last_fill_time))
  return Number.isNaN(atMs) ? undefined : atMs
}

function isConditional({ triggerPrice }: CcxtOrder): boolean {
  return triggerPrice !== undefined && Number(text(triggerPrice)) > 0
}

/** Coinbase names the entry; at Bybit such a stop is the only one without anybody's id. */
function isAttachedRow(row: Row | undefined): boolean {
  const isOfEntry = typeof row?.originating_order_id === "string" && row.originating_order_id !== ""
  return isOfEntry || (row?.stopOrderType === "tpslOrder" && row.orderLinkId === "")
}

function optionalText(value: Text): string | undefined {
  return value === undefined || value === null ? undefined : text(value)
}

// Bybit's PartiallyFilledCanceled arrives as "closed" although part of it never filled.
function isShort(order: CcxtOrder): boolean {
  return (
    order.filled !== undefined && order.amount !== undefined && Number(text(order.filled)) < Number(text(order.amount))
  )
}
