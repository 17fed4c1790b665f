import { createHash, verify, type KeyObject } from "node:crypto"
import * as z from "zod"

/**
 * What a browser signs for one request, with a key that cannot leave it (after RFC 9449, DPoP): so that a copied
 * request proves nothing about another one, and nothing twice.
 */
export type ProofClaims = z.infer<typeof claims>

const claims = z.strictObject({
  device: z.string().max(64),
  method: z.string().max(16),
  /** The whole address, without the proof in it. */
  url: z.string().max(8_192),
  timeMs: z.int(),
  /** Different in each request. */
  id: z.string().min(16).max(64),
  /** Which start of the relay this is for: a proof from before it is worth nothing, though its id is forgotten. */
  run: z.string().max(64),
  /** sha256 of the body, base64url; of an empty one too. */
  body: z.string().max(64),
})

export type Proof = { claims: ProofClaims; signed: string; signature: Buffer }

const LONGEST_PROOF = 16_384

/** Reads a proof, `claims.signature` in base64url; undefined when it is not one. */
export function proofFrom(text: string): Proof | undefined {
  const [, signed, signature] = /^([\w-]+)\.([\w-]{86})$/.exec(text.length > LONGEST_PROOF ? "" : text) ?? []
  if (signed === undefined) return undefined
  try {
    const read = claims.safeParse(JSON.parse(Buffer.from(signed, "base64url").toString("utf8")))
    return read.success ? { claims: read.data, signed, signature: Buffer.from(signature, "base64url") } : undefined
  } catch {
    return undefined
  }
}

export function isSignedBy({ signed, signature }: Proof, key: KeyObject): boolean {
  return verify("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, signature)
}

export function bodyHash(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("base64url")
}
