import { createECDH, createPrivateKey, createPublicKey } from "node:crypto"
import type { ApiKey } from "../account/api-key.ts"
import type { IssuedKey } from "../language.ts"
import { createRandom } from "../random.ts"
import { uuidOf } from "./uuid.ts"

const CURVE = "prime256v1"
const KEY_BYTES = 32

/**
 * A key of an account, named as the developer platform names it, and its private half as PEM in the older SEC1 form: ccxt
 * reads no other. The same seed gives the same key. The exchange keeps only the public half.
 */
export function createCoinbaseKey(seed: string, accountId: number): IssuedKey {
  const apiKey = `organizations/${uuidOf(`${seed}/organization`)}/apiKeys/${uuidOf(`${seed}/key/${accountId}`)}`
  const secret = privatePem(`${seed}/coinbase-key/${accountId}`)
  const key: ApiKey = {
    apiKey,
    scheme: "ES256",
    secret: String(createPublicKey(secret).export({ type: "spki", format: "pem" })),
    accountId,
    permissions: { reading: true, trading: true, withdrawing: false },
    isRevoked: false,
  }
  return { key, secret }
}

function privatePem(seed: string): string {
  const random = createRandom(seed)
  const scalar = Buffer.from(Array.from({ length: KEY_BYTES }, () => random.below(256)))
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey()
  const coordinate = (from: number) => point.subarray(from, from + KEY_BYTES).toString("base64url")
  const jwk = { kty: "EC", crv: "P-256", d: scalar.toString("base64url"), x: coordinate(1), y: coordinate(33) }
  return String(createPrivateKey({ key: jwk, format: "jwk" }).export({ type: "sec1", format: "pem" }))
}
