import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto"
import type { Surroundings } from "../surroundings.ts"

/** Where a sealed text belongs. Moved to any other place, it does not open. */
export type Place = {
  instance: string
  owner: string
  account: string
  exchange: string
  field: string
  version: number
}

const FORMAT = "cw1"
const NONCE_BYTES = 12
const TAG_BYTES = 16
const shape = new RegExp(`^${FORMAT}\\.([\\w-]+)$`)

type SealOptions = { key: KeyObject; place: Place; surroundings: Pick<Surroundings, "secretBytes"> }

/** Seals bytes for their place (AES-256-GCM): "cw1.", then nonce, tag and cipher text in base64url. */
export function sealed(plain: Uint8Array, { key, place, surroundings }: SealOptions): string {
  const nonce = surroundings.secretBytes(NONCE_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(boundTo(place))
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()])
  return `${FORMAT}.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64url")}`
}

/** The bytes of a sealed text; undefined when it was changed, belongs elsewhere, or is of another key. */
export function unsealed(text: string, { key, place }: Omit<SealOptions, "surroundings">): Buffer | undefined {
  const bytes = bytesIn(text)
  if (bytes === undefined) return undefined
  const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)]
  const options = { authTagLength: TAG_BYTES }
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, options).setAAD(boundTo(place)).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}

function bytesIn(text: string): Buffer | undefined {
  const [, letters] = shape.exec(text) ?? []
  if (letters === undefined) return undefined
  const bytes = Buffer.from(letters, "base64url")
  // The last letter has bits that carry nothing; they may not differ either.
  return bytes.length >= NONCE_BYTES + TAG_BYTES && bytes.toString("base64url") === letters ? bytes : undefined
}

/** A list in JSON, so that no two places read alike. */
function boundTo({ instance, owner, account, exchange, field, version }: Place): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, instance, owner, account, exchange, field, version]))
}
