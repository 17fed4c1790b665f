import { createSecretKey, type KeyObject } from "node:crypto"
import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { type Place, sealed, unsealed } from "./envelope.ts"
import { keyFromPassphrase, keyInFile, makeKeyFile } from "./key-file.ts"
import { type KeySource, refuseInside, shown, VaultLocked } from "./key-source.ts"
import { Secret } from "./secret.ts"

/** A key of an exchange account, sealed: as it is kept. */
export type SealedKey = { account_key: string; api_key: string; secret: string }
/** The same, opened: for the moment of its use. */
export type OpenKey = { apiKey: Secret; secret: Secret }
/** Whose key it is, and which of them; the instance is the vault's own. */
export type KeyPlace = Omit<Place, "instance" | "field">

type VaultDeps = {
  database: Kysely<RelayTables>
  instanceId: string
  dataDirectory: string
  source: KeySource
  surroundings: Pick<Surroundings, "secret" | "secretBytes">
}

/** Nothing was sealed yet, all can be opened, or nothing can be for this reason. */
type VaultState = { kind: "empty" } | { kind: "open"; key: KeyObject } | { kind: "locked"; because: string }

const KEY_BYTES = 32
const SALT_BYTES = 16
const CHECK = "Candlewright"

/** Seals and opens the keys of accounts: each under a key of its account, and that under the one key of the owner. */
export class Vault {
  #state: VaultState = { kind: "empty" }
  #making: Promise<KeyObject> | undefined

  private constructor(private readonly deps: VaultDeps) {}

  /** Never throws for a missing or wrong key: the vault is then locked, and everything else works. */
  static async open(deps: VaultDeps): Promise<Vault> {
    const vault = new Vault(deps)
    vault.#state = await vault.#look().catch(lockedBy)
    return vault
  }

  /** Why keys can neither be sealed nor opened; undefined when they can. */
  get lockedBecause(): string | undefined {
    return this.#state.kind === "locked" ? this.#state.because : undefined
  }

  /** Throws `VaultLocked`. */
  async seal({ apiKey, secret }: { apiKey: string; secret: string }, place: KeyPlace): Promise<SealedKey> {
    const ownerKey = await this.#ownerKey()
    const bytes = this.deps.surroundings.secretBytes(KEY_BYTES)
    const key = createSecretKey(bytes)
    return {
      account_key: this.#sealed(bytes, ownerKey, { ...place, field: "account-key" }),
      api_key: this.#sealed(Buffer.from(apiKey), key, { ...place, field: "api-key" }),
      secret: this.#sealed(Buffer.from(secret), key, { ...place, field: "secret" }),
    }
  }

  /** Undefined when a sealed part was changed or belongs to another place. Throws `VaultLocked`. */
  async unseal(kept: SealedKey, place: KeyPlace): Promise<OpenKey | undefined> {
    const bytes = this.#unsealed(kept.account_key, await this.#ownerKey(), { ...place, field: "account-key" })
    if (bytes === undefined) return undefined
    const key = createSecretKey(bytes)
    bytes.fill(0)
    const apiKey = this.#unsealed(kept.api_key, key, { ...place, field: "api-key" })
    const secret = this.#unsealed(kept.secret, key, { ...place, field: "secret" })
    return apiKey && secret && { apiKey: new Secret(apiKey.toString()), secret: new Secret(secret.toString()) }
  }

  #sealed(plain: Uint8Array, key: KeyObject, place: Omit<Place, "instance">): string {
    const { instanceId: instance, surroundings } = this.deps
    return sealed(plain, { key, place: { ...place, instance }, surroundings })
  }

  #unsealed(text: string, key: KeyObject, place: Omit<Place, "instance">): Buffer | undefined {
    return unsealed(text, { key, place: { ...place, instance: this.deps.instanceId } })
  }

  async #ownerKey(): Promise<KeyObject> {
    if (this.#state.kind === "locked") throw new VaultLocked(this.#state.because)
    if (this.#state.kind === "open") return this.#state.key
    this.#making ??= this.#make().finally(() => (this.#making = undefined))
    return this.#making
  }

  async #look(): Promise<VaultState> {
    const { database, dataDirectory, source } = this.deps
    await refuseInside(dataDirectory, source)
    const kept = await database.selectFrom("vault").selectAll().where("id", "=", 1).executeTakeFirst()
    const isUsed = kept !== undefined && (await this.#keepsKeys())
    // Who once chose a passphrase does not get a key file for it without a word.
    const mayBegin = kept === undefined || source.isChosen || kept.kind === source.kind
    if (!isUsed && mayBegin) return this.#begin()
    if (kept!.kind !== source.kind) throw new VaultLocked(otherKind[source.kind])
    const key = await this.#keyFor(Buffer.from(kept!.salt, "base64url"))
    if (key === undefined) throw new VaultLocked(missing(source))
    if (this.#unsealed(kept!.check_text, key, checkPlace)?.toString() !== CHECK) throw new VaultLocked(wrong(source))
    return { kind: "open", key }
  }

  /** A passphrase must be there from the start; a key file is made when the first key comes, unless there is a bad one. */
  async #begin(): Promise<VaultState> {
    if (this.deps.source.kind === "passphrase") return { kind: "open", key: await this.#make() }
    await keyInFile(this.deps.source.file)
    return { kind: "empty" }
  }

  /** A vault without keys in it begins anew with whatever source there is. */
  async #keepsKeys(): Promise<boolean> {
    const { database } = this.deps
    const kept = await Promise.all([
      database.selectFrom("account_key").select("account_id").limit(1).executeTakeFirst(),
      database.selectFrom("notice_channel").select("id").limit(1).executeTakeFirst(),
      database.selectFrom("model_key").select("id").limit(1).executeTakeFirst(),
    ])
    return kept.some((row) => row !== undefined)
  }

  #keyFor(salt: Uint8Array): Promise<KeyObject | undefined> {
    const { kind, file } = this.deps.source
    return kind === "file" ? keyInFile(file) : keyFromPassphrase(file, salt)
  }

  async #make(): Promise<KeyObject> {
    const { database, source, surroundings } = this.deps
    const salt = surroundings.secretBytes(SALT_BYTES)
    const key =
      (await this.#keyFor(salt)) ?? (source.kind === "file" ? await makeKeyFile(source.file, surroundings) : undefined)
    if (key === undefined) throw new VaultLocked(missing(source))
    const row = {
      kind: source.kind,
      salt: Buffer.from(salt).toString("base64url"),
      check_text: this.#sealed(Buffer.from(CHECK), key, checkPlace),
    }
    await database
      .insertInto("vault")
      .values({ id: 1, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute()
    this.#state = { kind: "open", key }
    return key
  }
}

const checkPlace = { owner: "", account: "", exchange: "", field: "check", version: 1 }

function lockedBy(error: unknown): VaultState {
  if (!(error instanceof VaultLocked)) throw error
  return { kind: "locked", because: error.message }
}

const otherKind = {
  file: "The keys are locked: they open with a passphrase. Name its file in CANDLEWRIGHT_PASSPHRASE_FILE and start again; nothing is lost.",
  passphrase:
    "The keys are locked: they open with a key file, not with a passphrase. Start again without CANDLEWRIGHT_PASSPHRASE_FILE; nothing is lost.",
}

function missing({ kind, file }: KeySource): string {
  const what = kind === "file" ? "key file" : "passphrase file"
  return `The keys are locked: the ${what} ${shown(file)} is not there. Put it back and start again; nothing is lost. Without it, remove the accounts with keys and add them anew.`
}

function wrong({ kind, file }: KeySource): string {
  const what = kind === "file" ? "key file" : "passphrase in"
  return `The keys are locked: the ${what} ${shown(file)} is not the one they were sealed with. Put the right one back and start again; nothing is lost.`
}
