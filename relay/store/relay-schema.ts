import type { Kysely, Migration } from "kysely"
import { createModelKeys, type ModelTables } from "./model-schema.ts"
import { createNotices, type NoticeTables } from "./notice-schema.ts"
import { type AnalysisTables, createAnalyses } from "./analysis-schema.ts"
import { createJobs, type JobTable } from "./job-schema.ts"
import { createPasskeys, type PasskeyTables } from "./passkey-schema.ts"
import { createPersons, type PersonTables } from "./person-schema.ts"
import { createSignals, type SignalTables } from "./signal-schema.ts"
import {
  addEventCandles,
  addHistoryIndexes,
  createBots,
  createDifferences,
  createEntryBars,
  createHandRequests,
  createRestoredMarkets,
  type LedgerTables,
} from "./ledger-schema.ts"

/** One row: this installation. */
export type InstanceTable = { id: string; created_ms: number }

/** A browser that was paired: it proves its key with each request. */
export type DeviceTable = {
  id: string
  name: string
  /** JSON: its P-256 key, the public part. */
  public_key: string
  created_ms: number
  last_seen_ms: number
  /** Whose it is. */
  person: string
  /** How long it is known without being used; null: until somebody ends it. */
  good_for_ms: number | null
  /** The network address it came from last; null where nobody looked. */
  address: string | null
}

/** A program's token, as a hash. */
export type TokenTable = {
  id: string
  name: string
  scope: string
  hash: string
  created_ms: number
  /** null: until it is revoked. */
  expires_ms: number | null
  last_used_ms: number | null
  person: string
}

/** An account at an exchange. */
export type AccountTable = {
  id: string
  owner: string
  name: string
  venue: string
  mode: string
  created_ms: number
  /** JSON: its risk settings, now and from the next day on. */
  risk: string
  /** Which of its keys counts; 0 without any. */
  key_version: number
}

/** The key of an account, sealed; what is shown of it is beside it. */
export type AccountKeyTable = {
  account_id: string
  version: number
  account_key: string
  api_key: string
  secret: string
  last4: string
  fingerprint: string
  /** JSON: sentences on it for its owner; null without any. */
  warnings: string | null
  /** What the exchange calls the account that it opens; null where nobody has asked, or it does not say. */
  of_account: string | null
  created_ms: number
}

/** An account that was removed, and how its exchange knows it: where it comes back, its records go on. */
export type RemovedAccountTable = {
  account_id: string
  name: string
  venue: string
  mode: string
  key_version: number
  fingerprint: string
  of_account: string | null
  /** JSON: its risk settings, now and from the next day on. */
  risk: string
  removed_ms: number
  person: string
}

/** One use of an account's key that mattered. */
export type KeyUseTable = {
  id: string
  account_id: string
  at_ms: number
  what: string
  who: string
  fingerprint: string
}

/** One row: how the key of all keys is found, and a text it must open. */
export type VaultTable = { id: number; kind: string; salt: string; check_text: string }

/** One change, chained to the one before it by hashes. */
export type AuditEntryTable = {
  seq: number
  at_ms: number
  actor: string
  what: string
  subject: string
  before_hash: string | null
  after_hash: string | null
  previous: string
  hash: string
}

/** One row: the newest entry. Changes wait for each other at it. */
export type AuditHeadTable = { id: number; seq: number; hash: string }

/** One row where this database was brought back from a backup; `made_ms` is null where nobody knows. */
export type RestorationTable = { id: number; made_ms: number | null; restored_ms: number }

/** One row in an embedded database whose records went to a server: no relay opens it any more. */
export type StoreMoveTable = {
  id: number
  /** "db.example.org:5432" */
  to_server: string
  /** 0: whether the server has them, only another run of the move knows. */
  is_done: number
  at_ms: number
}

export type RelayTables = {
  instance: InstanceTable
  device: DeviceTable
  token: TokenTable
  account: AccountTable
  account_key: AccountKeyTable
  key_use: KeyUseTable
  vault: VaultTable
  audit_entry: AuditEntryTable
  audit_head: AuditHeadTable
  job: JobTable
  restoration: RestorationTable
  store_move: StoreMoveTable
  removed_account: RemovedAccountTable
} & LedgerTables &
  NoticeTables &
  ModelTables &
  AnalysisTables &
  SignalTables &
  PersonTables &
  PasskeyTables

/** The tables' history, the same in the embedded database and PostgreSQL: never change a released one, add one whose name sorts last. */
export const relayMigrations: Record<string, Migration> = {
  "2026-11-instance": { up: createInstance },
  "2026-11-people": { up: createPeople },
  "2026-12-accounts": { up: createAccounts },
  "2026-12-keys": { up: createKeys },
  "2026-12-audit": { up: createAudit },
  "2026-12-warnings": { up: addWarnings },
  "2027-01-bots": { up: createBots },
  "2027-01-history": { up: addHistoryIndexes },
  "2027-02-event-candles": { up: addEventCandles },
  "2027-02-reconcile": { up: createDifferences },
  "2027-03-hand-orders": { up: createHandRequests },
  "2027-03-jobs": { up: createJobs },
  "2027-03-restoration": { up: createRestoration },
  "2027-04-notices": { up: createNotices },
  "2027-05-model-keys": { up: createModelKeys },
  "2027-06-entry-bars": { up: createEntryBars },
  "2027-07-analyses": { up: createAnalyses },
  "2027-08-key-account": { up: addKeyAccount },
  "2027-09-removed-accounts": { up: createRemovedAccounts },
  "2027-10-restored-markets": { up: createRestoredMarkets },
  "2027-11-signals": { up: createSignals },
  "2027-12-store-move": { up: createStoreMove },
  "2028-01-people": { up: createPersons },
  "2028-02-passkeys": { up: createPasskeys },
}

async function createStoreMove(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("store_move")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("to_server", "text", (column) => column.notNull())
    .addColumn("is_done", "integer", (column) => column.notNull())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .execute()
}

async function createInstance(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("instance")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .execute()
}

async function createPeople(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("device")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("public_key", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("last_seen_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("token")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("expires_ms", "bigint")
    .addColumn("last_used_ms", "bigint")
    .execute()
}

async function createAccounts(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("account")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .addColumn("risk", "text", (column) => column.notNull())
    .addColumn("key_version", "integer", (column) => column.notNull())
    .execute()
}

async function createKeys(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("account_key")
    .addColumn("account_id", "text", (column) => column.primaryKey().references("account.id").onDelete("cascade"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("account_key", "text", (column) => column.notNull())
    .addColumn("api_key", "text", (column) => column.notNull())
    .addColumn("secret", "text", (column) => column.notNull())
    .addColumn("last4", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("created_ms", "bigint", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("key_use")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("who", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("vault")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("salt", "text", (column) => column.notNull())
    .addColumn("check_text", "text", (column) => column.notNull())
    .execute()
}

async function addWarnings(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("account_key").addColumn("warnings", "text").execute()
}

async function addKeyAccount(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("account_key").addColumn("of_account", "text").execute()
}

async function createRemovedAccounts(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("removed_account")
    .addColumn("account_id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("venue", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("key_version", "integer", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("of_account", "text")
    .addColumn("risk", "text", (column) => column.notNull())
    .addColumn("removed_ms", "bigint", (column) => column.notNull())
    .execute()
}

async function createAudit(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("audit_entry")
    .addColumn("seq", "bigint", (column) => column.primaryKey())
    .addColumn("at_ms", "bigint", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("before_hash", "text")
    .addColumn("after_hash", "text")
    .addColumn("previous", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute()
  await database.schema
    .createTable("audit_head")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute()
}

async function createRestoration(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("restoration")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("made_ms", "bigint")
    .addColumn("restored_ms", "bigint", (column) => column.notNull())
    .execute()
}
