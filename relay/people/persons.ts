import type { Kysely, Selectable, Transaction } from "kysely"
import type { Actor, Change } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import {
  changeOf,
  deviceState,
  invitationState,
  passkeyState,
  personState,
  tokenState,
} from "../audit/audited-state.ts"
import type { Role } from "../door/policy.ts"
import { Refusal } from "../door/refusal.ts"
import { FIRST_PERSON, type PersonTable } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** Somebody who uses this relay. */
export type Person = {
  id: string
  name: string
  role: Role
  createdMs: number
  /** Since when they may not come in; null while they may. */
  endedMs: number | null
}

export type PersonChange = { name?: string; role?: Role }

type PersonsDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs">
}

/** The people of this relay. */
export class Persons {
  constructor(private readonly deps: PersonsDeps) {}

  /** All of them, those who were ended too, the first one first. */
  async list(): Promise<Person[]> {
    const rows = await this.deps.database.selectFrom("person").selectAll().orderBy("created_ms").orderBy("id").execute()
    return rows.map(personFrom)
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<Person | undefined> {
    const row = await rowOf(this.deps.database, id)
    return row && personFrom(row)
  }

  /** Undefined when there is none, or they were ended. Throws a `Refusal` for the first person's role. */
  async change(id: string, { name, role }: PersonChange, by: Actor): Promise<Person | undefined> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await rowOf(transaction, id)
      if (row === undefined || row.ended_ms !== null) return { result: undefined, changes: [] }
      if (role !== undefined && role !== row.role) refuseFirst(id)
      const after = { ...row, name: name ?? row.name, role: role ?? row.role }
      await transaction.updateTable("person").set({ name: after.name, role: after.role }).where("id", "=", id).execute()
      return { result: personFrom(after), changes: stepOf(row, after) }
    })
  }

  /**
   * They come in no more: their browsers, passkeys and tokens are ended with them, and links that they made. What they
   * have stays. False when there is none, or they were ended before; throws a `Refusal` for the first person.
   */
  async end(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await rowOf(transaction, id)
      if (row === undefined || row.ended_ms !== null) return { result: false, changes: [] }
      refuseFirst(id)
      const after = { ...row, ended_ms: this.deps.surroundings.nowMs() }
      await transaction.updateTable("person").set({ ended_ms: after.ended_ms }).where("id", "=", id).execute()
      const change = changeOf("person.ended", { before: personState(row), after: personState(after) })
      return { result: true, changes: [change, ...(await closeWaysIn(transaction, id))] }
    })
  }
}

/** Keeps a new person, within the change that lets them in. */
export async function addPerson(transaction: Transaction<RelayTables>, row: Selectable<PersonTable>): Promise<Change> {
  await transaction.insertInto("person").values(row).execute()
  return changeOf("person.added", { after: personState(row) })
}

async function closeWaysIn(transaction: Transaction<RelayTables>, person: string): Promise<Change[]> {
  const devices = await transaction.deleteFrom("device").where("person", "=", person).returningAll().execute()
  const tokens = await transaction.deleteFrom("token").where("person", "=", person).returningAll().execute()
  const links = await transaction.deleteFrom("invitation").where("person", "=", person).returningAll().execute()
  const passkeys = await transaction.deleteFrom("passkey").where("person", "=", person).returningAll().execute()
  return [
    ...passkeys.map((row) => changeOf("passkey.removed", { before: passkeyState(row) })),
    ...devices.map((row) => changeOf("device.ended", { before: deviceState(row) })),
    ...tokens.map((row) => changeOf("token.revoked", { before: tokenState(row) })),
    ...links.map((row) => changeOf("invitation.withdrawn", { before: invitationState(row) })),
  ]
}

function rowOf(database: Kysely<RelayTables>, id: string): Promise<Selectable<PersonTable> | undefined> {
  return database.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst()
}

function stepOf(before: Selectable<PersonTable>, after: Selectable<PersonTable>): Change[] {
  const isSame = before.name === after.name && before.role === after.role
  // What the first person is called matters to nobody's rights, and the log knows nothing of how they came.
  if (isSame || before.id === FIRST_PERSON) return []
  return [changeOf("person.changed", { before: personState(before), after: personState(after) })]
}

function refuseFirst(id: string): void {
  if (id !== FIRST_PERSON) return
  throw new Refusal(
    409,
    "last-owner",
    "This person has the relay's computer and its command line, and stays an owner. Nothing was changed.",
  )
}

function personFrom({ id, name, role, created_ms, ended_ms }: Selectable<PersonTable>): Person {
  return { id, name, role: role as Role, createdMs: created_ms, endedMs: ended_ms }
}
