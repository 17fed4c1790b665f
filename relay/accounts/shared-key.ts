import type { ExpressionBuilder, Transaction } from "kysely"
import { quoted } from "#engine/candles"
import type { VenueId } from "#venues"
import { Refusal } from "../door/refusal.ts"
import type { AccountKeyTable, RelayTables } from "../store/relay-schema.ts"

type Marks = Pick<AccountKeyTable, "fingerprint" | "of_account">
const LONGEST_NAME = 60

/**
 * Throws a `Refusal` where another account has the key, or a key of the same account at the exchange: each would risk
 * the same coins under limits of its own.
 */
export async function refuseShared(
  transaction: Transaction<RelayTables>,
  id: string,
  { fingerprint, of_account }: Marks,
  standIns: readonly VenueId[],
): Promise<void> {
  const own = await transaction.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  const others = await transaction
    .selectFrom("account_key")
    .innerJoin("account", "account.id", "account_key.account_id")
    .select(["account.name", "account.mode", "account_key.fingerprint", "account_key.of_account"])
    .where("account.venue", "=", own.venue)
    .where("account.id", "!=", id)
    .execute()
  // A stand-in is one exchange, whatever the mode.
  const isStandIn = standIns.includes(own.venue as VenueId)
  const sharing = others.filter(({ mode }) => isStandIn || mode === own.mode)
  const sameKey = sharing.find((other) => other.fingerprint === fingerprint)
  if (sameKey) throw inUse(`The account ${quoted(sameKey.name, LONGEST_NAME)} has this key already`)
  const sameAccount = of_account === null ? undefined : sharing.find((other) => other.of_account === of_account)
  if (sameAccount)
    throw inUse(
      `This key opens the account at the exchange that ${quoted(sameAccount.name, LONGEST_NAME)} trades on already, under another key of it`,
    )
}

/** Throws a `Refusal` for a key that opens another account at the exchange: limits and results would stay behind (trust.md, I5). */
export function refuseOtherAccount(old: Pick<Marks, "of_account">, { of_account }: Pick<Marks, "of_account">): void {
  if (old.of_account === null || of_account === null || old.of_account === of_account) return
  throw new Refusal(
    409,
    "other-account",
    "This key opens another account at the exchange than the one that is traded here, whose limits and results would stay behind. Nothing was changed. Put in a key of the same account there; for the other one, add an account here.",
    { field: "key" },
  )
}

function inUse(because: string): Refusal {
  return new Refusal(
    409,
    "key-in-use",
    `${because}: an account at the exchange is one account here, so that its money and its limits count once. Nothing was changed. Use that account, remove it, or put in a key of another account at the exchange.`,
    { field: "key" },
  )
}

/** The name of the older account that shares the key, or the account at the exchange, of the one that is read. */
export function twinName(select: ExpressionBuilder<RelayTables, "account" | "account_key">) {
  return select
    .selectFrom("account as other")
    .innerJoin("account_key as other_key", "other_key.account_id", "other.id")
    .select("other.name")
    .where((build) =>
      build.or([
        build("other_key.fingerprint", "=", build.ref("account_key.fingerprint")),
        build("other_key.of_account", "=", build.ref("account_key.of_account")),
      ]),
    )
    .whereRef("other.venue", "=", "account.venue")
    .whereRef("other.mode", "=", "account.mode")
    .where((build) =>
      build(
        build.refTuple("other.created_ms", "other.id"),
        "<",
        build.refTuple("account.created_ms", "account.id") as never,
      ),
    )
    .orderBy("other.created_ms")
    .orderBy("other.id")
    .limit(1)
}

/** Why an account buys nothing that came to the same account at the exchange as another, by a restore or an older version. */
export function sharedKeyWords(twin: string): string {
  return `the account ${quoted(twin, LONGEST_NAME)} is the same account at the exchange, and the same coins and money are not risked twice; give this one a key of another account there, or remove it`
}
