import { type ApiKey, checkKey } from "../account/api-key.ts"
import type { Exchange } from "../exchange-state.ts"
import { Params } from "./params.ts"
import { Refusal, refuse } from "../refusal.ts"
import { checkRequestTime } from "./request-time.ts"
import { isSignedBy } from "../account/signature.ts"
import type { Session } from "./websocket-api.ts"

type SessionCall = { exchange: Exchange; session: Session; params: Record<string, string>; payload: string }

/** What only the WebSocket API has: logging on, and listening to an account. */
export const sessionMethods: ReadonlyMap<string, (call: SessionCall) => unknown> = new Map([
  ["session.logon", logOn],
  ["session.status", sessionAnswer],
  ["session.logout", logOut],
  ["session.subscriptions", subscriptions],
  ["userDataStream.subscribe", subscribeSession],
  ["userDataStream.subscribe.signature", subscribeSigned],
  ["userDataStream.unsubscribe", unsubscribe],
  // Removed together with the listen keys on 2026-02-20.
  ["userDataStream.start", gone],
  ["userDataStream.ping", gone],
  ["userDataStream.stop", gone],
])

function logOn(call: SessionCall): unknown {
  const key = checkSigned(call)
  if (key.scheme !== "ED25519")
    refuse(-4056, "This API key type is not supported for session authentication; use an Ed25519 key.")
  call.session.key = key
  call.session.authorisedMs = call.exchange.state.nowMs()
  return sessionAnswer(call)
}

function logOut(call: SessionCall): unknown {
  call.session.key = undefined
  return sessionAnswer(call)
}

function sessionAnswer({ exchange, session: { key, authorisedMs, connection, users } }: SessionCall) {
  return {
    apiKey: key?.apiKey ?? null,
    authorizedSince: key ? authorisedMs : null,
    connectedSince: connection.connectedMs,
    returnRateLimits: true,
    serverTime: exchange.state.nowMs(),
    userDataStream: users.subscriptionIds(connection).length > 0,
  }
}

function subscriptions({ session: { users, connection } }: SessionCall): unknown {
  return users.subscriptionIds(connection).map((subscriptionId) => ({ subscriptionId }))
}

function subscribeSession({ session }: SessionCall): unknown {
  if (!session.key) return refuse(-2014, "API-key format invalid.", 401)
  return subscribe(session, session.key.accountId)
}

function subscribeSigned(call: SessionCall): unknown {
  return subscribe(call.session, checkSigned(call).accountId)
}

function subscribe({ users, connection }: Session, accountId: number): unknown {
  const code = users.path.trouble.refuseSubscription
  if (code !== undefined)
    throw new Refusal(
      code,
      code === -1021 ? "Timestamp for this request is outside of the recvWindow." : "Subscription refused.",
    )
  if (users.isSubscribed(connection, accountId)) refuse(-2035, "User Data Stream subscription already active.")
  return { subscriptionId: users.subscribe(connection, accountId) }
}

function unsubscribe({ session: { users, connection }, params }: SessionCall): unknown {
  const subscriptionId = new Params(params).integer("subscriptionId")
  if (!users.unsubscribe(connection, subscriptionId)) refuse(-2036, "User Data Stream subscription not active.")
  return {}
}

function gone(): never {
  throw new Refusal(-1000, "This method has been removed; use userDataStream.subscribe.signature.", 410)
}

/** Checks key, time and signature of a session method. */
function checkSigned({ exchange: { state }, params, payload }: SessionCall): ApiKey {
  const reader = new Params(params)
  const key = checkKey(state.keys, reader.required("apiKey"), "reading")
  const wallMs = state.wallMs()
  checkRequestTime(reader, wallMs === undefined ? [state.nowMs()] : [state.nowMs(), wallMs])
  if (!isSignedBy(key, payload, reader.required("signature"))) refuse(-1022, "Signature for this request is not valid.")
  return key
}
