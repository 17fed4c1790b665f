import type { LiveIntent } from "#engine/run"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { MarketFacts } from "./market-facts.ts"

/** An order before it has an id. */
export type OrderTerms = Pick<OwnOrder, "role" | "side" | "kind" | "quantity" | "price" | "stopPrice" | "intent">

/** How far above the last price an entry at the market may fill: beyond it nothing is bought. */
const MOST_PRICE_GIVEN = 0.005
/**
 * How far below its stop a stop may sell where the exchange has no stops that sell at any price: as far as Coinbase's own
 * brackets do. A price that falls further at once is the relay's to sell at.
 */
const STOP_LIMIT_GAP = 0.05

/** What exchanges take of a buy at most, in the coin that is bought. */
export const MOST_FEE = 0.002

/**
 * What a buy certainly leaves to sell: a stop for more would not start, or would sell coins of the owner's. It grows
 * to the whole once the fee is known.
 */
export function leftAfterFees(facts: MarketFacts, quantity: number, price: number): number {
  const left = facts.floored(quantity * (1 - MOST_FEE))
  return left < facts.leastSale(price) ? quantity : left
}

/** The buy of an entry: all of it at once near the last price, or resting at its limit. */
export function buyTerms(
  intent: Pick<LiveIntent, "id" | "limitPrice">,
  { facts, quantity, price }: { facts: MarketFacts; quantity: number; price: number },
  role: "entry" | "add" | "buyBack",
): OrderTerms {
  const limit = intent.limitPrice
  return {
    role,
    intent: intent.id,
    side: "buy",
    quantity: facts.quantity(quantity),
    kind: limit === undefined ? "fill-or-kill" : "limit",
    price: limit === undefined ? facts.priceBelow(price * (1 + MOST_PRICE_GIVEN)) : facts.price(limit),
  }
}

export function stopTerms(facts: MarketFacts, quantity: number, stopPrice: number, intent: number): OrderTerms {
  const isAtAnyPrice = facts.market.can.orderKinds.includes("stop")
  return {
    role: "stop",
    intent,
    side: "sell",
    quantity: facts.quantity(quantity),
    kind: isAtAnyPrice ? "stop" : "stop-limit",
    stopPrice: facts.price(stopPrice),
    ...(isAtAnyPrice ? {} : { price: facts.priceBelow(stopPrice * (1 - STOP_LIMIT_GAP)) }),
  }
}

/** A sale at the market, or all at once at a target's price or better. */
export function saleTerms(
  facts: MarketFacts,
  { role, quantity, intent }: { role: "exit" | "target"; quantity: number; intent: LiveIntent | undefined },
): OrderTerms {
  const target = role === "target" ? intent?.limitPrice : undefined
  return {
    role,
    intent: intent?.id ?? 0,
    side: "sell",
    quantity: facts.quantity(quantity),
    kind: target === undefined ? "market" : "fill-or-kill",
    ...(target === undefined ? {} : { price: facts.price(target) }),
  }
}

/** An order with a fresh id, not kept yet. */
export function plannedOrder(
  terms: OrderTerms,
  owner: Pick<OwnOrder, "accountId" | "botId" | "market" | "listId">,
  made: Pick<OwnOrder, "clientOrderId" | "createdMs">,
): OwnOrder {
  return { ...terms, ...owner, ...made, status: "planned", filledQuantity: "0", isTold: false }
}
