import type { Kysely, Selectable } from "kysely"
import { modelAddressFrom, modelHostAt, modelHostOf, type ModelHost, type ModelHostId } from "#models"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf } from "../audit/audited-state.ts"
import { refuseAddress } from "../door/guarded-request.ts"
import { Refusal } from "../door/refusal.ts"
import type { Vault } from "../keys/vault.ts"
import type { ModelKeyTable } from "../store/model-schema.ts"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** A key as its owner sees it: never the key itself. */
export type ModelKey = {
  id: string
  name: string
  host: ModelHostId
  target: string
  isLocal: boolean
  last4: string
  version: number
  createdMs: number
}

export type WantedModelKey = {
  name: string
  host: ModelHostId
  /** For hosts that have none of their own. */
  baseUrl?: string
  key: string
  isLocal: boolean
}

/** A key opened for the moment of its use. */
export type OpenModelKey = { host: ModelHost; key: string; isLocal: boolean }

export type ModelKeysDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  vault: Vault
  surroundings: Pick<Surroundings, "nowMs" | "secretBytes">
}

export const MOST_MODEL_KEYS = 20

/** Keys for models, sealed; a key is bound to the address it was given for and goes nowhere else. */
export class ModelKeys {
  constructor(private readonly deps: ModelKeysDeps) {}

  /** Throws a `Refusal`, and `VaultLocked`. */
  async add(wanted: WantedModelKey, by: Actor): Promise<ModelKey> {
    const { audit, surroundings } = this.deps
    const host = hostFor(wanted)
    const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
    const sealed = await this.#sealed(id, 1, { key: wanted.key, baseUrl: host.baseUrl })
    const row = {
      id,
      name: wanted.name,
      host: wanted.host,
      target: new URL(host.baseUrl).host,
      is_local: wanted.isLocal ? 1 : 0,
      ...sealed,
      version: 1,
      created_ms: surroundings.nowMs(),
      person: by.person ?? FIRST_PERSON,
    }
    return audit.change(by, async (transaction) => {
      const { count } = await transaction
        .selectFrom("model_key")
        .select((select) => select.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow()
      if (count >= MOST_MODEL_KEYS)
        throw new Refusal(409, "too-many", `There are ${MOST_MODEL_KEYS} already. Remove one first.`)
      await transaction.insertInto("model_key").values(row).execute()
      return { result: shown(row), changes: [changeOf("model-key.added", { after: auditedState(row) })] }
    })
  }

  /** Another key for the same address. Undefined when there is none. */
  async replace(id: string, key: string, by: Actor): Promise<ModelKey | undefined> {
    const row = await this.#find(id)
    const opened = row && (await this.#opened(row))
    if (row === undefined || opened === undefined) return undefined
    const version = row.version + 1
    const sealed = await this.#sealed(id, version, { key, baseUrl: opened.host.baseUrl })
    return this.deps.audit.change(by, async (transaction) => {
      const after = await transaction
        .updateTable("model_key")
        .set({ ...sealed, version })
        .where("id", "=", id)
        .where("version", "=", row.version)
        .returningAll()
        .executeTakeFirst()
      if (after === undefined) throw new Refusal(409, "changed", "This key was changed meanwhile. Look at it again.")
      const change = changeOf("model-key.replaced", { before: auditedState(row), after: auditedState(after) })
      return { result: shown(after), changes: [change] }
    })
  }

  /** Those of a person, the newest first. */
  async list(person = FIRST_PERSON): Promise<ModelKey[]> {
    const own = this.deps.database.selectFrom("model_key").selectAll().where("person", "=", person)
    const rows = await own.orderBy("created_ms", "desc").execute()
    return rows.map(shown)
  }

  /** False when there is none. */
  async remove(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction.deleteFrom("model_key").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("model-key.removed", { before: auditedState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  /** The key and where alone it may go. Undefined when there is none, or it was changed past us; throws `VaultLocked`. */
  async open(id: string): Promise<OpenModelKey | undefined> {
    const row = await this.#find(id)
    return row && this.#opened(row)
  }

  #find(id: string): Promise<Selectable<ModelKeyTable> | undefined> {
    return this.deps.database.selectFrom("model_key").selectAll().where("id", "=", id).executeTakeFirst()
  }

  async #opened(row: Selectable<ModelKeyTable>): Promise<OpenModelKey | undefined> {
    const opened = await this.deps.vault.unseal(row, placeOf(row.id, row.version))
    if (opened === undefined) return undefined
    const host = { ...modelHostOf(row.host as ModelHostId), baseUrl: opened.secret.reveal() }
    return { host, key: opened.apiKey.reveal(), isLocal: row.is_local === 1 }
  }

  async #sealed(id: string, version: number, { key, baseUrl }: { key: string; baseUrl: string }) {
    const sealed = await this.deps.vault.seal({ apiKey: key, secret: baseUrl }, placeOf(id, version))
    return { ...sealed, last4: key.length < SHOWN_FROM ? "" : key.slice(-4) }
  }
}

/** Four letters of a short key would be half of it. */
const SHOWN_FROM = 12

/** A named host's own address, or the person's, checked. */
function hostFor({ host, baseUrl = "", isLocal }: WantedModelKey): ModelHost {
  const named = modelHostOf(host)
  if (named.place === "hosted" && baseUrl !== "")
    throw refused(`${named.name} has an address of its own; leave this out.`)
  const address = modelAddressFrom(baseUrl === "" ? named.baseUrl : baseUrl)
  if (!address.ok) throw refused(address.because)
  try {
    refuseAddress(new URL(address.baseUrl), { isLocal })
  } catch (error) {
    throw refused(`This address is not taken: ${(error as Error).message}.`)
  }
  return named.id === "other" ? modelHostAt(address.baseUrl) : { ...named, baseUrl: address.baseUrl }
}

function refused(sentence: string): Refusal {
  return new Refusal(422, "not-valid", sentence, { field: "baseUrl" })
}

function placeOf(id: string, version: number) {
  return { owner: "", account: id, exchange: "models", version }
}

type Audited = Pick<ModelKeyTable, "id" | "name" | "host" | "target" | "version">

function auditedState({ id, name, host, target, version }: Audited) {
  return { subject: `model key ${id}`, state: { name, host, target, version } }
}

function shown(row: Selectable<ModelKeyTable>): ModelKey {
  return {
    id: row.id,
    name: row.name,
    host: row.host as ModelHostId,
    target: row.target,
    isLocal: row.is_local === 1,
    last4: row.last4,
    version: row.version,
    createdMs: row.created_ms,
  }
}
