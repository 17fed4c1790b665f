import type { Kysely } from "kysely"
import type { Actor } from "../audit/audit-entry.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** What can happen with a key. */
export const keyEvents = ["added", "changed", "refused", "opened", "tampered"] as const

export type KeyUse = { id: string; atMs: number; what: (typeof keyEvents)[number]; who: string; fingerprint: string }

type Noted = { id: string; what: KeyUse["what"]; by: Actor; fingerprint: string }

/** Every use of keys that mattered. */
export class KeyUses {
  constructor(
    private readonly deps: { database: Kysely<RelayTables>; surroundings: Pick<Surroundings, "nowMs" | "secret"> },
  ) {}

  async note({ id, what, by, fingerprint }: Noted, database = this.deps.database): Promise<void> {
    const { nowMs, secret } = this.deps.surroundings
    const row = { id: secret(), account_id: id, at_ms: nowMs(), what, who: `${by.kind} ${by.name}`, fingerprint }
    await database.insertInto("key_use").values(row).execute()
  }

  /** A page of an account's, the newest first; `after` is the last one of the page before. */
  async list(
    account: string,
    { after, limit }: { after?: { atMs: number; id: string }; limit: number },
  ): Promise<KeyUse[]> {
    let query = this.deps.database.selectFrom("key_use").selectAll().where("account_id", "=", account)
    if (after)
      query = query.where((eb) =>
        eb.or([eb("at_ms", "<", after.atMs), eb.and([eb("at_ms", "=", after.atMs), eb("id", "<", after.id)])]),
      )
    const rows = await query.orderBy("at_ms", "desc").orderBy("id", "desc").limit(limit).execute()
    return rows.map(({ id, at_ms, what, who, fingerprint }) => ({
      id,
      atMs: at_ms,
      what: what as KeyUse["what"],
      who,
      fingerprint,
    }))
  }
}
