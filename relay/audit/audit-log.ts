import type { Kysely, Selectable, Transaction } from "kysely"
import type { EntryBarTable } from "../store/ledger-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { auditFaults, type AuditFault } from "./audit-check.ts"
import { type AuditedState, barState, changeOf, presentStates, strayStates } from "./audited-state.ts"
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
    return this.deps.database.transaction().execute(async (transaction) => {
      await heldHead(transaction)
      const { result, changes } = await act(transaction)
      await this.enter(transaction, actor, changes)
      return result
    })
  }

  /** Enters what a transaction of somebody else's changes, to be kept with it. */
  async enter(transaction: Transaction<RelayTables>, actor: Actor, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return
    let head = await heldHead(transaction)
    for (const change of changes) {
      const entry = entryAfter(head, { actor, change, atMs: this.deps.surroundings.nowMs() })
      await transaction.insertInto("audit_entry").values(entry).execute()
      head = { seq: entry.seq, hash: entry.hash }
    }
    await transaction.updateTable("audit_head").set(head).where("id", "=", 1).execute()
  }

  /** Enters that a limit of an account was reached or lifted; neither is anybody's doing. */
  readonly enterBar = async (
    transaction: Transaction<RelayTables>,
    { before, after }: { before: BarRow | undefined; after: BarRow },
  ): Promise<void> => {
    const change = changeOf(before ? "limit.changed" : "limit.reached", {
      before: before && barState(before),
      after: barState(after),
    })
    await this.enter(transaction, relayItself, [change])
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

  /** Enters what an older Candlewright kept before its log knew of such things. */
  async begin(): Promise<void> {
    const { database } = this.deps
    const any = await database.selectFrom("audit_head").select("seq").executeTakeFirst()
    if (any !== undefined && (await unknownBars(database)).length === 0) return
    await this.change(relayItself, async (transaction) => {
      const found = await (any === undefined ? presentStates(transaction) : unknownBars(transaction))
      return { result: undefined, changes: found.map((after) => changeOf("found", { after })) }
    })
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

type BarRow = Selectable<EntryBarTable>

const relayItself: Actor = { kind: "relay", id: "relay", name: "relay" }

/** Limits that no entry speaks of: they only ever keep an account from buying, so whoever added one gains nothing. */
async function unknownBars(database: Kysely<RelayTables>): Promise<AuditedState[]> {
  const bars = (await database.selectFrom("entry_bar").selectAll().execute()).map(barState)
  const entries = database.selectFrom("audit_entry").select("subject").distinct().where("subject", "like", "limit %")
  const known = new Set((await entries.execute()).map(({ subject }) => subject))
  return bars.filter(({ subject }) => !known.has(subject))
}

/** Who an entry names. One that was tampered with may name nobody, and is still listed. */
function actorIn(text: string): Actor {
  try {
    const { kind, id, name, person } = JSON.parse(text) as Record<"kind" | "id" | "name" | "person", unknown>
    const actor = { kind: kind as Actor["kind"], id: String(id), name: String(name) }
    return person === undefined ? actor : { ...actor, person: person as string }
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
