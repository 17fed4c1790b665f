import type { Kysely, Transaction } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { auditFaults, type AuditFault } from "./audit-check.ts"
import { changeOf, presentStates, strayStates } from "./audited-state.ts"
import { type Actor, type Change, entryAfter, FIRST_HASH } from "./audit-entry.ts"

/** What a change came to, and what of it goes into the log; nothing where nothing was changed. */
export type Changed<Result> = { result: Result; changes: Change[] }

export type AuditEntry = {
  seq: number
  atMs: number
  actor: Actor
  what: string
  subject: string
  beforeHash: string | null
  afterHash: string | null
  hash: string
}

/** Whether the log is whole: its newest entry's hash, and what was found wrong. */
export type AuditVerdict = { entries: number; head: string; faults: AuditFault[] }

type AuditDeps = { database: Kysely<RelayTables>; surroundings: Pick<Surroundings, "nowMs"> }

/** The log of all changes of people, tokens, accounts, keys and risk: each entry is chained to the one before. */
export class AuditLog {
  constructor(private readonly deps: AuditDeps) {}

  /** Makes a change and its entries as one: all are kept, or none. Changes wait for each other, so each sees the last. */
  async change<Result>(
    actor: Actor,
    act: (transaction: Transaction<RelayTables>) => Promise<Changed<Result>>,
  ): Promise<Result> {
    const { database, surroundings } = this.deps
    return database.transaction().execute(async (transaction) => {
      let head = await heldHead(transaction)
      const { result, changes } = await act(transaction)
      for (const change of changes) {
        const entry = entryAfter(head, { actor, change, atMs: surroundings.nowMs() })
        await transaction.insertInto("audit_entry").values(entry).execute()
        head = { seq: entry.seq, hash: entry.hash }
      }
      if (changes.length > 0) await transaction.updateTable("audit_head").set(head).where("id", "=", 1).execute()
      return result
    })
  }

  /** A page of entries, the newest first; `after` is the `seq` where the page before ended. */
  async list({ after = Infinity, limit }: { after?: number; limit: number }): Promise<AuditEntry[]> {
    let query = this.deps.database.selectFrom("audit_entry").selectAll().orderBy("seq", "desc").limit(limit)
    if (Number.isFinite(after)) query = query.where("seq", "<", after)
    const rows = await query.execute()
    return rows.map(({ seq, at_ms, actor, what, subject, before_hash, after_hash, hash }) => ({
      seq,
      atMs: at_ms,
      actor: actorIn(actor),
      what,
      subject,
      beforeHash: before_hash,
      afterHash: after_hash,
      hash,
    }))
  }

  /** Enters what an older Candlewright kept before it had a log. */
  async begin(): Promise<void> {
    const any = await this.deps.database.selectFrom("audit_head").select("seq").executeTakeFirst()
    if (any !== undefined) return
    await this.change({ kind: "relay", id: "relay", name: "relay" }, async (transaction) => ({
      result: undefined,
      changes: (await presentStates(transaction)).map((after) => changeOf("found", { after })),
    }))
  }

  /** Reads the whole chain: every entry that is not as it was written, or else all that is not as the last one left it. */
  async check(): Promise<AuditVerdict> {
    return this.deps.database.transaction().execute(async (transaction) => {
      const head = await heldHead(transaction)
      const rows = await transaction.selectFrom("audit_entry").selectAll().orderBy("seq").execute()
      const faults = auditFaults(rows, head)
      if (faults.length === 0) faults.push(...strayFaults(rows, await presentStates(transaction)))
      return { entries: rows.length, head: `${head.seq}:${head.hash}`, faults }
    })
  }
}

/** Who an entry names. One that was tampered with may name nobody, and is still listed. */
function actorIn(text: string): Actor {
  try {
    const { kind, id, name } = JSON.parse(text) as { kind: Actor["kind"]; id: unknown; name: unknown }
    return { kind, id: String(id), name: String(name) }
  } catch {
    return { kind: "relay", id: "unreadable", name: "unreadable" }
  }
}

function strayFaults(...[rows, present]: Parameters<typeof strayStates>): AuditFault[] {
  return strayStates(rows, present).map((stray) => ({ ...stray, kind: "stray" }))
}

/** The newest entry, which no other change can move before this transaction ends. */
async function heldHead(transaction: Transaction<RelayTables>): Promise<{ seq: number; hash: string }> {
  const [held] = await transaction
    .insertInto("audit_head")
    .values({ id: 1, seq: 0, hash: FIRST_HASH })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ id: 1 }))
    .returning(["seq", "hash"])
    .execute()
  return held
}
