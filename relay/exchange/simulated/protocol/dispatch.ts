import type { Account } from "../account/account.ts"
import { type ApiKey, checkKey } from "../account/api-key.ts"
import { obey } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import { halfReplaced, orderNamedIn } from "../faults/fault-effects.ts"
import type { Strike } from "../faults/faults.ts"
import type { Caller } from "./caller.ts"
import type { ExchangeState, Operation } from "./operation.ts"
import { Params } from "./params.ts"
import { refuse } from "../refusal.ts"
import { checkRequestTime } from "./request-time.ts"
import { isPercentEncoded, isSignedBy } from "../account/signature.ts"

/** The caller. `payload` is the signed text; a session has already proved its key. */
export type Sender = {
  protocol: "rest" | "ws"
  caller: Caller
  apiKey: string | undefined
  payload: string
  session?: ApiKey
}

const AUTH_PARAMS = ["timestamp", "recvWindow", "signature", "apiKey"]

/** Runs one request from the first check to its answer; throws refusals. `strike` is the fault that hits it, if any. */
export function dispatch(
  exchange: Exchange,
  operation: Operation,
  all: Record<string, string>,
  sender: Sender,
  strike: Strike | undefined,
): unknown {
  const { state } = exchange
  const params = new Params(all)
  const nowMs = state.nowMs()
  state.rateLimits.useWeight(
    sender.caller,
    typeof operation.weight === "number" ? operation.weight : operation.weight(params),
    nowMs,
  )
  return perform(exchange, operation, { params, key: authorise(state, operation, params, sender) }, strike)
}

/** Runs what a known sender wants, in whichever language it was asked; throws refusals. */
export function perform(
  exchange: Exchange,
  operation: Operation,
  { params, key }: { params: Params; key: ApiKey | undefined },
  strike: Strike | undefined,
): unknown {
  const { state } = exchange
  const account = key ? state.venue.account(key.accountId) : undefined
  // Operations without a key never touch `account` or `key`.
  const act = operation.prepare({
    state,
    venue: state.venue,
    params,
    account: account!,
    key: key!,
    nowMs: state.nowMs(),
  })
  params.finish()
  if (operation.orders) state.rateLimits.checkOrders(account!.id, operation.orders, state.nowMs())
  for (let again = 1; again < (strike?.runs ?? 1); again++)
    carryOut(exchange, operation, { params, account, act }, undefined)
  return carryOut(exchange, operation, { params, account, act }, strike)
}

type Prepared = { params: Params; account: Account | undefined; act: () => unknown }

function carryOut(
  exchange: Exchange,
  operation: Operation,
  { params, account, act }: Prepared,
  strike: Strike | undefined,
): unknown {
  const { state } = exchange
  if (operation.name === "order.status") checkVisible(exchange, params.all)
  const named = strike && account && orderNamedIn(state.venue, account.id, params.all)
  if (strike?.name === "F16" && named) obey(exchange, { do: "fill-order", orderId: named })
  if (strike?.name === "F17" && named) return halfReplace(exchange, account!, named)
  if (operation.changes)
    exchange.log.append({
      kind: "command",
      command: { do: "operation", name: operation.name, accountId: account!.id, params: businessParams(params.all) },
    })
  const answer = act()
  if (operation.name === "orderList.status" && isHidden(exchange, answer)) refuse(-2018, "Order list does not exist.")
  if (operation.orders) state.rateLimits.addOrders(account!.id, operation.orders, state.nowMs())
  const readable = visible(exchange, answer)
  if (strike?.name === "F14") hide(exchange, strike, answer)
  return readable
}

function halfReplace(exchange: Exchange, account: Account, orderId: number): never {
  const { symbol } = exchange.state.venue.orders.get(orderId)!
  obey(exchange, {
    do: "operation",
    name: "order.cancel",
    accountId: account.id,
    params: { symbol, orderId: String(orderId) },
  })
  throw halfReplaced(exchange.state.venue, account.id, symbol, orderId)
}

function authorise(state: ExchangeState, operation: Operation, params: Params, sender: Sender): ApiKey | undefined {
  if (operation.security === "none") return undefined
  const key = sender.session ?? checkKey(state.keys, sender.apiKey, operation.needs ?? "reading")
  params.text("apiKey")
  if (operation.security === "key") {
    // Clients sign these too, without need.
    for (const name of AUTH_PARAMS) params.text(name)
    return key
  }
  const wallMs = state.wallMs()
  checkRequestTime(params, wallMs === undefined ? [state.nowMs()] : [state.nowMs(), wallMs])
  const signature = sender.session ? params.text("signature") : params.required("signature")
  if (sender.session && signature === undefined) return key
  // REST signs the text sent, which must be percent-encoded; the WebSocket API signs plain values.
  const isClean = sender.protocol === "ws" || isPercentEncoded(sender.payload)
  if (!isClean || !isSignedBy(key, sender.payload, signature!))
    refuse(-1022, "Signature for this request is not valid.")
  return key
}

function businessParams(all: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !AUTH_PARAMS.includes(name)))
}

function checkVisible({ hiddenUntil, state }: Exchange, all: Record<string, string>): void {
  const isNamed = (orderId: number) =>
    all.orderId === String(orderId) || state.venue.orders.get(orderId)?.placedClientOrderId === all.origClientOrderId
  for (const [orderId, untilMs] of hiddenUntil)
    if (untilMs > state.venue.nowMs && isNamed(orderId)) refuse(-2013, "Order does not exist.")
}

/** An answer without the orders, and the lists of such orders, that cannot be read yet (F14). */
function visible(exchange: Exchange, answer: unknown): unknown {
  if (exchange.hiddenUntil.size === 0) return answer
  if (Array.isArray(answer)) return answer.filter((row) => !isHidden(exchange, row))
  return answer
}

function isHidden({ hiddenUntil, state }: Exchange, row: unknown): boolean {
  return orderIdsIn(row).some((orderId) => (hiddenUntil.get(orderId) ?? 0) > state.venue.nowMs)
}

function hide({ hiddenUntil, state }: Exchange, strike: Strike, answer: unknown): void {
  for (const orderId of orderIdsIn(answer)) hiddenUntil.set(orderId, state.venue.nowMs + strike.delayMs)
}

/** The orders a row is about: the order itself, or those of a list. */
function orderIdsIn(row: unknown): number[] {
  if (typeof row !== "object" || row === null) return []
  const { orderId, orders } = row as { orderId?: number; orders?: { orderId: number }[] }
  if (orders !== undefined) return orders.map((order) => order.orderId)
  return orderId === undefined ? [] : [orderId]
}
