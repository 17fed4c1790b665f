import type { Kysely, Selectable } from "kysely"
import type { BotTable, EntryBarTable } from "../store/ledger-schema.ts"
import { type AccountShareTable, FIRST_PERSON, type InvitationTable, type PersonTable } from "../store/person-schema.ts"
import type { PasskeyTable } from "../store/passkey-schema.ts"
import type { AccountKeyTable, AccountTable, DeviceTable, RelayTables, TokenTable } from "../store/relay-schema.ts"
import { stateHash, type Change } from "./audit-entry.ts"

/** A thing the log speaks of, and what of it changes only with an entry. */
export type AuditedState = { subject: string; state: object }

export function deviceState(row: Selectable<DeviceTable>): AuditedState {
  const { id, name, public_key, created_ms, good_for_ms } = row
  const end = good_for_ms === null ? {} : { good_for_ms }
  return { subject: `device ${id}`, state: { name, public_key, created_ms, ...personOf(row), ...end } }
}

export function tokenState(row: Selectable<TokenTable>): AuditedState {
  const { id, name, scope, hash, created_ms, expires_ms } = row
  return { subject: `token ${id}`, state: { name, scope, hash, created_ms, expires_ms, ...personOf(row) } }
}

/** Entries of before there were people name none: what they speak of is the first person's. */
function personOf({ person }: { person: string }): { person?: string } {
  return person === FIRST_PERSON ? {} : { person }
}

export function personState({ id, name, role, created_ms, ended_ms }: Selectable<PersonTable>): AuditedState {
  return { subject: `person ${id}`, state: { name, role, created_ms, ended_ms } }
}

/** How often it was used changes by itself. */
export function passkeyState({
  id,
  person,
  name,
  host,
  public_key,
  created_ms,
}: Selectable<PasskeyTable>): AuditedState {
  return { subject: `passkey ${id}`, state: { person, name, host, public_key, created_ms } }
}

export function invitationState(row: Selectable<InvitationTable>): AuditedState {
  const { id, name, role, hash, accounts, person, created_ms, until_ms } = row
  return { subject: `invitation ${id}`, state: { name, role, hash, accounts, person, created_ms, until_ms } }
}

export function shareState({ account_id, person, reach }: Selectable<AccountShareTable>): AuditedState {
  return { subject: `share of account ${account_id} with ${person}`, state: { reach } }
}

/** Nobody made the first person, and nobody can change what they may: the log speaks of them only if somebody has. */
function isSpokenOf({ id, role, ended_ms }: Selectable<PersonTable>): boolean {
  return id !== FIRST_PERSON || role !== "owner" || ended_ms !== null
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
    ...(await database.selectFrom("person").selectAll().execute()).filter(isSpokenOf).map(personState),
    ...(await database.selectFrom("invitation").selectAll().execute()).map(invitationState),
    ...(await database.selectFrom("passkey").selectAll().execute()).map(passkeyState),
    ...(await database.selectFrom("account_share").selectAll().execute()).map(shareState),
    ...(await accounts.selectAll().execute()).map(accountState),
    ...(await keys.selectAll().execute()).map(keyState),
    ...bots.map(botState),
    ...(await database.selectFrom("entry_bar").selectAll().execute()).map(barState),
  ]
}

/** What is among the present states while it exists. */
const kept = /^(device|token|person|passkey|invitation|share of account|account|key of account|bot|limit) /

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
