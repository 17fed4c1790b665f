import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server"
import type { Kysely, Selectable } from "kysely"
import { MINUTE_MS } from "#engine/candles"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf, passkeyState } from "../audit/audited-state.ts"
import { Refusal } from "../door/refusal.ts"
import type { PasskeyTable } from "../store/passkey-schema.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { Challenges } from "./challenges.ts"

/** A passkey, as its person sees it. */
export type Passkey = { id: string; name: string; host: string; createdMs: number; usedMs: number | null }

/** What a person's device answered to a challenge; the library checks the rest of it. */
export type PasskeyAnswer = { id: string; response: { clientDataJSON: string } }

/** A new passkey's answer, for a person, at the address they came by. */
export type NewPasskey = { name: string; answer: PasskeyAnswer; origin: string; purpose: string }

type PasskeysDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "steadyMs" | "secretBytes">
}

const MOST_PASSKEYS = 20
/** EdDSA, ES256, RS256, by COSE's numbers: what devices in use make. */
const ALGORITHMS = [-8, -7, -257]
const TIMEOUT_MS = 2 * MINUTE_MS

/** Passkeys of people. The library that checks them is read with the first use: most relays have none. */
export class Passkeys {
  readonly #challenges: Challenges

  constructor(private readonly deps: PasskeysDeps) {
    this.#challenges = new Challenges(deps.surroundings)
  }

  /** What a browser is to ask its device for, so that it makes a passkey of a person's. */
  async creationOptions(person: { id: string; name: string }, at: { origin: string; purpose: string }) {
    const kept = await this.list(person.id)
    return {
      rp: { id: hostOf(at.origin), name: "Candlewright" },
      user: { id: Buffer.from(person.id).toString("base64url"), name: person.name, displayName: person.name },
      challenge: this.#challenges.offer(at.purpose),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key" as const, alg })),
      timeout: TIMEOUT_MS,
      attestation: "none" as const,
      authenticatorSelection: { residentKey: "required" as const, userVerification: "required" as const },
      excludeCredentials: kept.map(({ id }) => ({ id, type: "public-key" as const })),
    }
  }

  /** What a browser is to ask its device for, so that it shows a passkey: a certain person's, or whoever's it has. */
  async requestOptions({ origin, purpose, person }: { origin: string; purpose: string; person?: string }) {
    const host = hostOf(origin)
    const kept = person === undefined ? [] : (await this.list(person)).filter((one) => one.host === host)
    return {
      rpId: host,
      challenge: this.#challenges.offer(purpose),
      timeout: TIMEOUT_MS,
      userVerification: "required" as const,
      allowCredentials: kept.map(({ id }) => ({ id, type: "public-key" as const })),
    }
  }

  /** Keeps a new passkey of the person who asks. Throws a `Refusal` for one that does not hold. */
  async add({ name, answer, origin, purpose }: NewPasskey, by: Actor): Promise<Passkey> {
    this.#take(answer, purpose)
    const { verifyRegistrationResponse } = await import("@simplewebauthn/server")
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} } as RegistrationResponseJSON,
      expectedChallenge: challengeIn(answer),
      expectedOrigin: origin,
      expectedRPID: hostOf(origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(refuse)
    if (registrationInfo === undefined) throw notHeld()
    const { id, publicKey, counter } = registrationInfo.credential
    const { audit, surroundings } = this.deps
    const person = by.person ?? FIRST_PERSON
    const key = { public_key: Buffer.from(publicKey).toString("base64url"), counter }
    const row = { id, person, name, host: hostOf(origin), ...key, created_ms: surroundings.nowMs(), used_ms: null }
    await audit.change(by, async (transaction) => {
      const all = transaction.selectFrom("passkey").select(["id", "person"])
      if ((await all.where("id", "=", id).executeTakeFirst()) !== undefined) throw notHeld()
      if ((await all.where("person", "=", person).execute()).length >= MOST_PASSKEYS)
        throw new Refusal(409, "too-many", `There are ${MOST_PASSKEYS} passkeys already. Remove one first.`)
      await transaction.insertInto("passkey").values(row).execute()
      return { result: undefined, changes: [changeOf("passkey.added", { after: passkeyState(row) })] }
    })
    return passkeyFrom(row)
  }

  /** Whose passkey answered. Throws a `Refusal` for one that does not hold. */
  async shown(answer: PasskeyAnswer, { origin, purpose }: { origin: string; purpose: string }): Promise<string> {
    this.#take(answer, purpose)
    const { database, surroundings } = this.deps
    const row = await database.selectFrom("passkey").selectAll().where("id", "=", answer.id).executeTakeFirst()
    if (row === undefined) throw notHeld()
    const { verifyAuthenticationResponse } = await import("@simplewebauthn/server")
    const { counter } = row
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} } as AuthenticationResponseJSON,
      expectedChallenge: challengeIn(answer),
      expectedOrigin: origin,
      expectedRPID: hostOf(origin),
      requireUserVerification: true,
      credential: { id: row.id, publicKey: new Uint8Array(Buffer.from(row.public_key, "base64url")), counter },
    }).catch(refuse)
    if (!verified) throw notHeld()
    const used = await database
      .updateTable("passkey")
      .set({ counter: authenticationInfo.newCounter, used_ms: surroundings.nowMs() })
      .where("id", "=", row.id)
      .where("counter", "=", counter)
      .returning("id")
      .executeTakeFirst()
    // Two answers at once with one count are a copied passkey.
    if (used === undefined) throw notHeld()
    return row.person
  }

  /** Those of a person, the newest first. */
  async list(person: string): Promise<Passkey[]> {
    const own = this.deps.database.selectFrom("passkey").selectAll().where("person", "=", person)
    return (await own.orderBy("created_ms", "desc").orderBy("id").execute()).map(passkeyFrom)
  }

  /** Whether a person has one for an address. */
  async areThere(person: string, origin: string): Promise<boolean> {
    return (await this.list(person)).some(({ host }) => host === hostOf(origin))
  }

  /** False when there is none. */
  async remove(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction.deleteFrom("passkey").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("passkey.removed", { before: passkeyState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  /** A challenge counts once, whatever else is wrong with the answer. */
  #take(answer: PasskeyAnswer, purpose: string): void {
    if (!this.#challenges.take(challengeIn(answer), purpose)) throw notHeld()
  }
}

/** The challenge that an answer says it signs; "" where it says none. */
function challengeIn({ response }: PasskeyAnswer): string {
  try {
    const said = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8")) as unknown
    const { challenge } = (said ?? {}) as { challenge?: unknown }
    return typeof challenge === "string" ? challenge : ""
  } catch {
    return ""
  }
}

function hostOf(origin: string): string {
  return new URL(origin).hostname
}

/** What exactly is wrong with an answer helps nobody who may come in. */
function refuse(cause: unknown): never {
  throw notHeld(cause)
}

function notHeld(cause?: unknown): Refusal {
  return new Refusal(
    401,
    "wrong-credential",
    "This passkey was not accepted: it is not known here, was asked too long ago, or answered before. Try again.",
    { cause },
  )
}

function passkeyFrom({ id, name, host, created_ms, used_ms }: Selectable<PasskeyTable>): Passkey {
  return { id, name, host, createdMs: created_ms, usedMs: used_ms }
}
