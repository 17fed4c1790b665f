import type { CancelAnswer, ProtectedEntry } from "../exchange.ts"
import { productOf } from "./decimal-text.ts"
import { acknowledged, type AskVenue, type Protection, type WantedExit } from "./protection.ts"

type Order = Record<string, unknown> & { attached_order_id?: string }
const ORDER = "v3PrivateGetBrokerageOrdersHistoricalOrderId"

/** A bracket has a target: one this many times as high as the entry is nobody's, and keeps the stop alone. */
const NO_TARGET = "3"
const MOST_WORDS = 200

/**
 * A limit entry with a bracket attached; its size is inherited from the entry. Brackets are documented with entries that
 * rest: one that is to fill at once is sent so too, and who sent it cancels what does not fill.
 * Source: https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/create-order
 */
export const coinbaseProtection: Protection = {
  request(wanted, product_id) {
    const { entry } = wanted
    const terms = { base_size: entry.quantity, limit_price: entry.price }
    const params = {
      client_order_id: entry.clientOrderId,
      product_id,
      side: entry.side.toUpperCase(),
      order_configuration: { limit_limit_gtc: terms },
      attached_order_configuration: { trigger_bracket_gtc: bracketOf(wanted) },
    }
    return { path: "v3PrivatePostBrokerageOrders", params }
  },
  placed(answer, { entry }) {
    const { success, success_response } = answer as { success: boolean; success_response: { order_id: string } }
    // ccxt looks at this in its own orders alone.
    if (!success) throw new Error(`coinbase ${JSON.stringify(answer)}`)
    return [acknowledged(entry, success_response.order_id)]
  },
  exit: attachedBracket,
}

type Cancelled = { results: { success: boolean; failure_reason?: string }[] }

/** Nothing of it is open any more, or never was. */
const NOT_OPEN: ReadonlySet<string | undefined> = new Set(["UNKNOWN_CANCEL_ORDER", "INVALID_CANCEL_REQUEST"])
const ASKED_BEFORE = "DUPLICATE_CANCEL_REQUEST"

/** Cancels by number. ccxt leaves out why one was not cancelled. */
export async function cancelAtCoinbase(ask: AskVenue, exchangeOrderId: string): Promise<CancelAnswer> {
  const answer = (await ask("v3PrivatePostBrokerageOrdersBatchCancel", { order_ids: [exchangeOrderId] })) as Cancelled
  const { success, failure_reason: reason } = answer.results[0]
  if (success || reason === ASKED_BEFORE) return { ok: true }
  if (NOT_OPEN.has(reason)) return { ok: false, because: "not-open" }
  return { ok: false, because: "unknown", message: String(reason).slice(0, MOST_WORDS) }
}

function bracketOf({ entry, stop, target }: ProtectedEntry): Record<string, string> {
  const limit_price = target?.price ?? productOf(entry.price, NO_TARGET)
  return { limit_price, stop_trigger_price: stop.stopPrice }
}

/** The entry names the bracket that was attached to it. */
async function attachedBracket(ask: AskVenue, { entry }: WantedExit): Promise<Order | undefined> {
  const { attached_order_id } = await orderOf(ask, entry.exchangeOrderId)
  return attached_order_id ? orderOf(ask, attached_order_id) : undefined
}

async function orderOf(ask: AskVenue, order_id: string): Promise<Order> {
  return ((await ask(ORDER, { order_id })) as { order: Order }).order
}
