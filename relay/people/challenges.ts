import { MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"

/** A passkey answers within this time, once. */
const GOOD_FOR_MS = 2 * MINUTE_MS
/** Challenges at a time; a new one beyond this ends the oldest. */
const MOST_CHALLENGES = 1_000
const CHALLENGE_BYTES = 32

type Challenge = { untilMs: number; purpose: string }

/** What passkeys are asked to sign. Forgotten when the relay stops. */
export class Challenges {
  /** The oldest first. */
  readonly #open = new Map<string, Challenge>()

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs" | "secretBytes">) {}

  /** A new one, for this purpose alone: "sign-in", or what a certain browser wants. */
  offer(purpose: string): string {
    const challenge = Buffer.from(this.surroundings.secretBytes(CHALLENGE_BYTES)).toString("base64url")
    this.#open.set(challenge, { untilMs: this.surroundings.steadyMs() + GOOD_FOR_MS, purpose })
    if (this.#open.size > MOST_CHALLENGES) this.#open.delete(this.#open.keys().next().value!)
    return challenge
  }

  /** Whether it was offered for this purpose and is good; it is used up. */
  take(challenge: string, purpose: string): boolean {
    const found = this.#open.get(challenge)
    this.#open.delete(challenge)
    return found !== undefined && found.purpose === purpose && this.surroundings.steadyMs() <= found.untilMs
  }
}
