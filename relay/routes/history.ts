import { z } from "@hono/zod-openapi"
import type { BotEvent } from "../ledger/bot-event.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { Page, PastFill, PastTrade } from "../ledger/history.ts"
import { type ExchangeKind, exchangeKinds } from "../accounts/exchange-kind.ts"
import { isByHand, isHand, orderRoles, type OwnOrder } from "../ledger/own-order.ts"
import { listOf, timeMs } from "./resource.ts"

// What bots did, as it is answered. Money, prices and quantities are decimal texts.

/** Whether the exchange it happened at is real: null where its account is not known any more. */
export const exchange = z.enum(exchangeKinds).nullable()
type Exchange = ExchangeKind | null

export const event = z.object({
  seq: z.int(),
  /** null: it happened to an order by hand, or to the account. */
  botId: z.string().nullable(),
  accountId: z.string(),
  atMs: timeMs,
  kind: z.enum(["decision", "order", "fill", "refusal", "risk", "status", "problem"]),
  words: z.string(),
  /** What it is about, for programs. */
  about: z.record(z.string(), z.unknown()).nullable(),
})
const side = z.enum(["buy", "sell"])
export const order = z.object({
  /** Ours, unique for ever. */
  id: z.string(),
  exchangeOrderId: z.string().nullable(),
  /** null: by hand. */
  botId: z.string().nullable(),
  market: z.string(),
  side,
  role: z.enum(orderRoles),
  kind: z.string(),
  quantity: z.string(),
  price: z.string().nullable(),
  stopPrice: z.string().nullable(),
  /** `planned` and `unknown`: it may be at the exchange, or not. */
  status: z.string(),
  filledQuantity: z.string(),
  /** Why it was refused, in words. */
  reason: z.string().nullable(),
  createdMs: timeMs,
})
const fill = z.object({
  id: z.string(),
  orderId: z.string(),
  /** null: by hand. */
  botId: z.string().nullable(),
  market: z.string(),
  side,
  price: z.string(),
  quantity: z.string(),
  fee: z.string(),
  feeAsset: z.string(),
  timeMs,
})
const trade = z.object({
  botId: z.string(),
  market: z.string(),
  quantity: z.string(),
  entryTimeMs: timeMs,
  entryPrice: z.string(),
  exitTimeMs: timeMs,
  exitPrice: z.string(),
  exitReason: z.string(),
  /** After fees. */
  profit: z.string(),
  feesPaid: z.string(),
})
/** Quote currency at a closed candle. */
export const equityPoint = z.object({ atMs: timeMs, equity: z.string() })
const position = z.object({
  market: z.string(),
  quantity: z.string(),
  entryPrice: z.string(),
  /** Where its own stop waits at the exchange. */
  stopPrice: z.string().nullable(),
  /** The bot that holds it; empty where it was bought by hand. */
  botIds: z.array(z.string()),
})

const cost = z.object({
  botId: z.string(),
  /** Null for a bot that was removed. */
  botName: z.string().nullable(),
  market: z.string(),
  fills: z.int(),
  tradedQuote: z.string(),
  fees: z.array(z.object({ asset: z.string(), amount: z.string() })),
})

export const histories = {
  events: listOf(event.extend({ exchange })),
  orders: listOf(order.extend({ exchange })),
  fills: listOf(fill.extend({ exchange })),
  trades: listOf(trade.extend({ exchange })),
  equity: listOf(equityPoint),
  positions: listOf(position.extend({ exchange })),
  costs: listOf(cost.extend({ exchange })),
}

type EventAnswer = z.infer<typeof event>

export function eventAnswer({ seq, botId, accountId, atMs, kind, words, about }: BotEvent): EventAnswer {
  return {
    seq,
    botId: isHand(botId) ? null : botId,
    accountId,
    atMs,
    kind,
    words,
    about: (about as EventAnswer["about"] | undefined) ?? null,
  }
}

export function orderAnswer(one: OwnOrder): z.infer<typeof order> {
  const { market, side, role, kind, quantity, status, filledQuantity, createdMs } = one
  return {
    id: one.clientOrderId,
    exchangeOrderId: one.exchangeOrderId ?? null,
    botId: isByHand(one) ? null : one.botId,
    market,
    side,
    role,
    kind,
    quantity,
    status,
    filledQuantity,
    createdMs,
    price: one.price ?? null,
    stopPrice: one.stopPrice ?? null,
    reason: one.reason ?? null,
  }
}

export function fillAnswer({ fillId, clientOrderId, botId, ...rest }: PastFill): z.infer<typeof fill> {
  return { id: fillId, orderId: clientOrderId, botId: isHand(botId) ? null : botId, ...rest }
}

export function tradeAnswer(one: PastTrade): z.infer<typeof trade> {
  const { botId, market, entryTimeMs, exitTimeMs, exitReason } = one
  return {
    botId,
    market,
    entryTimeMs,
    exitTimeMs,
    exitReason,
    quantity: decimalText(one.quantity),
    entryPrice: decimalText(one.entryPrice),
    exitPrice: decimalText(one.exitPrice),
    profit: decimalText(one.profit),
    feesPaid: decimalText(one.feesPaid),
  }
}

export function equityAnswer({ atMs, equity: amount }: { atMs: number; equity: string }): z.infer<typeof equityPoint> {
  return { atMs, equity: decimalText(Number(amount)) }
}

/** A page with each item as it is answered, and what exchange it is of. */
export function pageAt<Item, Answer>(
  { items, next }: Page<Item>,
  at: Exchange,
  answer: (item: Item) => Answer,
): Page<Answer & { exchange: Exchange }> {
  return { items: items.map((item) => ({ ...answer(item), exchange: at })), next }
}

/** A page with each item as it is answered. */
export function pageAnswer<Item, Answer>({ items, next }: Page<Item>, answer: (item: Item) => Answer) {
  return { items: items.map(answer), next }
}
