import { expect, test } from "vitest"
import type { PlacedOrder } from "../exchange/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { OwnOrders } from "./own-orders.ts"

const stop = { clientOrderId: "cw-1", status: "waiting", quantity: "0.02503", filledQuantity: "0" } as OwnOrder
const placed = { clientOrderId: "cw-1", exchangeOrderId: "7", filledQuantity: "0.00000" }
const said = (orders: OwnOrders, rest: Partial<PlacedOrder>) => orders.learn({ ...placed, ...rest } as PlacedOrder)

test("a stop that its exchange sizes by what its entry bought is kept as the exchange has it", () => {
  const orders = new OwnOrders([{ ...stop }], [])
  expect(said(orders, { status: "waiting", quantity: "0" })).toBe(true)
  expect(orders.all[0].quantity).toBe("0.02503")
  orders.takeChanged()
  expect(said(orders, { status: "open", quantity: "0.02500" })).toBe(true)
  expect(orders.takeChanged()).toMatchObject([{ status: "open", quantity: "0.02500" }])
  expect(said(orders, { status: "open", quantity: "0.025" })).toBe(false)
})
