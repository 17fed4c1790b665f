import { cancelAnswer, placedAnswer } from "./order-answers.ts"
import { cancelOrder, findOpenOrder } from "../matching/order-cancel.ts"
import { placeOrder } from "../matching/order-entry.ts"
import { orderNameFrom } from "./order-operations.ts"
import { newOrderFrom, responseTypeFrom } from "./order-request.ts"
import type { Call, Operation } from "./operation.ts"
import { Refusal, refuse } from "../refusal.ts"

const modes = ["STOP_ON_FAILURE", "ALLOW_FAILURE"] as const
type Tried = { result: "SUCCESS" | "FAILURE"; response: unknown }

/** Cancels an order and places another in its stead, in one request. */
export const cancelReplaceOperation: Operation = {
  name: "order.cancelReplace",
  rest: "POST /api/v3/order/cancelReplace",
  security: "signed",
  weight: 1,
  orders: 1,
  needs: "trading",
  changes: true,
  prepare: prepareCancelReplace,
}

function prepareCancelReplace({ venue, account, params }: Call) {
  const mode =
    params.oneOf(
      "cancelReplaceMode",
      modes,
      -1100,
      "Illegal characters found in parameter 'cancelReplaceMode'; legal range is 'STOP_ON_FAILURE|ALLOW_FAILURE'.",
    ) ?? refuse(-1102, "Mandatory parameter 'cancelReplaceMode' was not sent, was empty/null, or malformed.")
  const name = orderNameFrom(params, { number: "cancelOrderId", client: "cancelOrigClientOrderId" })
  const cancelId = params.clientId("cancelNewClientOrderId")
  params.oneOf(
    "orderRateLimitExceededMode",
    ["DO_NOTHING", "CANCEL_ONLY"],
    -1100,
    "Illegal characters found in parameter 'orderRateLimitExceededMode'.",
  )
  const wanted = newOrderFrom(params)
  const responseType = responseTypeFrom(params, wanted.type)
  return () => {
    const cancel = tried(() =>
      cancelAnswer(cancelOrder(venue, findOpenOrder(venue, account.id, name), cancelId), venue.nowMs),
    )
    if (cancel.result === "FAILURE" && mode === "STOP_ON_FAILURE") throw failed(-2022, 400, cancel, undefined)
    const placed = tried(() => placedAnswer(placeOrder(venue, account.id, wanted), responseType, venue.nowMs))
    if (cancel.result === "FAILURE" || placed.result === "FAILURE")
      throw failed(
        cancel.result === placed.result ? -2022 : -2021,
        cancel.result === placed.result ? 400 : 409,
        cancel,
        placed,
      )
    return bothOf(cancel, placed)
  }
}

function tried(act: () => unknown): Tried {
  try {
    return { result: "SUCCESS", response: act() }
  } catch (error) {
    if (error instanceof Refusal) return { result: "FAILURE", response: { code: error.code, msg: error.message } }
    throw error
  }
}

function failed(code: number, status: number, cancel: Tried, placed: Tried | undefined): Refusal {
  return new Refusal(
    code,
    code === -2022 ? "Order cancel-replace failed." : "Order cancel-replace partially failed.",
    status,
    bothOf(cancel, placed),
  )
}

function bothOf(cancel: Tried, placed: Tried | undefined) {
  return {
    cancelResult: cancel.result,
    newOrderResult: placed?.result ?? "NOT_ATTEMPTED",
    cancelResponse: cancel.response,
    newOrderResponse: placed?.response ?? null,
  }
}
