import { type Decimal, dividedBy, ONE } from "../decimal.ts"
import type { Exchange } from "../exchange-state.ts"
import { isConditional, isOpen, leftOf, type Order } from "../matching/order.ts"
import type { Venue } from "../venue.ts"
import { amountText } from "./amount.ts"
import { momentText } from "./moment.ts"
import { configurationOf } from "./order-configuration.ts"
import { numberedUuid, uuidOf } from "./uuid.ts"

const NEVER = "0001-01-01T00:00:00Z"

/** An order's id. */
export function orderIdOf(venue: Venue, orderId: number): string {
  return numberedUuid({ seed: venue.options.seed, kind: "order" }, orderId)
}

/** The user and the portfolio an account's orders belong to. */
export function userIdOf(venue: Venue, accountId: number): string {
  return uuidOf(`${venue.options.seed}/user/${accountId}`)
}

export function portfolioIdOf(venue: Venue, accountId: number): string {
  return uuidOf(`${venue.options.seed}/portfolio/${accountId}`)
}

/** An order as the list of orders has it. */
export function orderAnswer(exchange: Exchange, order: Order) {
  const { venue } = exchange.state
  const fees = feesOf(order)
  const inQuote = order.type === "MARKET" && order.quoteQuantity > 0n
  return {
    order_id: orderIdOf(venue, order.orderId),
    product_id: order.symbol,
    user_id: userIdOf(venue, order.accountId),
    order_configuration: configurationOf(order),
    side: order.side,
    client_order_id: order.placedClientOrderId,
    status: statusOf(exchange, order),
    time_in_force: timeInForceOf(order),
    created_time: momentText(isAttached(venue, order) ? order.workingSinceMs : order.createdMs),
    completion_percentage: amountText(dividedBy(order.executed * 100n, order.quantity || ONE)),
    filled_size: amountText(order.executed),
    average_filled_price: amountText(averageOf(order)),
    fee: "",
    number_of_fills: String(order.fills.length),
    filled_value: amountText(order.executedQuote),
    pending_cancel: false,
    size_in_quote: inQuote,
    total_fees: amountText(fees),
    size_inclusive_of_fees: inQuote,
    total_value_after_fees: amountText(order.executedQuote + (order.side === "BUY" ? fees : -fees)),
    trigger_status: triggerStatusOf(order),
    order_type: typeOf(order),
    reject_reason: "REJECT_REASON_UNSPECIFIED",
    settled: !isOpen(order),
    product_type: "SPOT",
    reject_message: "",
    cancel_message: order.status === "CANCELED" ? "User requested cancel" : "",
    order_placement_source: "RETAIL_ADVANCED",
    outstanding_hold_amount: amountText(isOpen(order) ? order.lock.amount : 0n),
    is_liquidation: false,
    last_fill_time: order.fills.length > 0 ? momentText(order.fills.at(-1)!.timeMs) : null,
    edit_history: [],
    leverage: "",
    margin_type: "UNKNOWN_MARGIN_TYPE",
    retail_portfolio_id: portfolioIdOf(venue, order.accountId),
    originating_order_id: "",
    attached_order_id: "",
    attached_order_configuration: null as unknown,
    ...familyOf(venue, order),
  }
}

/** An order as the user channel has it. */
export function orderRow(exchange: Exchange, order: Order) {
  const answer = orderAnswer(exchange, order)
  const { order_id, client_order_id, product_id, status, total_fees, total_value_after_fees } = answer
  return {
    avg_price: answer.average_filled_price,
    cancel_reason: answer.cancel_message,
    client_order_id,
    completion_percentage: answer.completion_percentage,
    contract_expiry_type: "UNKNOWN_CONTRACT_EXPIRY_TYPE",
    cumulative_quantity: answer.filled_size,
    filled_value: answer.filled_value,
    leaves_quantity: amountText(isOpen(order) ? leftOf(order) : 0n),
    limit_price: amountText(order.bracket?.target ?? order.price),
    number_of_fills: answer.number_of_fills,
    order_id,
    order_side: answer.side,
    order_type: channelTypes[answer.order_type],
    outstanding_hold_amount: answer.outstanding_hold_amount,
    post_only: order.type === "LIMIT_MAKER" ? "true" : "false",
    product_id,
    product_type: "SPOT",
    reject_reason: answer.reject_message,
    retail_portfolio_id: answer.retail_portfolio_id,
    risk_managed_by: "UNKNOWN_RISK_MANAGEMENT_TYPE",
    status,
    stop_price: order.stopPrice > 0n ? amountText(order.stopPrice) : "",
    time_in_force: answer.time_in_force,
    total_fees,
    total_value_after_fees,
    trigger_status: answer.trigger_status,
    creation_time: answer.created_time,
    end_time: order.goodTillMs === undefined ? NEVER : momentText(order.goodTillMs),
    start_time: NEVER,
  }
}

/** Whether an order is there for its owner: an attached one appears with the last fill of its entry. */
export function isShown({ hiddenUntil, state: { venue } }: Exchange, order: Order): boolean {
  return (
    order.status !== "PENDING_NEW" && !hasNeverStarted(order) && (hiddenUntil.get(order.orderId) ?? 0) <= venue.nowMs
  )
}

/** An order's status in Coinbase's words. */
export function statusOf({ pendingUntil, state: { venue } }: Exchange, order: Order): string {
  if ((pendingUntil.get(order.orderId) ?? 0) > venue.nowMs) return "PENDING"
  if (isOpen(order)) return "OPEN"
  if (order.status === "FILLED") return "FILLED"
  if (order.expiryReason === "GOOD_TILL_DATE") return "EXPIRED"
  return order.expiryReason === "REJECTED" ? "FAILED" : "CANCELLED"
}

const channelTypes: Record<string, string> = {
  MARKET: "Market",
  LIMIT: "Limit",
  STOP_LIMIT: "Stop Limit",
  BRACKET: "Bracket",
}

function hasNeverStarted({ expiryReason, workingSinceMs, status, bracket }: Order): boolean {
  if (expiryReason === "OTO_PHASE_ONE_EXPIRED") return true
  return bracket !== undefined && workingSinceMs === -1 && status === "CANCELED"
}

function typeOf(order: Order): string {
  if (order.type === "MARKET") return "MARKET"
  if (order.bracket) return "BRACKET"
  return isConditional(order.type) ? "STOP_LIMIT" : "LIMIT"
}

function timeInForceOf(order: Order): string {
  if (order.goodTillMs !== undefined) return "GOOD_UNTIL_DATE_TIME"
  if (order.type === "MARKET" || order.timeInForce === "IOC") return "IMMEDIATE_OR_CANCEL"
  return order.timeInForce === "FOK" ? "FILL_OR_KILL" : "GOOD_UNTIL_CANCELLED"
}

function triggerStatusOf(order: Order): string {
  if (!order.bracket && !isConditional(order.type)) return "INVALID_ORDER_TYPE"
  const hasTriggered = order.bracket ? order.bracket.isTriggered : order.isWorking
  return hasTriggered ? "STOP_TRIGGERED" : "STOP_PENDING"
}

function averageOf({ executed, executedQuote }: Order): Decimal {
  return executed === 0n ? 0n : dividedBy(executedQuote, executed)
}

function feesOf({ fills }: Order): Decimal {
  return fills.reduce((sum, { commission }) => sum + commission, 0n)
}

/** Whether a bracket began with another order's last fill. */
function isAttached({ lists }: Venue, { listId, orderId }: Order): boolean {
  return (lists.get(listId)?.phaseOneId ?? orderId) !== orderId
}

/** An entry names the bracket attached to it, and a bracket its entry. */
function familyOf(venue: Venue, order: Order) {
  const list = venue.lists.get(order.listId)
  const entry = list && venue.orders.get(list.phaseOneId ?? -1)
  const bracket = list && venue.orders.get(list.orderIds.at(-1)!)
  if (!entry || !bracket) return {}
  if (bracket === order) return { originating_order_id: orderIdOf(venue, entry.orderId) }
  const { limit_price, stop_trigger_price } = configurationOf(bracket).trigger_bracket_gtc
  const attached_order_configuration = { trigger_bracket_gtc: { limit_price, stop_trigger_price } }
  const hasStarted = entry.status === "FILLED"
  return { attached_order_configuration, attached_order_id: hasStarted ? orderIdOf(venue, bracket.orderId) : "" }
}
