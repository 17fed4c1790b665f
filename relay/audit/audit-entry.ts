import { createHash } from "node:crypto"
import { canonicalJson } from "#engine/strategy"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { AuditEntryTable } from "../store/relay-schema.ts"

/** Who changed something. */
export type Actor = {
  kind: "device" | "token" | "owner" | "link" | "relay"
  id: string
  name: string
  /** Whose device or token it is; undefined for the first person, and for nobody. */
  person?: string
}

/** One thing that was changed: what it was before and is now, undefined where it was not or is no more. */
export type Change = {
  /** "account.added" */
  what: string
  /** "account 0a1b…" */
  subject: string
  before: unknown
  after: unknown
}

/** The hash before the first entry. */
export const FIRST_HASH = "0".repeat(64)

/** The next entry of the chain. */
export function entryAfter(
  { seq, hash }: { seq: number; hash: string },
  { actor, change, atMs }: { actor: Actor; change: Change; atMs: number },
): AuditEntryTable {
  const entry = {
    seq: seq + 1,
    at_ms: atMs,
    actor: canonicalJson({ kind: actor.kind, id: actor.id, name: actor.name, ...otherPerson(actor) }),
    what: change.what,
    subject: change.subject,
    before_hash: stateHash(change.before),
    after_hash: stateHash(change.after),
    previous: hash,
  }
  return { ...entry, hash: entryHash(entry) }
}

/** Entries of before there were people name none: they are the first person's. */
function otherPerson({ person = FIRST_PERSON }: Actor): { person?: string } {
  return person === FIRST_PERSON ? {} : { person }
}

/** What a state's hash says of it: equal or not. null for none. */
export function stateHash(state: unknown): string | null {
  return state === undefined ? null : sha256(canonicalJson(state))
}

/** The hash over all else in an entry. */
export function entryHash({ seq, at_ms, actor, what, subject, before_hash, after_hash, previous }: Hashed): string {
  return sha256(JSON.stringify([seq, at_ms, actor, what, subject, before_hash, after_hash, previous]))
}

type Hashed = Omit<AuditEntryTable, "hash">

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
