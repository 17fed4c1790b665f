import type { Permissions } from "../account/account.ts"
import type { ApiKey } from "../account/api-key.ts"
import { hmacSignature } from "../account/signature.ts"
import type { Exchange } from "../exchange-state.ts"
import { one } from "../protocol/rest.ts"
import type { RestRequest } from "../protocol/speech.ts"
import { isForRequest, isInTime, isSignedByKey, type Jwt, jwtFrom, keyNameIn } from "./jwt.ts"
import { refuseCaller, Refused } from "./refused.ts"

/** How old a request signed with a legacy key may be. */
const LEGACY_WINDOW_MS = 30_000

/** The key a request names; nothing is checked yet. */
export function namedKey({ headers }: RestRequest): string | undefined {
  const token = tokenIn(headers)
  return token ? keyNameIn(token) : one(headers["cb-access-key"])
}

/** The key of a request's sender, who has proved to own it and may do this; refused with 401 or 403. */
export function senderOf(exchange: Exchange, request: RestRequest, needs: keyof Permissions): ApiKey {
  const [path] = request.url.split("?", 1)
  const token = tokenIn(request.headers)
  if (!token) return permitted(legacySender(exchange, request), needs)
  const key = ownerOf(exchange, token)
  return isForRequest(token, request.method, path) ? permitted(key, needs) : refuseCaller()
}

/** The owner of a token that holds now, for whatever it is meant. */
export function ownerOf({ state }: Exchange, token: Jwt | undefined): ApiKey {
  const key = token && state.keys.get(keyNameIn(token) ?? "")
  if (!key || key.isRevoked || !isSignedByKey(token, key)) return refuseCaller()
  return isInTime(token, clocksMs({ state })) ? key : refuseCaller()
}

/** Of a key that may not do what it asks, the refusal says so. */
export function permitted(key: ApiKey, needs: keyof Permissions): ApiKey {
  if (!key.permissions[needs]) throw new Refused(403, "PERMISSION_DENIED", "Missing required scopes")
  return key
}

function legacySender({ state }: Exchange, request: RestRequest): ApiKey {
  const { "cb-access-key": name, "cb-access-sign": sign, "cb-access-timestamp": sent } = request.headers
  const key = state.keys.get(one(name) ?? "")
  const seconds = Number(one(sent))
  const isRecent = clocksMs({ state }).some((nowMs) => Math.abs(nowMs - seconds * 1_000) <= LEGACY_WINDOW_MS)
  if (key?.scheme !== "HMAC" || key.isRevoked || !isRecent) return refuseCaller()
  const [path, query] = request.url.split("?", 2)
  // The newer paths sign without their query, the older ones with it.
  const signed = [path, query === undefined ? path : `${path}?${query}`].map((url) =>
    hmacSignature(key.secret, `${one(sent)}${request.method}${url}${request.body}`),
  )
  return signed.includes(one(sign) ?? "") ? key : refuseCaller()
}

function tokenIn(headers: RestRequest["headers"]): Jwt | undefined {
  const [scheme, token] = one(headers.authorization)?.split(" ", 2) ?? []
  return scheme === "Bearer" && token ? jwtFrom(token) : undefined
}

function clocksMs({ state }: Pick<Exchange, "state">): number[] {
  const wallMs = state.wallMs()
  return wallMs === undefined ? [state.nowMs()] : [state.nowMs(), wallMs]
}
