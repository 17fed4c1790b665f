import { type Decimal, floorTo } from "../decimal.ts"
import type { Order } from "../matching/order.ts"
import { endOrder } from "../matching/execution.ts"
import { checkFilters } from "../matching/order-checks.ts"
import { bookOrder, placeOrder } from "../matching/order-entry.ts"
import { lockFor } from "../matching/order-funds.ts"
import { placeOto } from "../matching/order-list-entry.ts"
import type { Call, Operation } from "../protocol/operation.ts"
import { type NewOrder, newOrderFrom } from "../protocol/order-request.ts"
import { Params } from "../protocol/params.ts"
import { reject } from "../refusal.ts"
import type { Venue } from "../venue.ts"
import { checkSense } from "./order-sense.ts"

/** Of a bracket whose stop has been reached: so far from its stop price is its worst price. */
const BOUND_PERCENT = 5n
const OWN = ["clientOrderId", "goodTillMs", "attachedPrice", "attachedStopPrice", "fails"]

/** Places what Coinbase's protocol can ask for; not reachable in another one. */
export const createOperation: Operation = {
  name: "-coinbase.createOrder",
  rest: undefined,
  security: "signed",
  weight: 1,
  needs: "trading",
  changes: true,
  prepare: prepareCreate,
}

function prepareCreate({ venue, account, params }: Call) {
  const wanted = wantedFrom(venue, params)
  const attached = attachedTo(venue, wanted, params)
  const fails = params.flag("fails") ?? false
  return () => {
    // A client id that is known returns its order; nothing else happens.
    const known = orderOf(venue, account.id, wanted.clientOrderId)
    const placed = () => (fails ? placeFailing(venue, account.id, wanted) : place(venue, account.id, wanted, attached))
    return { orderId: (known ?? placed()).orderId }
  }
}

function place(venue: Venue, accountId: number, wanted: NewOrder, attached: NewOrder | undefined): Order {
  checkSense(venue, wanted, attached)
  if (!attached) return placeOrder(venue, accountId, wanted)
  const list = placeOto(venue, accountId, { working: wanted, pending: [attached], listId: undefined })
  return venue.orders.get(list.phaseOneId!)!
}

/** An order that is taken and fails before it meets the book. */
function placeFailing(venue: Venue, accountId: number, wanted: NewOrder): Order {
  const order = checkFilters(venue, wanted, venue.account(accountId))
  const lock = lockFor(venue, accountId, venue.market(order.symbol), [order])
  if (!lock) return reject("Account has insufficient balance for requested action.")
  const placed = bookOrder(venue, accountId, order, lock, -1)
  endOrder(venue, placed, "EXPIRED", "REJECTED")
  return placed
}

/** The order of an account by the client's id, on whichever market. */
export function orderOf(venue: Venue, accountId: number, clientOrderId: string | undefined): Order | undefined {
  if (clientOrderId === undefined) return undefined
  for (const symbol of venue.markets.keys()) {
    const order = venue.orderByClientId(accountId, symbol, clientOrderId)
    if (order?.placedClientOrderId === clientOrderId) return order
  }
  return undefined
}

/** The order that parameters describe. */
export function wantedFrom(venue: Venue, params: Params): NewOrder {
  const clientOrderId = params.text("clientOrderId")
  const goodTillMs = params.integer("goodTillMs")
  const own = { clientOrderId, ...(goodTillMs === undefined ? {} : { goodTillMs }) }
  if (params.all.type === "LIMIT_STOP_BRACKET") return { ...bracketFrom(venue, params), ...own }
  const plain = Object.fromEntries(Object.entries(params.all).filter(([name]) => !OWN.includes(name)))
  for (const name of Object.keys(plain)) params.text(name)
  return { ...newOrderFrom(new Params(plain)), ...own }
}

function bracketFrom(venue: Venue, params: Params): NewOrder {
  params.text("type")
  const side = params.required("side") === "BUY" ? "BUY" : "SELL"
  const symbol = params.required("symbol")
  const prices = { price: params.requiredDecimal("price"), stopPrice: params.requiredDecimal("stopPrice") }
  return { ...bracketOf(venue, { symbol, side }, prices), quantity: params.requiredDecimal("quantity") }
}

function attachedTo(venue: Venue, entry: NewOrder, params: Params): NewOrder | undefined {
  const [price, stopPrice] = [params.decimal("attachedPrice"), params.decimal("attachedStopPrice")]
  if (price === undefined || stopPrice === undefined) return undefined
  const side = entry.side === "BUY" ? "SELL" : "BUY"
  const bracket = bracketOf(venue, { symbol: entry.symbol, side }, { price, stopPrice })
  return { ...bracket, quantity: entry.quantity }
}

function bracketOf(
  venue: Venue,
  { symbol, side }: Pick<NewOrder, "symbol" | "side">,
  { price, stopPrice }: { price: Decimal; stopPrice: Decimal },
): NewOrder {
  const worst = floorTo(boundOf(side, stopPrice), venue.market(symbol).rules.tickSize)
  return {
    symbol,
    side,
    type: "LIMIT_STOP_BRACKET",
    timeInForce: "GTC",
    quantity: 0n,
    quoteQuantity: 0n,
    price,
    stopPrice,
    trailingDelta: 0,
    clientOrderId: undefined,
    selfTrade: "EXPIRE_MAKER",
    strategyId: undefined,
    strategyType: undefined,
    bracket: { target: price, worst, isTriggered: false },
  }
}

/**
 * A stop-limit order is placed for what the stop sells, 5 % below its price (above, for a purchase).
 * Source: https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/create-order
 */
function boundOf(side: NewOrder["side"], stopPrice: Decimal): Decimal {
  const percent = side === "SELL" ? 100n - BOUND_PERCENT : 100n + BOUND_PERCENT
  return (stopPrice * percent) / 100n
}
