import { type RealVenueId, venueOf } from "../venue.ts"
import { accountFacts } from "./account-facts.ts"
import { isPem, type PemKind, pemKind, wholePem } from "./pem.ts"

/** A key as a person copies it from an exchange. */
export type CopiedKey = { apiKey: string; secret: string }

/** What is wrong with a key before any exchange has seen it; the sentence never repeats it. */
export type KeyFault = {
  field: keyof CopiedKey
  because: string
  /** The one other exchange whose key it seems to be. */
  looksLike?: RealVenueId
}

type Shape = { apiKey: RegExp; secret: RegExp | undefined; pems: readonly PemKind[] }

const lettersAndDigits = (count: string) => new RegExp(`^[A-Za-z0-9]{${count}}$`)
const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

const shapes: Record<RealVenueId, Shape> = {
  binance: { apiKey: lettersAndDigits("64"), secret: lettersAndDigits("64"), pems: ["rsa", "ed25519"] },
  bybit: { apiKey: lettersAndDigits("16,24"), secret: lettersAndDigits("32,40"), pems: ["rsa"] },
  coinbase: { apiKey: new RegExp(`^organizations/${uuid}/apiKeys/${uuid}$`), secret: undefined, pems: ["ec"] },
}

/** What Coinbase makes where nobody chooses ECDSA. */
const edwardsKey = { apiKey: new RegExp(`^${uuid}$`), secret: /^[A-Za-z0-9+/]{86}==$/ }

const NOTHING_SENT = "Nothing was sent to any exchange, and nothing was kept."

/** A key as it was meant: both parts of a file that an exchange gave, a whole PEM, nothing around them. */
export function mendedKey({ apiKey, secret }: CopiedKey): CopiedKey {
  const given = keyInFile(secret) ?? keyInFile(apiKey) ?? { apiKey, secret }
  return { apiKey: given.apiKey.trim(), secret: isPem(given.secret) ? wholePem(given.secret) : given.secret.trim() }
}

/** Both parts of the file that Coinbase lets a person download; undefined where the text is no such file. */
export function keyInFile(text: string): CopiedKey | undefined {
  if (!text.trimStart().startsWith("{")) return undefined
  try {
    const { name, id, privateKey } = JSON.parse(text) as Record<string, unknown>
    const apiKey = name ?? id
    return typeof apiKey === "string" && typeof privateKey === "string" ? { apiKey, secret: privateKey } : undefined
  } catch {
    return undefined
  }
}

/** Why this, mended, cannot be a key of the exchange; undefined when it may be one. */
export function keyFault(venue: RealVenueId, key: CopiedKey): KeyFault | undefined {
  return partFault(venue, "apiKey", key.apiKey) ?? partFault(venue, "secret", key.secret)
}

/** What is certainly a key of another exchange, while a person still fills in the rest; undefined when nothing is. */
export function foreignFault(venue: RealVenueId, key: CopiedKey): KeyFault | undefined {
  const strange = parts.filter((part) => !suits(venue, part, key[part]) && !swapped(venue, part, key[part]))
  return strange.flatMap((part) => ofAnother(venue, part, key[part]) ?? [])[0]
}

function partFault(venue: RealVenueId, field: keyof CopiedKey, text: string): KeyFault | undefined {
  if (suits(venue, field, text)) return undefined
  const { noun, shape } = accountFacts[venue].key[field]
  const { name } = venueOf(venue)
  if (text === "") return fault(field, `${name}'s ${noun} is missing.`)
  if (!isPem(text) && /\s/.test(text))
    return fault(field, `There is a space or a line end in this ${noun}. Copy it again without.`)
  const misplaced = swapped(venue, field, text) ?? ofAnother(venue, field, text) ?? ofAnotherKind(field, text)
  return misplaced ?? fault(field, `${name}'s ${noun} is ${shape}; this one ${difference(text)}.`)
}

function fault(field: keyof CopiedKey, because: string, looksLike?: RealVenueId): KeyFault {
  return { field, because: `${because} ${NOTHING_SENT}`, looksLike }
}

function swapped(venue: RealVenueId, field: keyof CopiedKey, text: string): KeyFault | undefined {
  const other = field === "apiKey" ? "secret" : "apiKey"
  if (!suits(venue, other, text)) return undefined
  const { key } = accountFacts[venue]
  return fault(field, `This looks like the ${key[other].noun}, and here belongs the ${key[field].noun}.`)
}

function ofAnother(venue: RealVenueId, field: keyof CopiedKey, text: string): KeyFault | undefined {
  const others = realIds.filter((id) => id !== venue && parts.some((part) => suits(id, part, text)))
  if (others.length === 0) return undefined
  const names = others.map((id) => venueOf(id).name).join(" or ")
  const own = venueOf(venue).name
  return fault(
    field,
    `This looks like a key of ${names}, and the account is at ${own}. Add an account at ${names} for it, or copy the ${accountFacts[venue].key[field].noun} of ${own} here.`,
    others.length === 1 ? others[0] : undefined,
  )
}

function ofAnotherKind(field: keyof CopiedKey, text: string): KeyFault | undefined {
  if (edwardsKey[field].test(text))
    return fault(
      field,
      'This is part of an Ed25519 key of Coinbase, with which a bot could not hear of its orders. Make a key with the ECDSA algorithm there, under "Advanced Settings".',
    )
  if (isPem(text) && pemKind(text) === "public")
    return fault(field, "This is the public half of a key, which proves nothing. Copy the private one.")
  return undefined
}

const parts = ["apiKey", "secret"] as const
const realIds = Object.keys(shapes) as RealVenueId[]

function suits(venue: RealVenueId, field: keyof CopiedKey, text: string): boolean {
  const { apiKey, secret, pems } = shapes[venue]
  if (field === "apiKey") return apiKey.test(text)
  return isPem(text) ? pems.includes(pemKind(text)) : secret?.test(text) === true
}

function difference(text: string): string {
  if (isPem(text)) return "is a PEM of another kind, or not all of one"
  return lettersAndDigits("1,").test(text) ? `has ${text.length}` : "has other signs in it"
}
