import { timingSafeEqual } from "node:crypto"
import type { Kysely } from "kysely"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import type { AuditLog } from "../audit/audit-log.ts"
import type { Asked, Identify } from "../door/caller-guard.ts"
import type { Who } from "../door/policy.ts"
import { Refusal } from "../door/refusal.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import { notedIfItCanBe } from "../store/write-watch.ts"
import type { Surroundings } from "../surroundings.ts"
import { AccountShares } from "./account-shares.ts"
import { bodyHash, isSignedBy, proofFrom, type Proof } from "./device-proof.ts"
import { type Device, type DeviceKey, Devices } from "./devices.ts"
import { Invitations } from "./invitations.ts"
import { Pairing } from "./pairing.ts"
import { type PasskeyAnswer, Passkeys } from "./passkeys.ts"
import { Persons } from "./persons.ts"
import { SeenProofs } from "./seen-proofs.ts"
import { StepUps } from "./step-ups.ts"
import { Tokens } from "./tokens.ts"

/** How far a browser's clock may be from ours; the refusal says ours, so that the page can follow it. */
const CLOCK_TOLERANCE_MS = MINUTE_MS
/** A browser that came in by a passkey, or from the internet by an invitation, is known for so long without being used. */
export const SESSION_MS = 30 * DAY_MS

type PeopleDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "steadyMs" | "secret" | "secretBytes">
}

/** Everyone who may use this relay: paired browsers, programs with tokens, and the owner of the data directory. */
export class People {
  readonly persons: Persons
  readonly invitations: Invitations
  readonly shares: AccountShares
  readonly passkeys: Passkeys
  readonly stepUps: StepUps
  readonly devices: Devices
  readonly tokens: Tokens
  readonly pairing: Pairing
  /** Names this start of the relay. */
  readonly run: string
  /** What the owner's own programs send; it is in a file only the owner can read. */
  readonly ownerToken: string
  readonly #seen: SeenProofs
  readonly #nowMs: () => number

  constructor({ database, audit, surroundings }: PeopleDeps) {
    this.persons = new Persons({ database, audit, surroundings })
    this.invitations = new Invitations({ database, audit, surroundings })
    this.shares = new AccountShares({ database, audit })
    this.passkeys = new Passkeys({ database, audit, surroundings })
    this.stepUps = new StepUps(surroundings)
    this.devices = new Devices({ database, audit, surroundings })
    this.tokens = new Tokens({ database, audit, surroundings })
    this.pairing = new Pairing(surroundings)
    this.run = surroundings.secret()
    this.ownerToken = `cw_owner_${Buffer.from(surroundings.secretBytes(32)).toString("base64url")}`
    this.#seen = new SeenProofs(2 * CLOCK_TOLERANCE_MS, surroundings.steadyMs)
    this.#nowMs = surroundings.nowMs
  }

  /**
   * Lets in whoever brings the token of a pairing link or of an invitation, which is used up; undefined where it is not
   * good, or its person was ended meanwhile.
   */
  async letIn(token: string, browser: NewBrowser): Promise<Device | undefined> {
    const paired = this.pairing.take(token)
    const person = paired ?? (await this.invitations.open(token))
    if (person === undefined || (await this.#isEnded(person))) return undefined
    const isSession = paired === undefined && browser.isPublic
    const { name, key, address } = browser
    return this.devices.add({ name, key, person, address, goodForMs: isSession ? SESSION_MS : null })
  }

  /** Pairs a browser by its person's passkey, until it was not used for long. Throws a `Refusal`. */
  async signIn(answer: PasskeyAnswer, { name, key, address, origin }: SigningIn): Promise<Device> {
    const person = await this.passkeys.shown(answer, { origin, purpose: "sign-in" })
    if (await this.#isEnded(person)) throw notPaired
    const device = await this.devices.add({ name, key, person, address, goodForMs: SESSION_MS })
    this.stepUps.note(device.id)
    return device
  }

  async #isEnded(person: string): Promise<boolean> {
    const found = await this.persons.find(person)
    return found === undefined || found.endedMs !== null
  }

  /** Who sends this request, by its Authorization: "Bearer cw_…" of a program, "Proof …" of a paired browser. */
  readonly identify: Identify = async (asked) => {
    const [, scheme, credential] = /^(\w+) +(\S+)$/.exec(asked.authorization ?? "") ?? []
    if (asked.authorization === undefined) return undefined
    if (/^bearer$/i.test(scheme ?? "")) return this.#holder(credential)
    if (/^proof$/i.test(scheme ?? "")) return this.#device(credential, asked)
    throw wrong("This Authorization is neither a token (Bearer cw_…) nor a browser's proof.")
  }

  /** Whether someone who was let in would be let in again: not revoked, not expired. */
  async knows({ kind, id }: Who): Promise<boolean> {
    if (kind === "token") return this.tokens.isGood(id)
    return kind === "owner" || (await this.devices.find(id)) !== undefined
  }

  async #holder(token: string): Promise<Who> {
    if (isSameText(token, this.ownerToken)) return commandLine
    const who = await this.tokens.holder(token)
    if (who === undefined)
      throw wrong("This token is wrong, expired or revoked. `candlewright tokens create` makes a new one.")
    return this.#person(who)
  }

  async #device(text: string, asked: Asked): Promise<Who> {
    const proof = proofFrom(text)
    const device = proof && (await this.devices.find(proof.claims.device))
    if (proof === undefined || device === undefined || !isSignedBy(proof, device.key)) throw notPaired
    await this.#check(proof, asked)
    await notedIfItCanBe(this.devices.note(device, asked.from))
    const { id, name, person } = device
    return this.#person({ kind: "device", id, name, scope: "admin", person })
  }

  async #person(who: Omit<Who, "role">): Promise<Who> {
    const person = await this.persons.find(who.person)
    if (person === undefined || person.endedMs !== null) throw notPaired
    return { ...who, role: person.role }
  }

  /** A proof that is truly the device's counts for this request, now, and once. */
  async #check({ claims }: Proof, asked: Asked): Promise<void> {
    if (claims.run !== this.run || Math.abs(claims.timeMs - this.#nowMs()) > CLOCK_TOLERANCE_MS) throw this.#stale()
    if (claims.method !== asked.method || claims.url !== asked.address)
      throw wrong("This proof is for another request.")
    if (claims.body !== bodyHash(await asked.body())) throw wrong("This proof is for another body.")
    if (!this.#seen.isNew(`${claims.device} ${claims.id}`)) throw wrong("This proof was used before.")
  }

  #stale(): Refusal {
    return new Refusal(
      401,
      "stale-proof",
      "The relay was started again, or this browser's clock is off by more than a minute.",
      {
        answer: { run: this.run, nowMs: this.#nowMs() },
      },
    )
  }
}

/** A browser that wants to be let in, and from where it comes. */
type NewBrowser = { name: string; key: DeviceKey; address: string; isPublic: boolean }

type SigningIn = Omit<NewBrowser, "isPublic"> & { origin: string }

/** The relay's computer is the first person's. */
const commandLine: Who = {
  kind: "owner",
  id: "owner",
  name: "command line",
  scope: "admin",
  person: FIRST_PERSON,
  role: "owner",
}

const notPaired = new Refusal(
  401,
  "wrong-credential",
  "This browser is not paired with this Candlewright, or no longer. Pair it again: `candlewright pair` prints a link.",
)

function wrong(sentence: string): Refusal {
  return new Refusal(401, "wrong-credential", sentence)
}

function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
