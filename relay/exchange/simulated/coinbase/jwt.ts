import { verify } from "node:crypto"
import type { ApiKey } from "../account/api-key.ts"

/** A token as sent: what it claims, and the bytes that are signed. */
export type Jwt = {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  signed: string
  signature: Buffer
}

/** How far a client's clock may be ahead; not documented. */
const LEEWAY_MS = 10_000
/** How long a token may hold. */
const LONGEST_S = 120
const algorithms: Partial<Record<ApiKey["scheme"], string>> = { ES256: "ES256", ED25519: "EdDSA" }

/** Reads a token without believing it; undefined when it is none. */
export function jwtFrom(text: string): Jwt | undefined {
  const [header, claims, signature, ...more] = text.split(".")
  if (!signature || more.length > 0) return undefined
  const [read, claimed] = [objectFrom(header), objectFrom(claims)]
  if (!read || !claimed) return undefined
  return {
    header: read,
    claims: claimed,
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, "base64url"),
  }
}

/** The key a token names. */
export function keyNameIn({ header, claims }: Jwt): string | undefined {
  const name = header.kid ?? claims.sub
  return typeof name === "string" ? name : undefined
}

/** Whether the owner of a key has signed a token. */
export function isSignedByKey({ header, claims, signed, signature }: Jwt, { scheme, secret, apiKey }: ApiKey): boolean {
  if (header.alg !== algorithms[scheme] || claims.sub !== apiKey) return false
  const key = { key: secret, dsaEncoding: "ieee-p1363" as const }
  return verify(scheme === "ES256" ? "sha256" : null, Buffer.from(signed), key, signature)
}

/** Whether a token holds at one of the clocks a client may use, and not for too long. */
export function isInTime({ claims: { nbf, exp } }: Jwt, clocksMs: readonly number[]): boolean {
  if (typeof nbf !== "number" || typeof exp !== "number") return false
  if (exp - nbf > LONGEST_S) return false
  return clocksMs.some((nowMs) => nbf * 1_000 <= nowMs + LEEWAY_MS && nowMs < exp * 1_000)
}

/**
 * Whether a token is for this request: its method, a host, and exactly its path. Clients write the host as they know it,
 * some with the scheme before it, and it is not compared.
 */
export function isForRequest({ claims }: Jwt, method: string, path: string): boolean {
  const named = Array.isArray(claims.uris) ? claims.uris : [claims.uri]
  return named.some((uri) => {
    const [, meant, at] = /^([A-Z]+) (?:https?:\/\/)?[^\s/]+(\/\S*)$/.exec(String(uri)) ?? []
    return meant === method && at === path
  })
}

function objectFrom(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"))
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
