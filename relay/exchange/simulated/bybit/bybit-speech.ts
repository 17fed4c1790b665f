import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { one, pageOutcome } from "../protocol/rest.ts"
import { TooMany } from "../protocol/rate-limits.ts"
import type { Asked, RestRequest, Speech } from "../protocol/speech.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { type BybitInput, bybitInputFrom } from "./bybit-input.ts"
import { limitHeaders, mayAsk, usedHeaders } from "./bybit-limits.ts"
import { bybitNo, refuseAs } from "./bybit-refusals.ts"
import { type BybitRoute, bybitRoutes, operationOf } from "./bybit-routes.ts"
import { bybitKeyOf } from "./bybit-signature.ts"
import { banned, bybitStruck, envelope } from "./bybit-struck.ts"

/** `input` is undefined where the body says nothing that can be read. */
type Call = Asked & { route: BybitRoute; path: string; input: BybitInput | undefined }

/** Bybit's REST paths, category spot, over one exchange. */
export const bybitSpeech: Speech<Call> = {
  asked(_exchange, request) {
    const [path, query = ""] = request.url.split("?", 2)
    const route = bybitRoutes.get(`${request.method} ${path}`)
    if (!route) return pageOutcome("404 Not Found")
    const input = bybitInputFrom({ method: request.method, query, body: request.body })
    const operation = operationOf(route, input)
    const apiKey = one(request.headers["x-bapi-api-key"])
    const sent = sentNames(route, operation, input)
    return { operation, isPublic: route.needs === undefined, apiKey, sent, route, path, input }
  },

  async answer(exchange, request, call, strike) {
    if (!mayAsk(exchange, request, call.operation)) return banned()
    const { headers, ask } = admitted(exchange, request, call, strike)
    const result = await exchange.longWork.finish(call.route.answer(ask), request.signal)
    return { ...envelope({ retCode: 0, retMsg: "OK", result }, exchange.state.nowMs()), headers }
  },

  refusal(exchange, _request, _call, refusal) {
    const nowMs = exchange.state.nowMs()
    const headers =
      refusal instanceof TooMany ? limitHeaders({ most: 0, left: 0, resetMs: refusal.untilMs }) : undefined
    return { ...envelope({ ...bybitNo(refusal), result: {} }, nowMs), headers }
  },

  struck: (strike, nowMs, { operation }) => bybitStruck(strike, nowMs, operation),

  mistake: (nowMs) => envelope({ retCode: 10016, retMsg: "System error. Please try again later.", result: {} }, nowMs),

  codeIn({ body }) {
    const code = Number(/^\{"retCode":(\d+)/.exec(body)?.[1] ?? 0)
    return code === 0 ? undefined : code
  },
}

/** A request whose sender is known and may ask, and what its account has left. */
function admitted(exchange: Exchange, request: RestRequest, call: Call, strike: Strike | undefined) {
  const { route, path, input } = call
  const { venue } = exchange.state
  const key = route.needs && bybitKeyOf(exchange, request, route.needs)
  const headers = key && usedHeaders(exchange, { accountId: key.accountId, path, isChange: request.method === "POST" })
  if (input === undefined) return refuseAs(10001)
  // Routes that need no key never touch `account` or `key`.
  const account = key && venue.account(key.accountId)
  const ask: BybitAsk = { exchange, venue, input, key: key!, account: account!, strike }
  return { headers, ask }
}

/** The order's own name as the log knows it. */
function sentNames({ names }: BybitRoute, operation: string, input: BybitInput | undefined): Record<string, string> {
  const id = input?.text("orderLinkId")
  if (names === undefined || id === undefined) return {}
  return { [operation.startsWith("orderList.") ? "workingClientOrderId" : names]: id }
}
