import type { Permissions } from "./account.ts"
import { createRandom } from "../random.ts"
import { refuse } from "../refusal.ts"
import type { KeyScheme } from "./signature.ts"

/** A key of an account. `secret` is the shared secret, or the public key as PEM. */
export type ApiKey = {
  apiKey: string
  scheme: KeyScheme
  secret: string
  accountId: number
  permissions: Permissions
  isRevoked: boolean
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/** How many letters Binance's keys and secrets have. */
const BINANCE_LETTERS = { key: 64, secret: 64 }

/** A fresh HMAC key; the same seed gives the same key. */
export function createHmacKey(seed: string, accountId: number, letters = BINANCE_LETTERS): ApiKey {
  const random = createRandom(`${seed}/key/${accountId}`)
  const text = (length: number) => Array.from({ length }, () => LETTERS[random.below(LETTERS.length)]).join("")
  const permissions = { reading: true, trading: true, withdrawing: false }
  const [apiKey, secret] = [text(letters.key), text(letters.secret)]
  return { apiKey, scheme: "HMAC", secret, accountId, permissions, isRevoked: false }
}

/** Gives a key its place, or the change of one: kept first, where the exchange is kept. Returns the key that holds. */
export function addKey(
  { keeper, state: { keys } }: { keeper: { key(key: ApiKey): void } | undefined; state: { keys: Map<string, ApiKey> } },
  key: ApiKey,
): ApiKey {
  keeper?.key(key)
  const known = keys.get(key.apiKey)
  if (known) return Object.assign(known, key)
  keys.set(key.apiKey, key)
  return key
}

/** The key of a request's header, if it may do what it asks; refused like Binance does (-2014, -2015). */
export function checkKey(
  keys: ReadonlyMap<string, ApiKey>,
  apiKey: string | undefined,
  needs: keyof Permissions,
): ApiKey {
  if (!apiKey || !/^[A-Za-z0-9]{1,128}$/.test(apiKey)) refuse(-2014, "API-key format invalid.", 401)
  const key = keys.get(apiKey)
  if (!key || key.isRevoked || !key.permissions[needs])
    return refuse(-2015, "Invalid API-key, IP, or permissions for action.", 401)
  return key
}
