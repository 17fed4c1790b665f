import { createPrivateKey } from "node:crypto"
import { realVenues, venueOf, type RealVenueId } from "#venues"

/** A key as a person copies it from an exchange. */
export type CopiedKey = { apiKey: string; secret: string }

/** What is wrong with a key before any exchange has seen it; the sentence never repeats it. */
export type KeyFault = { field: "apiKey" | "secret"; because: string }

type Shape = { apiKey: RegExp; secret: (text: string) => boolean; inWords: Record<keyof CopiedKey, string> }

const lettersAndDigits = (count: string) => new RegExp(`^[A-Za-z0-9]{${count}}$`)
const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

// Binance: https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security
// Bybit: https://bybit-exchange.github.io/docs/v5/guide
// Coinbase: https://docs.cdp.coinbase.com/coinbase-app/authentication-authorization/api-key-authentication
const shapes: Record<RealVenueId, Shape> = {
  binance: {
    apiKey: lettersAndDigits("64"),
    secret: (text) => lettersAndDigits("64").test(text) || isPrivateKey(text, ["rsa", "ed25519"]),
    inWords: {
      apiKey: "64 letters and digits",
      secret: "64 letters and digits, or a private key (RSA, Ed25519) as PEM",
    },
  },
  bybit: {
    apiKey: lettersAndDigits("16,24"),
    secret: (text) => lettersAndDigits("32,40").test(text) || isPrivateKey(text, ["rsa"]),
    inWords: {
      apiKey: "about 18 letters and digits",
      secret: "about 36 letters and digits, or a private key (RSA) as PEM",
    },
  },
  coinbase: {
    apiKey: new RegExp(`^organizations/${uuid}/apiKeys/${uuid}$`),
    secret: (text) => isPrivateKey(text, ["ec"]),
    inWords: { apiKey: "a name like organizations/…/apiKeys/…", secret: "a private key (EC) as PEM" },
  },
}

/** Why this cannot be a key of the exchange; undefined when it may be one. */
export function keyFault(venue: RealVenueId, key: CopiedKey): KeyFault | undefined {
  return partFault(venue, "apiKey", key.apiKey) ?? partFault(venue, "secret", key.secret)
}

const nouns = { apiKey: "API key", secret: "secret" }

function partFault(venue: RealVenueId, field: keyof CopiedKey, text: string): KeyFault | undefined {
  const { name } = venueOf(venue)
  const noun = nouns[field]
  if (/\s/.test(isPem(text) ? "" : text))
    return {
      field,
      because: `There is a space or a line end in this ${noun}. Copy it again without; nothing was kept.`,
    }
  if (suits(shapes[venue], field, text)) return undefined
  const other = realVenues.find(({ id }) => id !== venue && suits(shapes[id as RealVenueId], field, text))
  if (other)
    return {
      field,
      because: `This looks like the ${noun} of another exchange, ${other.name}; the account is at ${name}. Nothing was kept.`,
    }
  const words = shapes[venue].inWords[field]
  return { field, because: `${name}'s ${noun} is ${words}; this one ${difference(text)}. Nothing was kept.` }
}

function suits({ apiKey, secret }: Shape, field: keyof CopiedKey, text: string): boolean {
  return field === "apiKey" ? apiKey.test(text) : secret(text)
}

function difference(text: string): string {
  if (isPem(text)) return "is a PEM of another kind, or damaged"
  return lettersAndDigits("1,").test(text) ? `has ${text.length}` : "has other signs in it"
}

function isPem(text: string): boolean {
  return text.startsWith("-----BEGIN ")
}

function isPrivateKey(text: string, kinds: string[]): boolean {
  if (!isPem(text)) return false
  try {
    return kinds.includes(createPrivateKey(text).asymmetricKeyType ?? "")
  } catch {
    return false
  }
}
