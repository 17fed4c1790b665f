import { DAY_MS } from "#engine/candles"
import { cancelAnswer, cancelledListAnswer, orderAnswer, placedAnswer } from "./order-answers.ts"
import { cancelOrder, findOpenOrder, findOrder, type OrderName } from "../matching/order-cancel.ts"
import { checkFilters } from "../matching/order-checks.ts"
import { placeOrder } from "../matching/order-entry.ts"
import type { Order } from "../matching/order.ts"
import { newOrderFrom, responseTypeFrom } from "./order-request.ts"
import { type Call, limitFrom, type Operation } from "./operation.ts"
import type { Params } from "./params.ts"
import { refuse } from "../refusal.ts"

/** Places, finds and cancels single orders. */
export const orderOperations: Operation[] = [
  {
    name: "order.place",
    rest: "POST /api/v3/order",
    security: "signed",
    weight: 1,
    orders: 1,
    needs: "trading",
    changes: true,
    prepare: preparePlace,
  },
  {
    name: "order.test",
    rest: "POST /api/v3/order/test",
    security: "signed",
    weight: testWeight,
    needs: "trading",
    prepare: prepareTest,
  },
  { name: "order.status", rest: "GET /api/v3/order", security: "signed", weight: 4, prepare: prepareStatus },
  {
    name: "order.cancel",
    rest: "DELETE /api/v3/order",
    security: "signed",
    weight: 1,
    needs: "trading",
    changes: true,
    prepare: prepareCancel,
  },
  {
    name: "openOrders.status",
    rest: "GET /api/v3/openOrders",
    security: "signed",
    weight: (params) => (params.has("symbol") ? 6 : 80),
    prepare: prepareOpen,
  },
  {
    name: "openOrders.cancelAll",
    rest: "DELETE /api/v3/openOrders",
    security: "signed",
    weight: 1,
    needs: "trading",
    changes: true,
    prepare: prepareCancelAll,
  },
  {
    name: "order.amend.keepPriority",
    rest: "PUT /api/v3/order/amend/keepPriority",
    security: "signed",
    weight: 4,
    needs: "trading",
    prepare: prepareAmend,
  },
  {
    name: "order.amendments",
    rest: "GET /api/v3/order/amendments",
    security: "signed",
    weight: 4,
    prepare: prepareAmendments,
  },
  { name: "allOrders", rest: "GET /api/v3/allOrders", security: "signed", weight: 20, prepare: prepareAll },
]

/** How a request names an existing order. */
export function orderNameFrom(
  params: Params,
  ids: { number: string; client: string } = { number: "orderId", client: "origClientOrderId" },
): OrderName {
  return {
    symbol: params.required("symbol"),
    orderId: params.integer(ids.number),
    clientOrderId: params.clientId(ids.client),
  }
}

/** A time window of at most 24 hours (-1127). */
export function windowFrom(params: Params): { startMs: number | undefined; endMs: number | undefined } {
  const [startMs, endMs] = [params.integer("startTime"), params.integer("endTime")]
  if (startMs !== undefined && endMs !== undefined && endMs - startMs > DAY_MS)
    refuse(-1127, "More than 24 hours between startTime and endTime.")
  return { startMs, endMs }
}

/** The part of a list (oldest first) a query wants: from an id or start on the oldest, otherwise the newest. */
export function pageOf<T>(rows: T[], { limit, isFromStart }: { limit: number; isFromStart: boolean }): T[] {
  return isFromStart ? rows.slice(0, limit) : rows.slice(-limit)
}

function preparePlace({ venue, account, params }: Call) {
  const order = newOrderFrom(params)
  const responseType = responseTypeFrom(params, order.type)
  return () => placedAnswer(placeOrder(venue, account.id, order), responseType, venue.nowMs)
}

function prepareTest({ venue, params }: Call) {
  const order = newOrderFrom(params)
  responseTypeFrom(params, order.type)
  const wantsRates = params.flag("computeCommissionRates") ?? false
  const rates = { maker: "0.00100000", taker: "0.00100000" }
  const commission = {
    standardCommissionForOrder: rates,
    taxCommissionForOrder: { maker: "0.00000000", taker: "0.00000000" },
    discount: { enabledForAccount: true, enabledForSymbol: true, discountAsset: "BNB", discount: "0.75000000" },
  }
  return () => {
    checkFilters(venue, order)
    return wantsRates ? commission : {}
  }
}

function testWeight(params: Params): number {
  return params.all.computeCommissionRates === "true" ? 20 : 1
}

function prepareStatus({ venue, account, params }: Call) {
  const name = orderNameFrom(params)
  return () => orderAnswer(findOrder(venue, account.id, name))
}

function prepareCancel({ venue, account, params }: Call) {
  const name = orderNameFrom(params)
  const cancelId = params.clientId("newClientOrderId")
  const restriction = params.oneOf(
    "cancelRestrictions",
    ["ONLY_NEW", "ONLY_PARTIALLY_FILLED"],
    -1145,
    "Invalid cancelRestrictions",
  )
  return () => {
    const order = findOpenOrder(venue, account.id, name)
    if (restriction === "ONLY_NEW" && order.status !== "NEW")
      refuse(-2011, "Order was not canceled due to cancel restrictions.")
    if (restriction === "ONLY_PARTIALLY_FILLED" && order.status !== "PARTIALLY_FILLED")
      refuse(-2011, "Order was not canceled due to cancel restrictions.")
    return cancelAnswer(cancelOrder(venue, order, cancelId), venue.nowMs)
  }
}

/** No market here allows it (`amendAllowed` is false); we refuse before we look for the order. */
function prepareAmend({ params }: Call) {
  orderNameFrom(params)
  params.required("newQty")
  params.clientId("newClientOrderId")
  return () => refuse(-2038, "Order amend is not supported for this symbol.")
}

function prepareAmendments({ venue, account, params }: Call) {
  const name = {
    symbol: params.required("symbol"),
    orderId:
      params.integer("orderId") ??
      refuse(-1102, "Mandatory parameter 'orderId' was not sent, was empty/null, or malformed."),
    clientOrderId: undefined,
  }
  params.integer("fromExecutionId")
  limitFrom(params, 500, 1000)
  return () => {
    findOrder(venue, account.id, name)
    return []
  }
}

function prepareOpen({ venue, account, params }: Call) {
  const symbol = params.text("symbol")
  if (symbol !== undefined) venue.market(symbol)
  return () => openOrders({ venue, account }, symbol).map(orderAnswer)
}

function prepareCancelAll({ venue, account, params }: Call) {
  const symbol = params.required("symbol")
  venue.market(symbol)
  return () => {
    const orders = openOrders({ venue, account }, symbol)
    if (orders.length === 0) refuse(-2011, "Unknown order sent.")
    const lists = [...new Set(orders.map((order) => order.listId))].flatMap((listId) => venue.lists.get(listId) ?? [])
    const singles = orders.filter((order) => order.listId === -1)
    return [
      ...singles.map((order) => cancelAnswer(cancelOrder(venue, order, undefined), venue.nowMs)),
      ...lists.map((list) => cancelledListAnswer(venue, list, undefined)),
    ]
  }
}

function prepareAll({ venue, account, params }: Call) {
  const symbol = params.required("symbol")
  venue.market(symbol)
  const fromId = params.integer("orderId")
  const { startMs, endMs } = windowFrom(params)
  const limit = limitFrom(params, 500, 1000)
  return () => {
    const isIn = (order: Order) =>
      order.symbol === symbol &&
      order.orderId >= (fromId ?? 0) &&
      order.createdMs >= (startMs ?? 0) &&
      order.createdMs <= (endMs ?? Infinity)
    const rows = venue.ordersOf.get(account.id)!.filter(isIn)
    return pageOf(rows, { limit, isFromStart: fromId !== undefined || startMs !== undefined }).map(orderAnswer)
  }
}

function openOrders({ venue, account }: Pick<Call, "venue" | "account">, symbol: string | undefined): Order[] {
  return [...venue.openOrdersOf.get(account.id)!].filter((order) => symbol === undefined || order.symbol === symbol)
}
