import { cancelledListAnswer, listAnswer, ordersOf, placedInList } from "./order-answers.ts"
import { placeOco, placeOto } from "../matching/order-list-entry.ts"
import type { OrderList } from "../matching/order-lists.ts"
import { pageOf, windowFrom } from "./order-operations.ts"
import { type Given, type NewOrder, orderLegFrom, responseTypes, selfTradeFrom, sideFrom } from "./order-request.ts"
import { type Call, limitFrom, type Operation } from "./operation.ts"
import type { Params } from "./params.ts"
import { refuse } from "../refusal.ts"

const placing = { security: "signed", weight: 1, needs: "trading", changes: true } as const

/** Orders that depend on each other. */
export const listOperations: Operation[] = [
  { name: "orderList.place.oco", rest: "POST /api/v3/orderList/oco", ...placing, orders: 2, prepare: prepareOco },
  { name: "orderList.place.oto", rest: "POST /api/v3/orderList/oto", ...placing, orders: 2, prepare: prepareOto },
  { name: "orderList.place.otoco", rest: "POST /api/v3/orderList/otoco", ...placing, orders: 3, prepare: prepareOtoco },
  { name: "orderList.place.opo", rest: "POST /api/v3/orderList/opo", ...placing, orders: 2, prepare: prepareOpo },
  { name: "orderList.place.opoco", rest: "POST /api/v3/orderList/opoco", ...placing, orders: 3, prepare: prepareOpoco },
  { name: "orderList.cancel", rest: "DELETE /api/v3/orderList", ...placing, prepare: prepareCancel },
  { name: "orderList.status", rest: "GET /api/v3/orderList", security: "signed", weight: 4, prepare: prepareStatus },
  {
    name: "openOrderLists.status",
    rest: "GET /api/v3/openOrderList",
    security: "signed",
    weight: 6,
    prepare: prepareOpen,
  },
  { name: "allOrderLists", rest: "GET /api/v3/allOrderList", security: "signed", weight: 20, prepare: prepareAll },
]

function prepareOco(call: Call) {
  const { params, venue, account } = call
  const given = { ...givenFrom(params), side: sideFrom(params, "side"), quantity: params.requiredDecimal("quantity") }
  const [above, below] = [orderLegFrom(params, "above", given), orderLegFrom(params, "below", given)]
  const listId = listIdFrom(params)
  return () => placedListAnswer(call, placeOco(venue, account.id, { above, below, listId }))
}

function prepareOto(call: Call) {
  return prepareEntry(call, { isPaid: false, exits: (given) => [orderLegFrom(call.params, "pending", given)] })
}

function prepareOpo(call: Call) {
  const exits = (given: Given) => [orderLegFrom(call.params, "pending", { ...given, quantity: 0n })]
  return prepareEntry(call, { isPaid: true, exits })
}

function prepareOtoco(call: Call) {
  const { params } = call
  const exits = (given: Given) => rivalsFrom(params, { ...given, quantity: params.requiredDecimal("pendingQuantity") })
  return prepareEntry(call, { isPaid: false, exits })
}

function prepareOpoco(call: Call) {
  const exits = (given: Given) => rivalsFrom(call.params, { ...given, quantity: 0n })
  return prepareEntry(call, { isPaid: true, exits })
}

function prepareEntry(call: Call, { isPaid, exits }: { isPaid: boolean; exits: (given: Given) => NewOrder[] }) {
  const { params, venue, account } = call
  const given = givenFrom(params)
  const working = orderLegFrom(params, "working", given)
  const pending = exits(given)
  const listId = listIdFrom(params)
  return () => placedListAnswer(call, placeOto(venue, account.id, { working, pending, listId, isPaid }))
}

/** Reads two exits of which the first to trade or trigger ends the other. */
export function rivalsFrom(params: Params, given: Given): NewOrder[] {
  const exit = { ...given, side: sideFrom(params, "pendingSide") }
  return [orderLegFrom(params, "pendingAbove", exit), orderLegFrom(params, "pendingBelow", exit)]
}

function prepareCancel(call: Call) {
  const { params, venue } = call
  venue.market(params.required("symbol"))
  const find = listFinderFrom(call, "listClientOrderId")
  const cancelId = params.clientId("newClientOrderId")
  return () => {
    const list = find()
    if (list?.orderStatus !== "EXECUTING") return refuse(-2011, "Unknown order list sent.")
    return cancelledListAnswer(venue, list, cancelId)
  }
}

function prepareStatus(call: Call) {
  const find = listFinderFrom(call, "origClientOrderId")
  return () => listAnswer(call.venue, find() ?? refuse(-2018, "Order list does not exist."))
}

function prepareOpen({ venue, account }: Call) {
  return () =>
    listsOf(venue, account.id)
      .filter((list) => list.orderStatus === "EXECUTING")
      .map((list) => listAnswer(venue, list))
}

function prepareAll({ venue, account, params }: Call) {
  const fromId = params.integer("fromId")
  const { startMs, endMs } = windowFrom(params)
  const limit = limitFrom(params, 500, 1000)
  return () => {
    const rows = listsOf(venue, account.id).filter(
      (list) =>
        list.listId >= (fromId ?? 0) && list.createdMs >= (startMs ?? 0) && list.createdMs <= (endMs ?? Infinity),
    )
    return pageOf(rows, { limit, isFromStart: fromId !== undefined || startMs !== undefined }).map((list) =>
      listAnswer(venue, list),
    )
  }
}

/** Reads what all orders of a list share. */
export function givenFrom(params: Params): Given {
  params.oneOf(
    "newOrderRespType",
    responseTypes,
    -1100,
    "Illegal characters found in parameter 'newOrderRespType'; legal range is 'ACK|RESULT|FULL'.",
  )
  return { symbol: params.required("symbol"), selfTrade: selfTradeFrom(params) }
}

function listIdFrom(params: Params): string | undefined {
  return params.clientId("listClientOrderId")
}

function placedListAnswer({ venue, params }: Call, list: OrderList) {
  const type = (params.all.newOrderRespType as (typeof responseTypes)[number] | undefined) ?? "RESULT"
  return {
    ...listAnswer(venue, list),
    orderReports: ordersOf(venue, list).map((order) => placedInList(list, order, type, venue.nowMs)),
  }
}

function listFinderFrom({ venue, account, params }: Call, clientName: string): () => OrderList | undefined {
  const [listId, clientId] = [params.integer("orderListId"), params.clientId(clientName)]
  if (listId === undefined && clientId === undefined)
    refuse(-1102, `Param '${clientName}' or 'orderListId' must be sent, but both were empty/null!`)
  return () =>
    listsOf(venue, account.id).findLast((list) =>
      listId === undefined ? list.listClientOrderId === clientId : list.listId === listId,
    )
}

function listsOf(venue: Call["venue"], accountId: number): OrderList[] {
  return [...venue.lists.values()].filter((list) => list.accountId === accountId)
}
