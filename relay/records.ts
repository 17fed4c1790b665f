import { AuditLog } from "./audit/audit-log.ts"
import { keySourceFrom, type KeySource } from "./keys/key-source.ts"
import { Vault } from "./keys/vault.ts"
import { People } from "./people/people.ts"
import type { RelayStore } from "./store/relay-store.ts"
import type { Surroundings } from "./surroundings.ts"

/** What a relay keeps and answers for: people and keys, and the log of all changes to them. */
export type Records = { audit: AuditLog; people: People; vault: Vault }

type RecordsDeps = {
  store: RelayStore
  dataDirectory: string
  surroundings: Surroundings
  /** Where the key of all keys is: what the environment says by default. */
  keySource?: KeySource
}

/** Opens them over one store. Keys that cannot be opened lock themselves, nothing else. */
export async function openRecords({ store, dataDirectory, surroundings, keySource }: RecordsDeps): Promise<Records> {
  const { database, instanceId } = store
  const audit = new AuditLog({ database, surroundings })
  const source = keySource ?? keySourceFrom(process.env)
  const vault = await Vault.open({ database, instanceId, dataDirectory, source, surroundings })
  return { audit, vault, people: new People({ database, audit, surroundings }) }
}
