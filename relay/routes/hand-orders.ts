import { createRoute, z } from "@hono/zod-openapi"
import type { Context } from "hono"
import type { Accounts } from "../accounts/accounts.ts"
import type { ViewedByHand } from "../bots/hand/hand-answer.ts"
import type { HandOrders } from "../bots/hand/hand-orders.ts"
import { Refusal } from "../door/refusal.ts"
import { amountText, marketText } from "./bots.ts"
import { exchange, order, orderAnswer } from "./history.ts"
import { actorOf, given, oneOf, resource, taken, unknown } from "./resource.ts"

const amount = amountText.refine((text) => Number(text) > 0, "it is more than nothing")
const wantedByHand = z.strictObject({
  market: marketText,
  side: z.enum(["buy", "sell"]),
  /** Base units. */
  quantity: amount,
  kind: z.enum(["market", "limit", "stop"]),
  stopPrice: amount.optional(),
  price: amount.optional(),
})
const placed = order.extend({
  exchange,
  /** The stop that a buy brought along. */
  stop: order.nullable(),
  /** What was changed to fit the market. */
  changed: z.array(z.string()),
  words: z.string(),
})
const one = { params: oneOf("account").params.extend({ orderId: oneOf("order").params.shape.id }) }
/** The same key never makes a second order. */
const headers = z.object({ "idempotency-key": z.string().optional() })

const routes = {
  place: createRoute({
    method: "post",
    path: "/{id}/orders",
    summary: "Place an order by hand, under the same guard as bots; one order for each Idempotency-Key",
    request: { ...oneOf("account"), ...taken(wantedByHand), headers },
    responses: {
      201: given("the order, as the exchange has it", placed),
      202: given("the order; nobody knows yet whether the exchange took it, and it is being asked", placed),
    },
  }),
  cancel: createRoute({
    method: "delete",
    path: "/{id}/orders/{orderId}",
    summary: "Cancel an order by hand",
    request: one,
    responses: { 200: given("the order, as it is then", placed) },
  }),
}

/** Orders by hand. */
export function handOrderRoutes({ accounts, hand }: { accounts: Accounts; hand: HandOrders }) {
  const found = async (accountId: string) => {
    if ((await accounts.find(accountId)) === undefined) throw unknown("account")
    return accountId
  }
  const at = (accountId: string) => accounts.exchangeKinds.of(accountId)
  return resource()
    .openapi(routes.place, async (c) => {
      const accountId = await found(c.req.valid("param").id)
      const asked = { accountId, key: keyIn(c), wanted: c.req.valid("json"), by: actorOf(c) }
      const { status, body } = await hand.place(asked)
      return c.json({ ...answerOf(body as ViewedByHand), exchange: await at(accountId) }, status === 202 ? 202 : 201)
    })
    .openapi(routes.cancel, async (c) => {
      const { id, orderId } = c.req.valid("param")
      const { body } = await hand.cancel(await found(id), orderId, actorOf(c))
      return c.json({ ...answerOf(body as ViewedByHand), exchange: await at(id) }, 200)
    })
}

function answerOf({ order: own, stop, changed, words }: ViewedByHand): Omit<z.infer<typeof placed>, "exchange"> {
  return { ...orderAnswer(own), stop: stop && orderAnswer(stop), changed, words }
}

/** Throws a `Refusal` where there is none, or none that can be kept. */
function keyIn(c: Context): string {
  const key = c.req.header("idempotency-key") ?? ""
  if (/^[!-~]{1,200}$/.test(key)) return key
  throw new Refusal(
    400,
    "no-idempotency-key",
    "An order needs the header Idempotency-Key, up to 200 letters that you choose anew for each order: sent again with the same key, it is still one order. Nothing was sent.",
    { field: "Idempotency-Key" },
  )
}
