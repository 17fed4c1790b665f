import type { Kysely } from "kysely"
import { type Reach, type Thing } from "../door/matters.ts"
import type { Who } from "../door/policy.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"

type Asker = Pick<Who, "person" | "role">

/** How far somebody may go with an account, by its id. */
export type AccountReach = (accountId: string) => Reach | undefined

type AccessDeps = {
  database: Kysely<RelayTables>
  /** Who keeps a draft: drafts are files. */
  draftOwner: (id: string) => Promise<string | undefined>
}

const tables = {
  job: "job",
  "model key": "model_key",
  channel: "notice_channel",
  device: "device",
  token: "token",
  passkey: "passkey",
} as const satisfies Partial<Record<Thing, keyof RelayTables>>

/** Who has what: an account and all that is of it, and what else somebody made. */
export class Access {
  constructor(private readonly deps: AccessDeps) {}

  /** How far somebody may go with a thing; undefined where there is none, or it is somebody else's. */
  readonly reach = async (who: Asker, thing: Thing, id: string): Promise<Reach | undefined> => {
    if (thing === "draft") return ownOf(who, await this.deps.draftOwner(id))
    if (thing === "account" || thing === "bot" || thing === "difference") {
      const accountId = await this.#accountOf(thing, id)
      return accountId === undefined ? undefined : (await this.accounts(who))(accountId)
    }
    const row = await this.deps.database
      .selectFrom(tables[thing])
      .select("person")
      .where("id", "=", id)
      .executeTakeFirst()
    return ownOf(who, row?.person)
  }

  /** How far somebody may go with every account, as it is now. */
  async accounts(who: Asker): Promise<AccountReach> {
    const { database } = this.deps
    const [owners, shares] = [
      await accountOwners(database),
      await database.selectFrom("account_share").selectAll().where("person", "=", who.person).execute(),
    ]
    const shared = new Map(shares.map(({ account_id, reach }) => [account_id, reach as Reach]))
    const ended = who.role === "owner" ? await endedPeople(database) : new Set<string>()
    return (accountId) => {
      // What was removed before there were people is the first one's.
      const owner = owners.get(accountId) ?? FIRST_PERSON
      // What an ended person left behind, the relay's owners look after.
      return owner === who.person || ended.has(owner) ? "own" : shared.get(accountId)
    }
  }

  /** Whose an account is, or was. */
  async ownerOf(accountId: string): Promise<string> {
    return (await accountOwners(this.deps.database)).get(accountId) ?? FIRST_PERSON
  }

  async #accountOf(thing: "account" | "bot" | "difference", id: string): Promise<string | undefined> {
    if (thing === "account") return id
    const table = thing === "bot" ? "bot" : "bot_difference"
    const row = await this.deps.database.selectFrom(table).select("account_id").where("id", "=", id).executeTakeFirst()
    return row?.account_id
  }
}

function ownOf({ person }: Asker, owner: string | undefined): Reach | undefined {
  return owner === person ? "own" : undefined
}

/** Whose every account is, or was. */
async function accountOwners(database: Kysely<RelayTables>): Promise<ReadonlyMap<string, string>> {
  const departed = await database.selectFrom("departed_account").selectAll().execute()
  const present = await database.selectFrom("account").select(["id", "owner"]).execute()
  return new Map([
    ...departed.map(({ account_id, person }) => [account_id, person] as const),
    ...present.map(({ id, owner }) => [id, owner] as const),
  ])
}

async function endedPeople(database: Kysely<RelayTables>): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom("person").select("id").where("ended_ms", "is not", null).execute()
  return new Set(rows.map(({ id }) => id))
}
