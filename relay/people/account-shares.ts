import type { Kysely } from "kysely"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf, shareState } from "../audit/audited-state.ts"
import type { Reach } from "../door/matters.ts"
import { Refusal } from "../door/refusal.ts"
import type { RelayTables } from "../store/relay-schema.ts"

/** Who else may use an account, and how far. */
export type AccountShare = { person: string; name: string; reach: Exclude<Reach, "own"> }

const MOST_SHARES = 20

type SharesDeps = { database: Kysely<RelayTables>; audit: AuditLog }

/** Accounts that their owners share with others. */
export class AccountShares {
  constructor(private readonly deps: SharesDeps) {}

  /** With whom an account is shared. */
  async list(accountId: string): Promise<AccountShare[]> {
    const rows = await this.deps.database
      .selectFrom("account_share")
      .innerJoin("person", "person.id", "account_share.person")
      .select(["account_share.person as person", "person.name as name", "account_share.reach as reach"])
      .where("account_share.account_id", "=", accountId)
      .where("person.ended_ms", "is", null)
      .orderBy("person.name")
      .execute()
    return rows.map((row) => ({ ...row, reach: row.reach as AccountShare["reach"] }))
  }

  /** Shares it, or changes how far. False where there is no such person. */
  async share(accountId: string, person: string, reach: AccountShare["reach"], by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const people = transaction.selectFrom("person").select("id").where("id", "=", person)
      if ((await people.where("ended_ms", "is", null).executeTakeFirst()) === undefined)
        return { result: false, changes: [] }
      const others = transaction.selectFrom("account_share").selectAll().where("account_id", "=", accountId)
      const old = await others.where("person", "=", person).executeTakeFirst()
      if (old === undefined && (await others.execute()).length >= MOST_SHARES)
        throw new Refusal(409, "too-many", `This account is shared with ${MOST_SHARES} people already.`)
      const row = { account_id: accountId, person, reach }
      await transaction
        .insertInto("account_share")
        .values(row)
        .onConflict((conflict) => conflict.columns(["account_id", "person"]).doUpdateSet({ reach }))
        .execute()
      const change = changeOf("account.shared", { before: old && shareState(old), after: shareState(row) })
      return { result: true, changes: old?.reach === reach ? [] : [change] }
    })
  }

  /** False where it is not shared with them. */
  async end(accountId: string, person: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction
        .deleteFrom("account_share")
        .where("account_id", "=", accountId)
        .where("person", "=", person)
        .returningAll()
        .executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("account.unshared", { before: shareState(row) })]
      return { result: row !== undefined, changes }
    })
  }
}
