import { Accounts } from "./accounts/accounts.ts"
import { Drafts } from "./assistants/drafts.ts"
import type { CheckKey, OpenPaper } from "./accounts/key-check.ts"
import { AuditLog } from "./audit/audit-log.ts"
import { keySourceFrom, type KeySource } from "./keys/key-source.ts"
import { Vault } from "./keys/vault.ts"
import { ModelKeys } from "./hosted-models/model-keys.ts"
import { KillSwitch } from "./guard/kill-switch.ts"
import { HandRequests } from "./ledger/hand-requests.ts"
import { History } from "./ledger/history.ts"
import { Ledger } from "./ledger/ledger.ts"
import { Notices } from "./notifications/notices.ts"
import { telegramFrom } from "./notifications/telegram-address.ts"
import { Access } from "./people/access.ts"
import { People } from "./people/people.ts"
import type { VenueId } from "#venues"
import type { RelayStore } from "./store/relay-store.ts"
import type { Surroundings } from "./surroundings.ts"

/** What a relay keeps and answers for: people, accounts and keys, what bots did, and the log of all changes by people. */
export type Records = {
  audit: AuditLog
  people: People
  /** Who has what. */
  access: Access
  accounts: Accounts
  vault: Vault
  ledger: Ledger
  history: History
  requests: HandRequests
  killSwitch: KillSwitch
  notices: Notices
  modelKeys: ModelKeys
}

type RecordsDeps = {
  store: RelayStore
  dataDirectory: string
  surroundings: Surroundings
  /** Where the key of all keys is: what the environment says by default. */
  keySource?: KeySource
  /** Asks exchanges what a key may do; without it, accounts are at the practice exchange alone. */
  checkKey?: CheckKey
  /** Without it, made-up money trades at the practice exchange alone. */
  openPaper?: OpenPaper
  /** Exchanges that a program on this computer stands in for. */
  standIns?: readonly VenueId[]
}

/** Opens them over one store. Keys that cannot be opened lock themselves, nothing else. */
export async function openRecords({
  store,
  dataDirectory,
  surroundings,
  keySource,
  checkKey,
  openPaper,
  standIns = [],
}: RecordsDeps): Promise<Records> {
  const { database, instanceId } = store
  const audit = new AuditLog({ database, surroundings })
  await audit.begin()
  const source = keySource ?? keySourceFrom(process.env)
  const vault = await Vault.open({ database, instanceId, dataDirectory, source, surroundings })
  const people = new People({ database, audit, surroundings })
  const accounts = new Accounts({ database, audit, vault, surroundings, checkKey, openPaper, standIns })
  const ledger = await Ledger.open({ database, instanceId, nowMs: surroundings.nowMs, logBar: audit.enterBar })
  const history = new History({ database, ledger })
  const requests = new HandRequests(database)
  const killSwitch = new KillSwitch(dataDirectory)
  const telegramUrl = telegramFrom(process.env.CANDLEWRIGHT_TELEGRAM_URL)
  const exchangeOf = (accountId: string) => accounts.exchangeKinds.of(accountId)
  const drafts = new Drafts({ dataDirectory, surroundings })
  const access = new Access({ database, draftOwner: (id) => drafts.ownerOf(id) })
  const hearingOf = async (person: string) => {
    const found = await people.persons.find(person)
    if (found === undefined || found.endedMs !== null) return undefined
    const reachOf = await access.accounts({ person, role: found.role })
    return (accountId: string) => reachOf(accountId) !== undefined
  }
  const notices = new Notices({ database, audit, vault, ledger, surroundings, telegramUrl, exchangeOf, hearingOf })
  const modelKeys = new ModelKeys({ database, audit, vault, surroundings })
  return { modelKeys, audit, access, vault, people, accounts, ledger, history, requests, killSwitch, notices }
}
