import type { Kysely, Selectable, Transaction } from "kysely"
import { plainTime, quoted } from "#engine/candles"
import type { VenueId } from "#venues"
import { Refusal } from "../door/refusal.ts"
import type { AccountKeyTable, AccountTable, RelayTables, RemovedAccountTable } from "../store/relay-schema.ts"
import { planIn } from "./account.ts"
import { dayAfterMs, returnedPlan, type RiskPlan, type RiskSettings } from "./risk.ts"

/** How an exchange tells an account from others: by what it calls it, else by its key. */
export type Identity = Pick<AccountTable, "owner" | "venue" | "mode"> &
  Pick<AccountKeyTable, "fingerprint" | "of_account">
export type RemovedAccount = Selectable<RemovedAccountTable>

const MOST_REMEMBERED = 1_000
const LONGEST_NAME = 60

/** Keeps what a removed account is known by, so that neither its limits nor its losses of the day are forgotten (trust.md, I5). */
export async function rememberRemoved(
  transaction: Transaction<RelayTables>,
  { id, owner, name, venue, mode, key_version, risk }: Selectable<AccountTable>,
  { fingerprint, of_account }: Pick<AccountKeyTable, "fingerprint" | "of_account">,
  removedMs: number,
): Promise<void> {
  const identity = { account_id: id, person: owner, venue, mode, fingerprint, of_account }
  const row = { ...identity, name, key_version, risk, removed_ms: removedMs }
  await transaction.insertInto("removed_account").values(row).execute()
  const newestFirst = transaction.selectFrom("removed_account").select("removed_ms").orderBy("removed_ms", "desc")
  const oldest = await newestFirst.offset(MOST_REMEMBERED).limit(1).executeTakeFirst()
  if (oldest) await transaction.deleteFrom("removed_account").where("removed_ms", "<=", oldest.removed_ms).execute()
}

/** The person's account that was removed last of those that are the same one at the exchange; undefined where there was none. */
export function removedBefore(
  database: Kysely<RelayTables>,
  { owner, venue, mode, fingerprint, of_account }: Identity,
  standIns: readonly VenueId[],
): Promise<RemovedAccount | undefined> {
  const same = database
    .selectFrom("removed_account")
    .selectAll()
    .where("person", "=", owner)
    .where("venue", "=", venue)
    .where((build) =>
      build.or([
        build("fingerprint", "=", fingerprint),
        ...(of_account === null ? [] : [build("of_account", "=", of_account)]),
      ]),
    )
  // A stand-in is one exchange, whatever the mode.
  const sharing = standIns.includes(venue as VenueId) ? same : same.where("mode", "=", mode)
  return sharing.orderBy("removed_ms", "desc").limit(1).executeTakeFirst()
}

/** It is here again, as the account it was. Throws a `Refusal` where it came back in another place at the same time. */
export async function takeBack(transaction: Transaction<RelayTables>, { account_id }: RemovedAccount): Promise<void> {
  await transaction.deleteFrom("departed_account").where("account_id", "=", account_id).execute()
  const taken = await transaction
    .deleteFrom("removed_account")
    .where("account_id", "=", account_id)
    .returning("account_id")
    .executeTakeFirst()
  if (taken === undefined)
    throw new Refusal(
      409,
      "changed-meanwhile",
      "This account was added in another place at the same time. Look, and try again; nothing was changed.",
    )
}

/** The settings of one that comes back: on the day it was removed, nothing is looser than it was. */
export function planOf(removed: RemovedAccount, wanted: RiskSettings, nowMs: number): RiskPlan {
  return returnedPlan({ plan: planIn(removed), removedMs: removed.removed_ms }, wanted, nowMs)
}

/** What the owner of one that comes back should know. */
export function returnWords({ name, removed_ms }: RemovedAccount, nowMs: number): string {
  const untilMs = dayAfterMs(removed_ms)
  const today = `a limit on losses that was reached holds until its day is over, and nothing is looser than it was before ${plainTime(untilMs)}`
  return `This account at the exchange was here before, as ${quoted(name, LONGEST_NAME)}, until ${plainTime(removed_ms)}: its records go on${nowMs < untilMs ? `; ${today}` : ""}.`
}

/** Throws a `Refusal` for a key, given to another account, of one that was removed on this day: its limits would be left behind. */
export async function refuseRemovedToday(
  database: Kysely<RelayTables>,
  identity: Identity,
  { standIns, nowMs }: { standIns: readonly VenueId[]; nowMs: number },
): Promise<void> {
  const removed = await removedBefore(database, identity, standIns)
  if (removed === undefined || nowMs >= dayAfterMs(removed.removed_ms)) return
  throw new Refusal(
    409,
    "removed-today",
    `This key opens the account at the exchange that was removed here today as ${quoted(removed.name, LONGEST_NAME)}, and its limits of today go on with it. Nothing was changed. Add it as an account again, or change this key from ${plainTime(dayAfterMs(removed.removed_ms))} on.`,
    { field: "key" },
  )
}
