import { createHash } from "node:crypto"
import type { Kysely, Selectable, Transaction } from "kysely"
import { HOUR_MS } from "#engine/candles"
import type { Actor, Change } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf, invitationState, shareState } from "../audit/audited-state.ts"
import type { Role } from "../door/policy.ts"
import { Refusal } from "../door/refusal.ts"
import { FIRST_PERSON, type InvitationTable } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { addPerson } from "./persons.ts"

/** A link that waits to be opened, as owners see it: never its token. */
export type Invitation = {
  id: string
  name: string
  role: Role
  /** Accounts that are shown to whoever opens it. */
  accounts: string[]
  createdMs: number
  untilMs: number
}

export type WantedInvitation = { name: string; role: Role; accounts: string[] }

/** A link is good for so long, and once. */
const GOOD_FOR_MS = 48 * HOUR_MS
const SECRET_BYTES = 32
const MOST_INVITATIONS = 20
const MOST_PEOPLE = 100

type InvitationsDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes">
}

/** Links that let a new person in. Only a hash of each is kept, and they outlive a start of the relay. */
export class Invitations {
  constructor(private readonly deps: InvitationsDeps) {}

  /** Makes one; its token is answered once and never again. */
  async make(
    { name, role, accounts }: WantedInvitation,
    by: Actor,
  ): Promise<{ invitation: Invitation; token: string }> {
    const { audit, surroundings } = this.deps
    const token = Buffer.from(surroundings.secretBytes(SECRET_BYTES)).toString("base64url")
    const nowMs = surroundings.nowMs()
    const row = {
      id: Buffer.from(surroundings.secretBytes(8)).toString("hex"),
      name,
      role,
      hash: hashOf(token),
      accounts: JSON.stringify([...new Set(accounts)]),
      person: by.person ?? FIRST_PERSON,
      created_ms: nowMs,
      until_ms: nowMs + GOOD_FOR_MS,
    }
    await audit.change(by, async (transaction) => {
      const forgotten = await forgetOld(transaction, nowMs)
      await refuseTooMany(transaction)
      await transaction.insertInto("invitation").values(row).execute()
      return {
        result: undefined,
        changes: [...forgotten, changeOf("invitation.made", { after: invitationState(row) })],
      }
    })
    return { invitation: invitationFrom(row), token }
  }

  /** Those that can still be opened, the newest first. */
  async list(): Promise<Invitation[]> {
    const rows = await this.deps.database
      .selectFrom("invitation")
      .selectAll()
      .where("until_ms", ">", this.deps.surroundings.nowMs())
      .orderBy("created_ms", "desc")
      .orderBy("id")
      .execute()
    return rows.map(invitationFrom)
  }

  /** False when there is none. */
  async withdraw(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction.deleteFrom("invitation").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("invitation.withdrawn", { before: invitationState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  /** Makes whoever brings a good token a person of this relay, and uses it up; their id. Undefined where it is not good. */
  async open(token: string): Promise<string | undefined> {
    const { audit, database, surroundings } = this.deps
    const hash = hashOf(token)
    // A guess costs no lock.
    const found = await database.selectFrom("invitation").select("id").where("hash", "=", hash).executeTakeFirst()
    if (found === undefined) return undefined
    return audit.change(invitationLink, async (transaction) => {
      const row = await transaction.deleteFrom("invitation").where("hash", "=", hash).returningAll().executeTakeFirst()
      if (row === undefined) return { result: undefined, changes: [] }
      const before = invitationState(row)
      if (row.until_ms <= surroundings.nowMs())
        return { result: undefined, changes: [changeOf("invitation.ran-out", { before })] }
      const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
      const { name, role } = row
      const person = { id, name, role, created_ms: surroundings.nowMs(), ended_ms: null }
      const added = await addPerson(transaction, person)
      const shares = await showAccounts(transaction, row, id)
      return { result: id, changes: [changeOf("invitation.taken", { before }), added, ...shares] }
    })
  }
}

/** Whoever opened the link was nobody before. */
const invitationLink: Actor = { kind: "link", id: "link", name: "invitation" }

/** Shows the accounts that an invitation names, those that are still there. */
async function showAccounts(
  transaction: Transaction<RelayTables>,
  { accounts, role }: Selectable<InvitationTable>,
  person: string,
): Promise<Change[]> {
  const changes: Change[] = []
  for (const accountId of JSON.parse(accounts) as string[]) {
    const account = transaction.selectFrom("account").select("id").where("id", "=", accountId)
    if ((await account.executeTakeFirst()) === undefined) continue
    const row = { account_id: accountId, person, reach: role === "viewer" ? "read" : "trade" }
    await transaction.insertInto("account_share").values(row).execute()
    changes.push(changeOf("account.shared", { after: shareState(row) }))
  }
  return changes
}

async function forgetOld(transaction: Transaction<RelayTables>, nowMs: number): Promise<Change[]> {
  const old = await transaction.deleteFrom("invitation").where("until_ms", "<=", nowMs).returningAll().execute()
  return old.map((row) => changeOf("invitation.ran-out", { before: invitationState(row) }))
}

async function refuseTooMany(transaction: Transaction<RelayTables>): Promise<void> {
  const countOf = async (table: "invitation" | "person") => {
    const all = transaction.selectFrom(table).select((select) => select.fn.countAll<number | string>().as("count"))
    return Number((await all.executeTakeFirstOrThrow()).count)
  }
  if ((await countOf("invitation")) >= MOST_INVITATIONS)
    throw new Refusal(409, "too-many", `There are ${MOST_INVITATIONS} open invitations already. Withdraw one first.`)
  if ((await countOf("person")) >= MOST_PEOPLE)
    throw new Refusal(409, "too-many", `There are ${MOST_PEOPLE} people here already.`)
}

function invitationFrom(row: Selectable<InvitationTable>): Invitation {
  const { id, name, role, accounts, created_ms, until_ms } = row
  return {
    id,
    name,
    role: role as Role,
    accounts: JSON.parse(accounts) as string[],
    createdMs: created_ms,
    untilMs: until_ms,
  }
}

/** The token has 256 bits of chance: a plain hash cannot be guessed back. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}
