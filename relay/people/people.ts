import { timingSafeEqual } from "node:crypto"
import type { Kysely } from "kysely"
import { MINUTE_MS } from "#engine/candles"
import type { AuditLog } from "../audit/audit-log.ts"
import type { Asked, Identify } from "../door/caller-guard.ts"
import type { Who } from "../door/policy.ts"
import { Refusal } from "../door/refusal.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import { notedIfItCanBe } from "../store/write-watch.ts"
import type { Surroundings } from "../surroundings.ts"
import { bodyHash, isSignedBy, proofFrom, type Proof } from "./device-proof.ts"
import { Devices } from "./devices.ts"
import { Pairing } from "./pairing.ts"
import { SeenProofs } from "./seen-proofs.ts"
import { Tokens } from "./tokens.ts"

/** How far a browser's clock may be from ours; the refusal says ours, so that the page can follow it. */
const CLOCK_TOLERANCE_MS = MINUTE_MS

type PeopleDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "steadyMs" | "secret" | "secretBytes">
}

/** Everyone who may use this relay: paired browsers, programs with tokens, and the owner of the data directory. */
export class People {
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
    this.devices = new Devices({ database, audit, surroundings })
    this.tokens = new Tokens({ database, audit, surroundings })
    this.pairing = new Pairing(surroundings)
    this.run = surroundings.secret()
    this.ownerToken = `cw_owner_${Buffer.from(surroundings.secretBytes(32)).toString("base64url")}`
    this.#seen = new SeenProofs(2 * CLOCK_TOLERANCE_MS, surroundings.steadyMs)
    this.#nowMs = surroundings.nowMs
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
    if (isSameText(token, this.ownerToken)) return { kind: "owner", id: "owner", name: "command line", scope: "admin" }
    const who = await this.tokens.holder(token)
    if (who === undefined)
      throw wrong("This token is wrong, expired or revoked. `candlewright tokens create` makes a new one.")
    return who
  }

  async #device(text: string, asked: Asked): Promise<Who> {
    const proof = proofFrom(text)
    const device = proof && (await this.devices.find(proof.claims.device))
    if (proof === undefined || device === undefined || !isSignedBy(proof, device.key)) throw notPaired
    await this.#check(proof, asked)
    await notedIfItCanBe(this.devices.note(device))
    return { kind: "device", id: device.id, name: device.name, scope: "admin" }
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
