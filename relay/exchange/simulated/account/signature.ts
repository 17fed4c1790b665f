import { createHmac, timingSafeEqual, verify } from "node:crypto"

/**
 * How a key proves itself: with a shared secret (HMAC), or with the private half of a key pair whose public half is a
 * PEM text.
 */
export type KeyScheme = "HMAC" | "ED25519" | "RSA" | "ES256"

/** Hex HMAC-SHA256, Binance's signature for keys with a secret. */
export function hmacSignature(secret: string, payload: string): string {
  return createHmac("sha256", secret).update(payload).digest("hex")
}

/**
 * Whether a signature fits a payload. HMAC is hex in either case; Ed25519 and RSA (PKCS#1 v1.5, SHA-256) are base64.
 */
export function isSignedBy(
  { scheme, secret }: { scheme: KeyScheme; secret: string },
  payload: string,
  signature: string,
): boolean {
  if (scheme === "HMAC") return isSameHex(hmacSignature(secret, payload), signature.toLowerCase())
  // Binance knows no such keys.
  if (scheme === "ES256") return false
  const algorithm = scheme === "ED25519" ? null : "RSA-SHA256"
  return verify(algorithm, Buffer.from(payload), secret, Buffer.from(signature, "base64"))
}

/** What a REST request signs: its raw query and its raw body, concatenated, without the signature. */
export function restPayload(query: string, body: string): string {
  return withoutSignature(query) + withoutSignature(body)
}

/** What a WebSocket request signs: every parameter but the signature, sorted by name. */
export function webSocketPayload(params: Readonly<Record<string, string>>): string {
  return Object.keys(params)
    .filter((name) => name !== "signature")
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join("&")
}

/**
 * Whether every character that must be percent-encoded is: since 2026-01-15 the exchange signs the bytes sent, not
 * the decoded values.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs (changelog)
 */
export function isPercentEncoded(payload: string): boolean {
  return /^(?:[A-Za-z0-9\-_.~!*'()=&+]|%[0-9A-Fa-f]{2})*$/.test(payload)
}

function withoutSignature(text: string): string {
  return text
    .split("&")
    .filter((part) => !part.startsWith("signature="))
    .join("&")
}

function isSameHex(expected: string, given: string): boolean {
  const [own, sent] = [Buffer.from(expected), Buffer.from(given)]
  return own.length === sent.length && timingSafeEqual(own, sent)
}
