import type { Kysely, Selectable } from "kysely"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf } from "../audit/audited-state.ts"
import { Refusal } from "../door/refusal.ts"
import type { Vault } from "../keys/vault.ts"
import type { NoticeChannelTable } from "../store/notice-schema.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { refuseAddress } from "../door/guarded-request.ts"
import type { PushKeys } from "./push-message.ts"
import type { ChannelKind, ChannelSecrets } from "./sending.ts"

/** A channel as its owner sees it: never its address or secret. */
export type Channel = {
  id: string
  kind: ChannelKind
  name: string
  target: string
  isLocal: boolean
  wantsTrades: boolean
  quiet: string | null
  createdMs: number
  sentMs: number | null
  problem: string | null
  /** Notices that have not arrived yet. */
  waiting: number
}

type Wishes = { name: string; wantsTrades: boolean; quiet: string | null }
/** A channel to add. */
export type WantedChannel = Wishes &
  (
    | { kind: "webhook" | "ping"; url: string; isLocal: boolean }
    | { kind: "telegram"; botToken: string; chatId: string }
    | ({ kind: "push"; url: string; isLocal: boolean } & PushKeys)
  )

export type ChannelsDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  vault: Vault
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes">
}

export const MOST_CHANNELS = 20
const SECRET_BYTES = 32

/** Where notices go. Addresses and secrets are kept sealed, as the keys of exchanges are. */
export class Channels {
  constructor(private readonly deps: ChannelsDeps) {}

  /** Adds one. A webhook's secret is answered, this once. Throws a `Refusal`, and `VaultLocked`. */
  async add(wanted: WantedChannel, by: Actor): Promise<{ id: string; secret: string | null }> {
    const { audit, surroundings, vault } = this.deps
    const { target, isLocal, ...secrets } = this.#secretsOf(wanted)
    const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
    const sealed = await vault.seal({ apiKey: secrets.address, secret: secrets.secret }, placeOf(id))
    const { kind, name, quiet, wantsTrades } = wanted
    const row = { id, kind, name, target, quiet, is_local: isLocal ? 1 : 0, wants_trades: wantsTrades ? 1 : 0 }
    await audit.change(by, async (transaction) => {
      const { count } = await transaction
        .selectFrom("notice_channel")
        .select((select) => select.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow()
      if (count >= MOST_CHANNELS)
        throw new Refusal(409, "too-many", `There are ${MOST_CHANNELS} already. Remove one first.`)
      const person = by.person ?? FIRST_PERSON
      const rest = { ...sealed, created_ms: surroundings.nowMs(), sent_ms: null, problem: null, person }
      await transaction
        .insertInto("notice_channel")
        .values({ ...row, ...rest })
        .execute()
      return { result: undefined, changes: [changeOf("notices.added", { after: auditedState(row) })] }
    })
    return { id, secret: kind === "webhook" ? secrets.secret : null }
  }

  /** Those of a person, the newest first. */
  async list(person = FIRST_PERSON): Promise<Channel[]> {
    const { database } = this.deps
    const own = database.selectFrom("notice_channel").selectAll().where("person", "=", person)
    const rows = await own.orderBy("created_ms", "desc").execute()
    const waiting = await database
      .selectFrom("notice")
      .select(["channel_id", (select) => select.fn.countAll<number>().as("count")])
      .groupBy("channel_id")
      .execute()
    const counts = new Map(waiting.map(({ channel_id, count }) => [channel_id, count]))
    return rows.map((row) => channelFrom(row, counts.get(row.id) ?? 0))
  }

  /** Its row; undefined when there is none. */
  find(id: string): Promise<Selectable<NoticeChannelTable> | undefined> {
    return this.deps.database.selectFrom("notice_channel").selectAll().where("id", "=", id).executeTakeFirst()
  }

  /** What it is sent with. Undefined where it was changed past us; throws `VaultLocked`. */
  async open(row: Selectable<NoticeChannelTable>): Promise<ChannelSecrets | undefined> {
    const opened = await this.deps.vault.unseal(row, placeOf(row.id))
    return opened && { address: opened.apiKey.reveal(), secret: opened.secret.reveal() }
  }

  /** False when there is none. What waits for it goes with it. */
  async remove(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      await transaction.deleteFrom("notice").where("channel_id", "=", id).execute()
      const row = await transaction.deleteFrom("notice_channel").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("notices.removed", { before: auditedState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  #secretsOf(wanted: WantedChannel): ChannelSecrets & { target: string; isLocal: boolean } {
    if (wanted.kind === "telegram")
      return { address: wanted.chatId, secret: wanted.botToken, target: wanted.chatId, isLocal: false }
    const { kind, isLocal } = wanted
    const url = urlIn(wanted.url)
    try {
      refuseAddress(url, { isLocal })
    } catch (error) {
      throw new Refusal(422, "not-valid", `This address is not taken: ${(error as Error).message}.`, { field: "url" })
    }
    const secret = kind === "push" ? keysOf(wanted) : this.#newSecret()
    return { address: url.href, secret, target: url.host, isLocal }
  }

  #newSecret(): string {
    return Buffer.from(this.deps.surroundings.secretBytes(SECRET_BYTES)).toString("base64url")
  }
}

function urlIn(text: string): URL {
  if (URL.canParse(text)) return new URL(text)
  throw new Refusal(422, "not-valid", "This is no address, such as https://example.org/hook.", { field: "url" })
}

function keysOf({ p256dh, auth, publicKey, privateKey }: PushKeys): string {
  return JSON.stringify({ p256dh, auth, publicKey, privateKey } satisfies PushKeys)
}

function placeOf(id: string) {
  return { owner: "", account: id, exchange: "notices", version: 1 }
}

function auditedState({ id, kind, name, target }: Pick<NoticeChannelTable, "id" | "kind" | "name" | "target">) {
  return { subject: `notice channel ${id}`, state: { kind, name, target } }
}

function channelFrom(row: Selectable<NoticeChannelTable>, waiting: number): Channel {
  return {
    id: row.id,
    kind: row.kind as ChannelKind,
    name: row.name,
    target: row.target,
    isLocal: row.is_local === 1,
    wantsTrades: row.wants_trades === 1,
    quiet: row.quiet,
    createdMs: row.created_ms,
    sentMs: row.sent_ms,
    problem: row.problem,
    waiting,
  }
}
