import { createHash } from "node:crypto"
import { MINUTE_MS } from "#engine/candles"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** A link is good for this long, and once. */
const GOOD_FOR_MS = 2 * MINUTE_MS
/** Links at a time; a new one beyond this ends the oldest. */
const MOST_LINKS = 8
const SECRET_BYTES = 32

type Link = { untilMs: number; person: string }

/** Links that pair a browser of somebody's. They are forgotten when the relay stops. */
export class Pairing {
  /** By the token's hash, so that none can be read out of memory dumps; the oldest first. */
  readonly #links = new Map<string, Link>()

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs" | "secretBytes">) {}

  /** The token of a new link, for a browser of this person. */
  offer(person = FIRST_PERSON): { token: string; goodForMs: number } {
    const token = Buffer.from(this.surroundings.secretBytes(SECRET_BYTES)).toString("base64url")
    this.#links.set(hashOf(token), { untilMs: this.surroundings.steadyMs() + GOOD_FOR_MS, person })
    if (this.#links.size > MOST_LINKS) this.#links.delete(this.#links.keys().next().value!)
    return { token, goodForMs: GOOD_FOR_MS }
  }

  /** Whose browser a good token pairs; undefined where it is not good. It is used up. */
  take(token: string): string | undefined {
    const link = this.#links.get(hashOf(token))
    this.#links.delete(hashOf(token))
    return link !== undefined && this.surroundings.steadyMs() <= link.untilMs ? link.person : undefined
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}
