import { Refusal } from "../../door/refusal.ts"
import { decimalText, exactFrom, exactText } from "../../ledger/decimal-text.ts"
import { marketName } from "../deployment.ts"
import type { MarketFacts } from "../market-facts.ts"
import { buyTerms, leftAfterFees, type OrderTerms, stopTerms } from "../order-terms.ts"

/** An order that a person wants. Quantities in base units, prices in quote; decimal texts. */
export type WantedByHand = {
  market: string
  side: "buy" | "sell"
  quantity: string
  kind: "market" | "limit" | "stop"
  /** A sale of kind `stop` waits for it; a buy brings a stop there along. */
  stopPrice?: string
  /** Of kind `limit`. */
  price?: string
}

/** The orders it makes, and what was changed to fit the market, in sentences. */
export type HandTerms = { order: OrderTerms; stop: OrderTerms | undefined; changed: string[] }

const none = { id: 0 }

/** The same order in one writing: "BTCUSDT" is BTC/USDT, and "39000.00" is 39000. */
export function inOneWriting({ market, side, quantity, kind, stopPrice, price }: WantedByHand): WantedByHand {
  return {
    market: marketName(market),
    side,
    quantity: shortest(quantity),
    kind,
    ...(stopPrice !== undefined && { stopPrice: shortest(stopPrice) }),
    ...(price !== undefined && { price: shortest(price) }),
  }
}

function shortest(amount: string): string {
  return exactText(exactFrom(amount))
}

/** Throws a `Refusal` for an order that makes no sense, whatever the market. */
export function refuseNonsense({ side, kind, price, stopPrice }: WantedByHand): void {
  if (kind === "limit" && price === undefined) throw wrong("price", "A limit order needs its price.")
  if (kind !== "limit" && price !== undefined)
    throw wrong("price", `An order of kind ${kind} has no price of its own: leave price out, or choose kind limit.`)
  if (kind === "stop" && side === "buy")
    throw wrong("kind", "A stop by hand sells. To buy with a stop, choose kind market or limit and give its stopPrice.")
  if (kind === "stop" && stopPrice === undefined) throw wrong("stopPrice", "A stop needs its stopPrice.")
  if (kind !== "stop" && side === "sell" && stopPrice !== undefined)
    throw wrong("stopPrice", "A sale has no stop of its own: leave stopPrice out, or choose kind stop.")
}

/** It as the market takes it, at the last price. Throws a `Refusal` where the market cannot take it at all. */
export function handTerms(wanted: WantedByHand, facts: MarketFacts, lastPrice: number): HandTerms {
  const changed: string[] = []
  const quantity = facts.floored(Number(wanted.quantity))
  if (quantity !== Number(wanted.quantity))
    changed.push(
      `The quantity became ${facts.quantity(quantity)}: ${wanted.market} has steps of ${facts.market.quantityStep}.`,
    )
  const price = wanted.price === undefined ? lastPrice : onTick(wanted, "price", { facts, changed })
  const stopPrice = wanted.stopPrice === undefined ? undefined : onTick(wanted, "stopPrice", { facts, changed })
  refuseOffSize(wanted.market, { facts, quantity, price, stopPrice })
  if (stopPrice !== undefined && stopPrice >= (wanted.side === "buy" ? price : lastPrice))
    throw wrong("stopPrice", `A stop sells when the price falls to it: it has to be below ${price}.`)
  return wanted.side === "buy"
    ? bought(wanted, { facts, quantity, price, stopPrice, changed })
    : { order: sold(wanted, { facts, quantity, price, stopPrice }), stop: undefined, changed }
}

type Figures = { facts: MarketFacts; quantity: number; price: number; stopPrice: number | undefined }

function bought(
  { kind, market }: WantedByHand,
  { facts, quantity, price, stopPrice, changed }: Figures & { changed: string[] },
): HandTerms {
  const limitPrice = kind === "limit" ? price : undefined
  const order = buyTerms({ ...none, limitPrice }, { facts, quantity, price }, "entry")
  if (stopPrice === undefined) return { order, stop: undefined, changed }
  const { protect } = facts.market.can
  if (protect === undefined)
    throw wrong(
      "stopPrice",
      `${market} takes no buy together with its stop here. Buy first, then place a stop; or let a bot do both.`,
    )
  const stopQuantity = protect === "fixed" ? leftAfterFees(facts, quantity, price) : quantity
  return { order, stop: stopTerms(facts, stopQuantity, stopPrice, 0), changed }
}

function sold({ kind }: WantedByHand, { facts, quantity, price, stopPrice }: Figures): OrderTerms {
  if (stopPrice !== undefined) return stopTerms(facts, quantity, stopPrice, 0)
  const terms = { role: "exit", intent: 0, side: "sell", quantity: facts.quantity(quantity) } as const
  return kind === "limit" ? { ...terms, kind, price: facts.price(price) } : { ...terms, kind: "market" }
}

/** A buy's limit never rises; all else goes to the nearest tick. */
function onTick(
  wanted: WantedByHand,
  field: "price" | "stopPrice",
  { facts, changed }: { facts: MarketFacts; changed: string[] },
): number {
  const text = wanted[field]!
  const isLimitOfBuy = field === "price" && wanted.side === "buy"
  const fitting = isLimitOfBuy ? facts.priceBelow(Number(text)) : facts.price(Number(text))
  if (Number(fitting) !== Number(text))
    changed.push(`The ${field} became ${fitting}: ${wanted.market} has ticks of ${facts.market.priceStep}.`)
  return Number(fitting)
}

/** A stop that sells must be large enough at its own, lower price too. */
function refuseOffSize(
  market: string,
  { facts, quantity, price, stopPrice = price }: Pick<Figures, "facts" | "quantity" | "price"> & { stopPrice?: number },
): void {
  const { base, quote, maxQuantity } = facts.market
  const lower = Math.min(price, stopPrice)
  const least = facts.leastSale(lower)
  const byStop = lower < price ? `, counted at the stop's price of ${short(lower)}, where it would be sold` : ""
  if (quantity < least)
    throw wrong(
      "quantity",
      `The smallest order of ${market} is about ${short(least)} ${base} (${short(least * lower)} ${quote})${byStop}.`,
    )
  if (maxQuantity !== undefined && quantity > Number(maxQuantity))
    throw wrong("quantity", `The largest order of ${market} is ${maxQuantity} ${base}.`)
}

/** Nothing was sent, and why. */
export function wrong(field: string, because: string): Refusal {
  return new Refusal(422, "not-valid", `${because} Nothing was sent.`, { field })
}

/** The account or the moment does not allow it. */
export function notAllowed(because: string): Refusal {
  return new Refusal(422, "not-allowed", `The order was not sent: ${because}. Nothing was changed.`)
}

export function short(value: number): string {
  return decimalText(Number(value.toPrecision(6)))
}
