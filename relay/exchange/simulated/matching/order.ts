import type { Decimal } from "../decimal.ts"
import type { Lock } from "../account/account.ts"

export type Side = "BUY" | "SELL"
export const orderTypes = [
  "LIMIT",
  "LIMIT_MAKER",
  "MARKET",
  "STOP_LOSS",
  "STOP_LOSS_LIMIT",
  "TAKE_PROFIT",
  "TAKE_PROFIT_LIMIT",
] as const
/** `LIMIT_STOP_BRACKET` is one exit at two prices: it rests at its target and, at its stop price, sells below it. */
export type OrderType = (typeof orderTypes)[number] | "LIMIT_STOP_BRACKET"
export type TimeInForce = "GTC" | "IOC" | "FOK"
export const selfTradeModes = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"] as const
export type SelfTradeMode = (typeof selfTradeModes)[number]
export type OrderStatus =
  | "PENDING_NEW"
  | "NEW"
  | "PARTIALLY_FILLED"
  | "FILLED"
  | "CANCELED"
  | "EXPIRED"
  | "EXPIRED_IN_MATCH"

/** Why an order ended without its owner's request, in Binance's words. */
export type ExpiryReason =
  | "EXCHANGE_CANCELED"
  | "OCO_TRIGGER"
  | "OTO_PHASE_ONE_EXPIRED"
  | "UNFILLED_IOC_QUANTITY_EXPIRED"
  | "UNFILLED_FOK_ORDER_EXPIRED"
  | "INSUFFICIENT_LIQUIDITY"
  | "REJECTED"
  | "GOOD_TILL_DATE"
  /** Beyond Binance: a maker that would have taken, acknowledged first. */
  | "WOULD_TAKE"
  /** Beyond Binance: no money was left when it triggered. */
  | "NO_FUNDS"

/** One fill of one order, as its owner sees it. */
export type Fill = {
  tradeId: number
  symbol: string
  orderId: number
  listId: number
  price: Decimal
  quantity: Decimal
  quote: Decimal
  commission: Decimal
  commissionAsset: string
  timeMs: number
  isBuyer: boolean
  isMaker: boolean
}

export type Order = {
  orderId: number
  /** -1 when the order belongs to no list. */
  listId: number
  accountId: number
  symbol: string
  clientOrderId: string
  /** The id it was placed with; a cancel replaces `clientOrderId`. */
  placedClientOrderId: string
  side: Side
  type: OrderType
  timeInForce: TimeInForce
  /** 0 when the type has none. */
  price: Decimal
  stopPrice: Decimal
  /** Basis points a trailing stop keeps from the extreme; 0 when it does not trail. */
  trailingDelta: number
  /** Best price seen by a trailing stop since it became active; undefined before. */
  trailingExtreme: Decimal | undefined
  trailingSinceMs: number
  quantity: Decimal
  /** Quote to spend or earn, for market orders given in quote; 0 otherwise. */
  quoteQuantity: Decimal
  executed: Decimal
  executedQuote: Decimal
  status: OrderStatus
  /** On the book or done; false while a stop waits for its trigger. */
  isWorking: boolean
  createdMs: number
  updatedMs: number
  workingSinceMs: number
  selfTrade: SelfTradeMode
  strategyId: number | undefined
  strategyType: number | undefined
  expiryReason: ExpiryReason | undefined
  fills: Fill[]
  lock: Lock
  /** When it ends by itself; undefined for never. */
  goodTillMs?: number
  /** Of a bracket: its target and its worst price once the stop is reached. `price` is the one that holds now. */
  bracket?: Bracket
  /** A stop that locks its money only when it triggers, as Bybit's conditional orders do. */
  locksLate?: boolean
}

/** The two prices a bracket may sell (or buy) at; `isTriggered` when its stop price has been reached. */
export type Bracket = { target: Decimal; worst: Decimal; isTriggered: boolean }

const nextStatuses: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING_NEW: ["NEW", "CANCELED", "EXPIRED"],
  NEW: ["PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH"],
  PARTIALLY_FILLED: ["PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH"],
  FILLED: [],
  CANCELED: [],
  EXPIRED: [],
  EXPIRED_IN_MATCH: [],
}

/** Whether an order may go from one status to another (the state machine of Binance's order life). */
export function mayMove(from: OrderStatus, to: OrderStatus): boolean {
  return nextStatuses[from].includes(to)
}

/** Moves an order along the state machine; any other move is our bug. */
export function moveOrder(order: Order, to: OrderStatus, atMs: number): void {
  if (!mayMove(order.status, to)) throw new Error(`order ${order.orderId} cannot go from ${order.status} to ${to}`)
  order.status = to
  order.updatedMs = atMs
}

/** Whether the order can still change. */
export function isOpen(order: Order): boolean {
  return nextStatuses[order.status].length > 0
}

/** Quantity not filled yet. */
export function leftOf(order: Order): Decimal {
  return order.quantity - order.executed
}

/** The dearest price (of a sale: the cheapest) an order with a limit may ever trade at. */
export function worstPrice({ price, bracket }: Pick<Order, "price" | "bracket">): Decimal {
  return bracket?.worst ?? price
}

/** Whether the type waits for a stop price. */
export function isConditional(type: OrderType): boolean {
  return type.startsWith("STOP_LOSS") || type.startsWith("TAKE_PROFIT")
}

/** Whether the type, once working, has a worst price. */
export function hasLimit(type: OrderType): boolean {
  return type.includes("LIMIT")
}
