import type { Selectable } from "kysely"
import type { BotOrderTable } from "../store/ledger-schema.ts"
import type { OrderKind, OrderStatus } from "../exchange/exchange.ts"

/**
 * What an order is for. `add` makes a position larger; `buyBack` buys what its owner sold by hand, which the position
 * still counts.
 */
export const orderRoles = ["entry", "add", "stop", "target", "exit", "buyBack"] as const
export type OrderRole = (typeof orderRoles)[number]

/**
 * `planned`: on our disk, and perhaps at the exchange. `unknown`: sent, and nobody knows. `refused`: the exchange has
 * certainly not taken it. The others are the exchange's words.
 */
export type OwnStatus = "planned" | "unknown" | "refused" | OrderStatus

/** One order of ours. Its id is made once and sent once. */
export type OwnOrder = {
  clientOrderId: string
  accountId: string
  /** Of a bot, or of the account's person (`handOf`). */
  botId: string
  market: string
  /** The engine's intent it carries out; 0: none. */
  intent: number
  role: OrderRole
  /** Names entry and stop that were placed together. */
  listId?: string
  side: "buy" | "sell"
  kind: OrderKind["kind"]
  quantity: string
  price?: string
  stopPrice?: string
  status: OwnStatus
  exchangeOrderId?: string
  filledQuantity: string
  /** Why it was refused, in words. */
  reason?: string
  createdMs: number
  /** The engine knows how it ended. */
  isTold: boolean
}

/** Who owns an account's orders by hand, in the place of a bot. */
export function handOf(accountId: string): string {
  return `${HAND}${accountId}`
}

const HAND = "hand-"

/** Whether an owner of orders is a person, not a bot. */
export function isHand(owner: string): boolean {
  return owner.startsWith(HAND)
}

export function isByHand({ botId }: Pick<OwnOrder, "botId">): boolean {
  return isHand(botId)
}

/** A sale of a bot's that no rule asked for: its owner wants everything sold. */
export function isOwnersSale({ role, intent }: Pick<OwnOrder, "role" | "intent">): boolean {
  return role === "exit" && intent === 0
}

const ended: readonly OwnStatus[] = ["refused", "filled", "cancelled", "expired", "rejected"]
const doubtful: readonly OwnStatus[] = ["planned", "unknown"]

/** It fills no more. */
export function hasEnded({ status }: Pick<OwnOrder, "status">): boolean {
  return ended.includes(status)
}

/** A buy that waits at the exchange, and may still fill. */
export function isOpenBuy({ side, status }: Pick<OwnOrder, "side" | "status">): boolean {
  return side === "buy" && status === "open"
}

/** It waits at the exchange, perhaps for long. */
export function isResting({ status, kind }: Pick<OwnOrder, "status" | "kind">): boolean {
  return status === "open" && kind !== "market" && kind !== "fill-or-kill"
}

/** It is at the exchange as far as anybody knows: open, or confirmed once and being asked about. */
export function isInPlace(order: Pick<OwnOrder, "status" | "exchangeOrderId">): boolean {
  return order.status === "open" || (isDoubtful(order) && order.exchangeOrderId !== undefined)
}

/** What it may still fill, base units. */
export function leftOf({ quantity, filledQuantity }: Pick<OwnOrder, "quantity" | "filledQuantity">): number {
  return Number(quantity) - Number(filledQuantity)
}

/** It may be at the exchange, or not: only asking tells. */
export function isDoubtful({ status }: Pick<OwnOrder, "status">): boolean {
  return doubtful.includes(status)
}

export function orderFromRow(row: Selectable<BotOrderTable>): OwnOrder {
  return {
    clientOrderId: row.client_order_id,
    accountId: row.account_id,
    botId: row.bot_id,
    market: row.market,
    intent: row.intent,
    role: row.role as OrderRole,
    listId: row.list_id ?? undefined,
    side: row.side as OwnOrder["side"],
    kind: row.kind as OwnOrder["kind"],
    quantity: row.quantity,
    price: row.price ?? undefined,
    stopPrice: row.stop_price ?? undefined,
    status: row.status as OwnStatus,
    exchangeOrderId: row.exchange_order_id ?? undefined,
    filledQuantity: row.filled_quantity,
    reason: row.reason ?? undefined,
    createdMs: row.created_ms,
    isTold: row.is_told === 1,
  }
}

export function rowOfOrder(order: OwnOrder): BotOrderTable {
  return {
    client_order_id: order.clientOrderId,
    account_id: order.accountId,
    bot_id: order.botId,
    market: order.market,
    intent: order.intent,
    role: order.role,
    list_id: order.listId ?? null,
    side: order.side,
    kind: order.kind,
    quantity: order.quantity,
    price: order.price ?? null,
    stop_price: order.stopPrice ?? null,
    status: order.status,
    exchange_order_id: order.exchangeOrderId ?? null,
    filled_quantity: order.filledQuantity,
    reason: order.reason ?? null,
    created_ms: order.createdMs,
    is_told: order.isTold ? 1 : 0,
  }
}
