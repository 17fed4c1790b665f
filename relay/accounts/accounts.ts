import type { Selectable, Transaction } from "kysely"
import type { Actor, Change } from "../audit/audit-entry.ts"
import { accountState, changeOf, keyState, shareState } from "../audit/audited-state.ts"
import { Refusal } from "../door/refusal.ts"
import type { CopiedKey } from "../keys/key-shape.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { AccountTable, RelayTables } from "../store/relay-schema.ts"
import { type Account, accountFromRow, planIn } from "./account.ts"
import { ExchangeKinds } from "./exchange-kind.ts"
import { AccountKeys, type AccountsDeps, marksOf } from "./account-keys.ts"
import { type AccountRow, rowIn, withKeys } from "./account-row.ts"
import { fittingKey, type KeyUser, refuseWithoutPrices } from "./key-check.ts"
import { planOf, rememberRemoved, removedBefore, returnWords, takeBack } from "./removed-accounts.ts"
import { changedRisk, newRiskPlan, type RiskSettings, usualRisk } from "./risk.ts"

export type WantedAccount = KeyUser & { name: string; key?: CopiedKey; risk?: Partial<RiskSettings> }
export type AccountChange = { name?: string; risk?: Partial<RiskSettings> }

const MOST_ACCOUNTS = 100

/** Accounts at exchanges, with their keys and risk settings. What cannot be is refused with a `Refusal`. */
export class Accounts {
  readonly keys: AccountKeys
  /** What is said of everything that happens on an account: whether its exchange is real. */
  readonly exchangeKinds = new ExchangeKinds((id) => this.find(id))

  constructor(private readonly deps: AccountsDeps) {
    this.keys = new AccountKeys(deps)
  }

  /** All of them, the newest first. */
  async list(): Promise<Account[]> {
    const rows = await withKeys(this.deps.database).orderBy("created_ms", "desc").orderBy("id").execute()
    return rows.map((row) => this.#shown(row))
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<Account | undefined> {
    const row = await rowIn(this.deps.database, id)
    return row && this.#shown(row)
  }

  /**
   * The name of the account that has had the key of this one, or another of the same account at the exchange, for
   * longer; undefined where it is alone. `ask` tells what the exchange calls the account, where that is not known yet.
   */
  async twinOf(id: string, ask: () => Promise<string | undefined>): Promise<string | undefined> {
    const row = await rowIn(this.deps.database, id)
    if (row === undefined || row.mode === "paper") return undefined
    const ofAccount = row.of_account === null ? await ask() : undefined
    if (ofAccount === undefined) return row.twin ?? undefined
    await this.keys.learn(id, ofAccount)
    return (await rowIn(this.deps.database, id))?.twin ?? undefined
  }

  #shown(row: AccountRow): Account {
    return accountFromRow(row, this.deps.surroundings.nowMs(), this.deps.standIns)
  }

  async add(wanted: WantedAccount, by: Actor): Promise<Account> {
    const { surroundings, checkKey, openPaper } = this.deps
    const key = fittingKey(wanted, checkKey)
    await refuseWithoutPrices(wanted, openPaper)
    const { name, venue, mode, risk } = wanted
    const settings = { ...usualRisk, ...risk }
    const fresh = {
      id: Buffer.from(surroundings.secretBytes(8)).toString("hex"),
      owner: by.person ?? FIRST_PERSON,
      name,
      venue,
      mode,
      created_ms: surroundings.nowMs(),
      risk: JSON.stringify(newRiskPlan(settings, surroundings.nowMs())),
      key_version: 0,
    }
    const { row, kept, removed } = key ? await this.#known(fresh, key, settings) : { row: fresh }
    await this.deps.audit.change(by, async (transaction) => {
      if (removed) await takeBack(transaction, removed)
      await refuseTooMany(transaction)
      await refuseTakenName(transaction, row)
      await transaction.insertInto("account").values(row).execute()
      const keyChanges = kept ? await this.keys.keep(transaction, row, kept, by) : []
      return { result: undefined, changes: [changeOf("account.added", { after: accountState(row) }), ...keyChanges] }
    })
    return (await this.find(row.id))!
  }

  /** The account whose key it is: one that was here before comes back as itself, with its limits of the day. */
  async #known(fresh: Selectable<AccountTable>, key: CopiedKey, wanted: RiskSettings) {
    const { database, standIns, surroundings } = this.deps
    const said = await this.keys.approved(fresh, key)
    const identity = { ...fresh, ...marksOf(key), of_account: said.ofAccount ?? null }
    const removed = await removedBefore(database, identity, standIns)
    if (removed === undefined) return { row: fresh, kept: await this.keys.sealed(fresh, key, said) }
    const nowMs = surroundings.nowMs()
    const risk = JSON.stringify(planOf(removed, wanted, nowMs))
    const row = { ...fresh, id: removed.account_id, key_version: removed.key_version, risk }
    const warnings = [returnWords(removed, nowMs), ...(said.warnings ?? [])]
    return { row, kept: await this.keys.sealed(row, key, { ...said, warnings }), removed }
  }

  /** Renames it, or changes its risk settings. Undefined when there is none. */
  async change(id: string, { name, risk }: AccountChange, by: Actor): Promise<Account | undefined> {
    const { audit, surroundings } = this.deps
    const isThere = await audit.change(by, async (transaction) => {
      const row = await rowIn(transaction, id)
      if (row === undefined) return { result: false, changes: [] }
      const renamed = { ...row, name: name ?? row.name }
      if (renamed.name !== row.name) await refuseTakenName(transaction, renamed)
      const plan = risk && JSON.stringify(changedRisk(planIn(row), risk, surroundings.nowMs()))
      const after = { ...renamed, risk: plan ?? row.risk }
      const set = { name: after.name, risk: after.risk }
      await transaction.updateTable("account").set(set).where("id", "=", id).execute()
      const changes = [...steps("account.renamed", row, renamed), ...steps("account.risk-changed", renamed, after)]
      return { result: true, changes }
    })
    return isThere ? this.find(id) : undefined
  }

  /** Removes it with its key; where it comes back, its records go on. False when there is none. */
  async remove(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const key = await transaction
        .deleteFrom("account_key")
        .where("account_id", "=", id)
        .returningAll()
        .executeTakeFirst()
      const shares = await transaction.deleteFrom("account_share").where("account_id", "=", id).returningAll().execute()
      const row = await transaction.deleteFrom("account").where("id", "=", id).returningAll().executeTakeFirst()
      if (row) await transaction.insertInto("departed_account").values({ account_id: id, person: row.owner }).execute()
      const changes = row === undefined ? [] : [changeOf("account.removed", { before: accountState(row) })]
      if (row && key && row.mode !== "paper")
        await rememberRemoved(transaction, row, key, this.deps.surroundings.nowMs())
      changes.unshift(...shares.map((share) => changeOf("account.unshared", { before: shareState(share) })))
      if (key) changes.unshift(changeOf("account.key-removed", { before: keyState(key) }))
      return { result: row !== undefined, changes }
    })
  }
}

/** The change from one row to the next; none where nothing of it changed. */
function steps(what: string, before: AccountTable, after: AccountTable): Change[] {
  const isSame = before.name === after.name && before.risk === after.risk
  return isSame ? [] : [changeOf(what, { before: accountState(before), after: accountState(after) })]
}

async function refuseTooMany(transaction: Transaction<RelayTables>): Promise<void> {
  const { count } = await transaction
    .selectFrom("account")
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow()
  if (count >= MOST_ACCOUNTS)
    throw new Refusal(
      409,
      "too-many",
      `There are ${MOST_ACCOUNTS} accounts already. Remove one first; nothing was changed.`,
    )
}

async function refuseTakenName(transaction: Transaction<RelayTables>, { id, name }: { id: string; name: string }) {
  const other = await transaction.selectFrom("account").select("id").where("name", "=", name).executeTakeFirst()
  if (other && other.id !== id)
    throw new Refusal(409, "name-taken", "Another account has this name. Nothing was changed.", { field: "name" })
}
