import { createPrivateKey, type KeyObject } from "node:crypto"
import { type CopiedKey, type KeyFault, keyFault, mendedKey, type RealVenueId } from "#venues"

export type { CopiedKey } from "#venues"

/** A key as it is kept, or what is wrong with it. */
type ReadKey = { ok: true; key: CopiedKey } | { ok: false; fault: KeyFault }

/** The curve of Coinbase's keys, as OpenSSL calls it. */
const COINBASE_CURVE = "prime256v1"

/**
 * Reads a key as it was pasted, before any exchange sees it: mended where that changes nothing of it, refused where it
 * cannot be one of this exchange.
 */
export function keyFrom(venue: RealVenueId, pasted: CopiedKey): ReadKey {
  const key = mendedKey(pasted)
  const fault = keyFault(venue, key)
  if (fault) return { ok: false, fault }
  if (!key.secret.startsWith("-----BEGIN ")) return { ok: true, key }
  const read = privateKeyIn(key.secret)
  if (read === undefined) return unfit("This private key is damaged, or not all of it is here. Copy it again.")
  if (venue !== "coinbase") return { ok: true, key }
  if (read.asymmetricKeyDetails?.namedCurve !== COINBASE_CURVE)
    return unfit("This private key is of another kind than Coinbase's. Copy the one that Coinbase gave you.")
  return { ok: true, key: { ...key, secret: signingForm(read) } }
}

/** As ccxt reads it: SEC1, with the public half in it, which leaving for another form and coming back adds. */
function signingForm(key: KeyObject): string {
  const whole = createPrivateKey({ key: key.export({ format: "jwk" }), format: "jwk" })
  return String(whole.export({ type: "sec1", format: "pem" }))
}

function unfit(because: string): ReadKey {
  return {
    ok: false,
    fault: { field: "secret", because: `${because} Nothing was sent to any exchange, and nothing was kept.` },
  }
}

function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}
