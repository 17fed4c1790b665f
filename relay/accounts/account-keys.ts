import { createHash } from "node:crypto"
import type { Kysely, Transaction } from "kysely"
import type { Actor, Change } from "../audit/audit-entry.ts"
import { changeOf, keyState } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { Refusal } from "../door/refusal.ts"
import type { VenueId } from "#venues"
import type { CopiedKey } from "../keys/key-shape.ts"
import type { OpenKey, SealedKey, Vault } from "../keys/vault.ts"
import type { AccountKeyTable, AccountTable, RelayTables } from "../store/relay-schema.ts"
import { notedIfItCanBe } from "../store/write-watch.ts"
import type { Surroundings } from "../surroundings.ts"
import { rowIn } from "./account-row.ts"
import { type CheckKey, fittingNewKey, type KeyUser, type KeyVerdict, type OpenPaper } from "./key-check.ts"
import { KeyUses } from "./key-uses.ts"
import { refuseRemovedToday } from "./removed-accounts.ts"
import { refuseOtherAccount, refuseShared } from "./shared-key.ts"

export type AccountsDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  vault: Vault
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes" | "secret">
  checkKey: CheckKey | undefined
  /** Without it, made-up money trades at the practice exchange alone. */
  openPaper?: OpenPaper
  /** Exchanges that a program on this computer stands in for. */
  standIns: readonly VenueId[]
}

/** What an exchange says of a key that it approves. */
export type Approved = Pick<Extract<KeyVerdict, { ok: true }>, "warnings" | "ofAccount">

/** A key that was approved and sealed. */
export type NewKey = SealedKey & Pick<AccountKeyTable, "version" | "last4" | "fingerprint" | "warnings" | "of_account">

/** The keys of accounts: approved by the exchange before they are kept, sealed, and opened for a use that is noted. */
export class AccountKeys {
  readonly uses: KeyUses

  constructor(private readonly deps: AccountsDeps) {
    this.uses = new KeyUses(deps)
  }

  /**
   * Puts another key in the place of the old one, which counts until the exchange has approved the new one, and until
   * `refuseOther` has not thrown: it says whether the account may have this one, and answers whether it has been seen to
   * be of the same account at the exchange.
   */
  async change(
    id: string,
    pasted: CopiedKey,
    by: Actor,
    refuseOther?: (key: CopiedKey) => Promise<boolean>,
  ): Promise<boolean> {
    const row = await rowIn(this.deps.database, id)
    if (row === undefined) return false
    const account = { venue: row.venue, mode: row.mode } as KeyUser
    const key = fittingNewKey(account, pasted, this.deps.checkKey)
    const kept = await this.proven(row, key, by)
    const { database, standIns, surroundings } = this.deps
    await refuseRemovedToday(database, { ...row, ...kept }, { standIns, nowMs: surroundings.nowMs() })
    const isSeen = await refuseOther?.(key)
    await this.deps.audit.change(by, async (transaction) => {
      const now = await rowIn(transaction, id)
      if (now?.key_version !== row.key_version) throw changedMeanwhile
      const said = isSeen ? kept : await this.#withDoubt(transaction, id, kept)
      return { result: undefined, changes: await this.keep(transaction, row, said, by) }
    })
    return true
  }

  /** The owner hears where nobody can tell that a key in the place of another is of the same account at the exchange. */
  async #withDoubt(transaction: Transaction<RelayTables>, id: string, kept: NewKey): Promise<NewKey> {
    const keys = transaction.selectFrom("account_key").select(["of_account", "fingerprint"])
    const old = await keys.where("account_id", "=", id).executeTakeFirst()
    const isKnown = old?.of_account != null && kept.of_account !== null
    if (old === undefined || old.fingerprint === kept.fingerprint || isKnown) return kept
    const warnings = kept.warnings === null ? [] : (JSON.parse(kept.warnings) as string[])
    return { ...kept, warnings: JSON.stringify([...warnings, UNSAID_ACCOUNT]) }
  }

  /** Its key, for the moment of its use, which is noted; undefined without one. Throws a sentence where it was tampered with. */
  async open(id: string, by: Actor): Promise<OpenKey | undefined> {
    const { database, vault } = this.deps
    const row = await rowIn(database, id)
    const kept = await database.selectFrom("account_key").selectAll().where("account_id", "=", id).executeTakeFirst()
    if (row === undefined || kept === undefined) return undefined
    const key = kept.version === row.key_version ? await vault.unseal(kept, placeOf(row)) : undefined
    await notedIfItCanBe(this.uses.note({ id, what: key ? "opened" : "tampered", by, fingerprint: kept.fingerprint }))
    if (key === undefined) throw tampered(row.name)
    return key
  }

  /** Keeps a key that our own exchange for made-up money made for an account there: it needs no approval, and nobody is shown it. */
  async keepGiven(id: string, key: CopiedKey, by: Actor): Promise<void> {
    const row = await rowIn(this.deps.database, id)
    if (row?.mode !== "paper") throw new Error("only our own exchanges give keys")
    const kept = await this.sealed(row, key)
    await this.deps.audit.change(by, async (transaction) => {
      const now = await rowIn(transaction, id)
      if (now?.key_version !== row.key_version) throw changedMeanwhile
      return { result: undefined, changes: await this.keep(transaction, row, kept, by) }
    })
  }

  /** The key, sealed, once the exchange has approved it. */
  async proven(row: AccountTable, key: CopiedKey, by: Actor): Promise<NewKey> {
    return this.sealed(row, key, await this.approved(row, key, by))
  }

  /** What the exchange says of a key. Throws a `Refusal` where it does not approve it, which is noted. */
  async approved(row: AccountTable, key: CopiedKey, by?: Actor): Promise<Approved> {
    const account = { venue: row.venue, mode: row.mode } as KeyUser
    const verdict = await this.deps.checkKey!(account, key)
    if (!verdict.ok) {
      const isAway = verdict.retryAfterS !== undefined
      if (by && !isAway)
        await this.uses.note({ id: row.id, what: "refused", by, fingerprint: marksOf(key).fingerprint })
      throw unproven(verdict)
    }
    return verdict
  }

  /** The exchange has said, to whom it was not asked when the key was put in, which account there it opens. */
  async learn(id: string, ofAccount: string): Promise<void> {
    const keys = this.deps.database.updateTable("account_key").set({ of_account: ofAccount })
    await keys.where("account_id", "=", id).where("of_account", "is", null).execute()
  }

  /** The key, sealed for its account. */
  async sealed(row: AccountTable, key: CopiedKey, said: Approved = {}): Promise<NewKey> {
    const { warnings = [], ofAccount = null } = said
    const version = row.key_version + 1
    const sealed = await this.deps.vault.seal(key, placeOf({ ...row, key_version: version }))
    const kept = warnings.length === 0 ? null : JSON.stringify(warnings)
    return { version, ...marksOf(key), ...sealed, warnings: kept, of_account: ofAccount }
  }

  /** Keeps it in the place of the old one, within a change of the account. */
  async keep(
    transaction: Transaction<RelayTables>,
    { id }: { id: string },
    kept: NewKey,
    by: Actor,
  ): Promise<Change[]> {
    await refuseShared(transaction, id, kept, this.deps.standIns)
    const old = await transaction
      .deleteFrom("account_key")
      .where("account_id", "=", id)
      .returningAll()
      .executeTakeFirst()
    if (old) refuseOtherAccount(old, kept)
    const row = { account_id: id, created_ms: this.deps.surroundings.nowMs(), ...kept }
    await transaction.insertInto("account_key").values(row).execute()
    await transaction.updateTable("account").set({ key_version: kept.version }).where("id", "=", id).execute()
    const what = old ? "changed" : "added"
    await this.uses.note({ id, what, by, fingerprint: kept.fingerprint }, transaction)
    return [changeOf(`account.key-${what}`, { before: old && keyState(old), after: keyState(row) })]
  }
}

const UNSAID_ACCOUNT =
  "The exchange does not say which account there this key opens, and nothing of yours is open that would show it. Candlewright goes on as if it were the same one, with its records and the limits reached today. If it is another account, put the old key back and add an account here for the new one."

const changedMeanwhile = new Refusal(
  409,
  "changed-meanwhile",
  "The key of this account was changed in another place at the same time. Look, and try again.",
)

/** A key that is unfit, or an exchange that could not be asked for now. */
function unproven(verdict: Extract<KeyVerdict, { ok: false }>): Refusal {
  return verdict.retryAfterS === undefined
    ? new Refusal(422, verdict.code, verdict.because, { field: "key" })
    : new Refusal(503, verdict.code, verdict.because, { retryAfterS: verdict.retryAfterS })
}

function tampered(name: string): Refusal {
  return new Refusal(
    409,
    "key-tampered",
    `The kept key of ${name} is not the one that was put there: its row was changed, or is of another account or time. Put the key in again.`,
  )
}

function placeOf({ id, owner, venue, key_version }: Pick<AccountTable, "id" | "owner" | "venue" | "key_version">) {
  return { account: id, owner, exchange: venue, version: key_version }
}

/** What is shown of a key. */
export function marksOf({ apiKey }: CopiedKey) {
  return { last4: apiKey.slice(-4), fingerprint: createHash("sha256").update(apiKey).digest("hex").slice(0, 16) }
}
