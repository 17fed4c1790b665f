import type { Kysely, Selectable } from "kysely"
import type { BotTable, EntryBarTable } from "../store/ledger-schema.ts"
import type { AccountKeyTable, AccountTable, DeviceTable, RelayTables, TokenTable } from "../store/relay-schema.ts"
import { stateHash, type Change } from "./audit-entry.ts"

/** A thing the log speaks of, and what of it changes only with an entry. */
export type AuditedState = { subject: string; state: object }

export function deviceState({ id, name, public_key, created_ms }: Selectable<DeviceTable>): AuditedState {
  return { subject: `device ${id}`, state: { name, public_key, created_ms } }
}

export function tokenState({ id, name, scope, hash, created_ms, expires_ms }: Selectable<TokenTable>): AuditedState {
  return { subject: `token ${id}`, state: { name, scope, hash, created_ms, expires_ms } }
}

export function accountState({
  id,
  owner,
  name,
  venue,
  mode,
  created_ms,
  risk,
}: Selectable<AccountTable>): AuditedState {
  return { subject: `account ${id}`, state: { owner, name, venue, mode, created_ms, risk } }
}

/** Without what is only said about it. */
export function keyState({
  account_id,
  version,
  account_key,
  api_key,
  secret,
  last4,
  fingerprint,
  created_ms,
}: Selectable<AccountKeyTable>): AuditedState {
  const state = { version, account_key, api_key, secret, last4, fingerprint, created_ms }
  return { subject: `key of account ${account_id}`, state }
}

/** What a bot was deployed as; how it stands changes by itself. */
export function botState(row: BotRow): AuditedState {
  const { id, account_id, name, document, params, markets, cash, hashes, created_ms, from_ms } = row
  return {
    subject: `bot ${id}`,
    state: { account_id, name, document, params, markets, cash, hashes, created_ms, from_ms },
  }
}

type BotRow = Omit<Selectable<BotTable>, "state" | "state_about">

/** What keeps an account from buying, such as its daily loss limit: whoever lifted it in the database would lift the limit. */
export function barState({ account_id, name, words, since_ms, until_ms }: Selectable<EntryBarTable>): AuditedState {
  return { subject: `limit ${name} of account ${account_id}`, state: { words, since_ms, until_ms } }
}

/** A change from one state to another, either of them missing where the thing is new or gone. */
export function changeOf(what: string, { before, after }: { before?: AuditedState; after?: AuditedState }): Change {
  const { subject } = (after ?? before)!
  return { what, subject, before: before?.state, after: after?.state }
}

/** All that the log speaks of, as the database has it. */
export async function presentStates(database: Kysely<RelayTables>): Promise<AuditedState[]> {
  const [devices, tokens] = [database.selectFrom("device"), database.selectFrom("token")]
  const bots = await database.selectFrom("bot").selectAll().execute()
  const [accounts, keys] = [database.selectFrom("account"), database.selectFrom("account_key")]
  return [
    ...(await devices.selectAll().execute()).map(deviceState),
    ...(await tokens.selectAll().execute()).map(tokenState),
    ...(await accounts.selectAll().execute()).map(accountState),
    ...(await keys.selectAll().execute()).map(keyState),
    ...bots.map(botState),
    ...(await database.selectFrom("entry_bar").selectAll().execute()).map(barState),
  ]
}

/** What is among the present states while it exists. */
const kept = /^(device|token|account|key of account|bot|limit) /

type LastWord = { seq: number; subject: string; after_hash: string | null }

/** Sentences on what is not as the log's last entry on it left it. */
export function strayStates(entries: readonly LastWord[], present: readonly AuditedState[]) {
  const last = new Map(entries.map((entry) => [entry.subject, entry]))
  const there = new Set(present.map(({ subject }) => subject))
  const changed = present.flatMap(({ subject, state }) => {
    const entry = last.get(subject)
    if (entry?.after_hash === stateHash(state)) return []
    const left = entry === undefined ? "the log knows nothing of it" : `entry ${entry.seq} left it otherwise`
    return [{ seq: entry?.seq ?? 0, sentence: `The ${subject} was changed past the log: ${left}.` }]
  })
  const gone = [...last.values()]
    .filter(({ subject, after_hash }) => after_hash !== null && kept.test(subject) && !there.has(subject))
    .map(({ seq, subject }) => ({ seq, sentence: `The ${subject} is gone, though entry ${seq} left it there.` }))
  return [...changed, ...gone]
}
