import { createHash, timingSafeEqual } from "node:crypto"
import type { Kysely, Selectable } from "kysely"
import { MINUTE_MS } from "#engine/candles"
import type { Actor } from "../audit/audit-entry.ts"
import { changeOf, tokenState } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import type { Scope, Who } from "../door/policy.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables, TokenTable } from "../store/relay-schema.ts"
import { notedIfItCanBe } from "../store/write-watch.ts"
import type { Surroundings } from "../surroundings.ts"

/** A token as its owner sees it: never the secret. */
export type Token = {
  id: string
  name: string
  scope: Scope
  createdMs: number
  expiresMs: number | null
  lastUsedMs: number | null
}

export type WantedToken = { name: string; scope: Scope; expiresMs: number | null }

/** Use is noted at most this often. */
const NOTE_EVERY_MS = MINUTE_MS
const SECRET_BYTES = 32
const shape = /^cw_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

type TokensDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes">
}

/** Tokens of programs; only a hash of each is kept. */
export class Tokens {
  constructor(private readonly deps: TokensDeps) {}

  /** Makes one; its text is answered once and never again. */
  async create({ name, scope, expiresMs }: WantedToken, by: Actor): Promise<{ id: string; token: string }> {
    const { audit, surroundings } = this.deps
    const id = Buffer.from(surroundings.secretBytes(6)).toString("hex")
    const secret = Buffer.from(surroundings.secretBytes(SECRET_BYTES)).toString("base64url")
    const created_ms = surroundings.nowMs()
    const person = by.person ?? FIRST_PERSON
    const row = { id, name, scope, hash: hashOf(secret), created_ms, expires_ms: expiresMs, last_used_ms: null, person }
    await audit.change(by, async (transaction) => {
      await transaction.insertInto("token").values(row).execute()
      return {
        result: undefined,
        changes: [changeOf("token.made", { after: tokenState(row) })],
      }
    })
    return { id, token: `cw_${id}_${secret}` }
  }

  /** Those of a person, the newest first. */
  async list(person: string): Promise<Token[]> {
    const rows = await this.deps.database
      .selectFrom("token")
      .selectAll()
      .where("person", "=", person)
      .orderBy("created_ms", "desc")
      .orderBy("id")
      .execute()
    return rows.map(tokenFromRow)
  }

  /** False when there is none. */
  async revoke(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction.deleteFrom("token").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("token.revoked", { before: tokenState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  /** Whose token this is; undefined for a wrong, revoked or expired one. */
  async holder(token: string): Promise<Omit<Who, "role"> | undefined> {
    const [, id, secret] = shape.exec(token) ?? []
    if (id === undefined) return undefined
    const row = await this.deps.database.selectFrom("token").selectAll().where("id", "=", id).executeTakeFirst()
    if (row === undefined || !isSame(row.hash, hashOf(secret))) return undefined
    const nowMs = this.deps.surroundings.nowMs()
    if (row.expires_ms !== null && row.expires_ms <= nowMs) return undefined
    await notedIfItCanBe(this.#note(row, nowMs))
    return { kind: "token", id, name: row.name, scope: row.scope as Scope, person: row.person }
  }

  /** Whether there is such a token, and it has not expired. */
  async isGood(id: string): Promise<boolean> {
    const row = await this.deps.database
      .selectFrom("token")
      .select("expires_ms")
      .where("id", "=", id)
      .executeTakeFirst()
    return row !== undefined && (row.expires_ms === null || row.expires_ms > this.deps.surroundings.nowMs())
  }

  async #note({ id, last_used_ms }: Selectable<TokenTable>, nowMs: number): Promise<void> {
    if (last_used_ms !== null && Math.abs(nowMs - last_used_ms) < NOTE_EVERY_MS) return
    await this.deps.database.updateTable("token").set({ last_used_ms: nowMs }).where("id", "=", id).execute()
  }
}

function tokenFromRow({ id, name, scope, created_ms, expires_ms, last_used_ms }: Selectable<TokenTable>): Token {
  return {
    id,
    name,
    scope: scope as Scope,
    createdMs: created_ms,
    expiresMs: expires_ms,
    lastUsedMs: last_used_ms,
  }
}

/** The secret has 256 bits of chance: a plain hash cannot be guessed back. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex")
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
