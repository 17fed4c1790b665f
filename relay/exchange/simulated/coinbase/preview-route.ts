import { costWithFee } from "../account/quote-fees.ts"
import { type Decimal, times } from "../decimal.ts"
import { hasLimit } from "../matching/order.ts"
import { checkFilters } from "../matching/order-checks.ts"
import { Params } from "../protocol/params.ts"
import type { NewOrder } from "../protocol/order-request.ts"
import { Refusal } from "../refusal.ts"
import { amountText } from "./amount.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { wantedFrom } from "./create-operation.ts"
import { orderFailureOf } from "./order-failure.ts"
import { orderParams } from "./order-routes.ts"
import { checkSense } from "./order-sense.ts"
import { Refused } from "./refused.ts"
import { uuidOf } from "./uuid.ts"

const FIELDS = ["product_id", "side", "order_configuration", "leverage", "margin_type", "retail_portfolio_id"]

/** `POST orders/preview`: what an order would cost, and why it would not be taken. Nothing is placed. */
export function previewOrder(call: CoinbaseCall) {
  const params = orderParams(call.fields.only(FIELDS))
  try {
    const order = wantedFrom(call.venue, new Params(params))
    checkSense(call.venue, order, undefined)
    return preview(call, checkFilters(call.venue, order, call.account), [])
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof Refused) throw error
    return preview(call, undefined, [orderFailureOf(error).preview])
  }
}

function preview(call: CoinbaseCall, order: NewOrder | undefined, errs: string[]) {
  const market = call.venue.markets.get(order?.symbol ?? "")
  const best = (side: "BUY" | "SELL") => amountText(market?.book.depth(side, 1)[0]?.[0] ?? 0n)
  const price = order && hasLimit(order.type) ? order.price : (market?.lastPrice ?? 0n)
  const cost = order ? order.quoteQuantity || times(price, order.quantity) : 0n
  const fee = costWithFee(call.account, cost) - cost
  return {
    order_total: amountText(order?.quoteQuantity || total(order?.side, cost, fee)),
    commission_total: amountText(fee),
    errs,
    warning: [],
    quote_size: amountText(cost),
    base_size: amountText(order?.quantity ?? 0n),
    best_bid: best("BUY"),
    best_ask: best("SELL"),
    is_max: false,
    slippage: "0",
    preview_id: uuidOf(`${call.venue.options.seed}/preview/${call.venue.nowMs}`),
  }
}

function total(side: string | undefined, cost: Decimal, fee: Decimal): Decimal {
  return side === "SELL" ? cost - fee : cost + fee
}
