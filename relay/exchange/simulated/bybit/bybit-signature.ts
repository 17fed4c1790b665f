import type { Permissions } from "../account/account.ts"
import type { ApiKey } from "../account/api-key.ts"
import { isSignedBy } from "../account/signature.ts"
import type { Exchange } from "../exchange-state.ts"
import { one } from "../protocol/rest.ts"
import type { RestRequest } from "../protocol/speech.ts"
import { refuseAs } from "./bybit-refusals.ts"

const USUAL_WINDOW_MS = 5_000
const AHEAD_MS = 1_000

/** The key of a signed request, checked in Bybit's order: key, time, signature, permission. */
export function bybitKeyOf(exchange: Exchange, request: RestRequest, needs: keyof Permissions): ApiKey {
  const header = (name: string) => one(request.headers[name]) ?? ""
  const [apiKey, timestamp, window] = [
    header("x-bapi-api-key"),
    header("x-bapi-timestamp"),
    header("x-bapi-recv-window"),
  ]
  const key = exchange.state.keys.get(apiKey)
  if (!key || key.isRevoked) return refuseAs(10003)
  checkTime(exchange, timestamp, window)
  const query = request.url.split("?", 2)[1] ?? ""
  const payload = `${timestamp}${apiKey}${window}${request.method === "GET" ? query : request.body}`
  if (!isSignedBy(key, payload, header("x-bapi-sign"))) return refuseAs(10004)
  if (!key.permissions[needs]) return refuseAs(10005)
  return key
}

/** The clocks a client may use: the exchange's and, where that runs at another speed, the wall's. */
export function clocksMs({ state }: Exchange): number[] {
  return [state.nowMs(), state.wallMs()].filter((nowMs) => nowMs !== undefined)
}

function checkTime(exchange: Exchange, timestamp: string, window: string): void {
  const sentMs = /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : NaN
  // A window that is none lets nothing in.
  const windowMs = window === "" ? USUAL_WINDOW_MS : /^[1-9]\d{0,14}$/.test(window) ? Number(window) : NaN
  const isInTime = (nowMs: number) => sentMs >= nowMs - windowMs && sentMs < nowMs + AHEAD_MS
  if (clocksMs(exchange).some(isInTime)) return
  refuseAs(
    10002,
    `invalid request, please check your server timestamp or recv_window param. req_timestamp[${timestamp}],` +
      `server_timestamp[${exchange.state.nowMs()}],recv_window[${window || USUAL_WINDOW_MS}]`,
  )
}
