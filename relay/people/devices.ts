import { createPublicKey, type KeyObject } from "node:crypto"
import type { Kysely, Selectable } from "kysely"
import { MINUTE_MS } from "#engine/candles"
import type { Actor } from "../audit/audit-entry.ts"
import { changeOf, deviceState } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import type { DeviceTable, RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** A paired browser, as its owner sees it. */
export type Device = {
  id: string
  name: string
  createdMs: number
  lastSeenMs: number
  /** How long it is known without being used; null: until somebody ends it. */
  goodForMs: number | null
  /** The network address it came from last; null where nobody looked. */
  address: string | null
}

/** A browser to let in. */
export type NewDevice = {
  name: string
  key: DeviceKey
  person: string
  goodForMs: number | null
  address: string | null
}

/** The public part of a P-256 key, as the browser exports it. */
export type DeviceKey = { kty: "EC"; crv: "P-256"; x: string; y: string }

const NOTE_EVERY_MS = MINUTE_MS

type DevicesDeps = {
  database: Kysely<RelayTables>
  audit: AuditLog
  surroundings: Pick<Surroundings, "nowMs" | "secret">
}

/** Browsers that were paired, with the keys they prove. */
export class Devices {
  constructor(private readonly deps: DevicesDeps) {}

  async add({ name, key, person, goodForMs, address }: NewDevice): Promise<Device> {
    const { audit, surroundings } = this.deps
    const nowMs = surroundings.nowMs()
    const row = {
      id: surroundings.secret(),
      name,
      public_key: JSON.stringify(key),
      created_ms: nowMs,
      last_seen_ms: nowMs,
      person,
      good_for_ms: goodForMs,
      address,
    }
    await audit.change(pairingLink, async (transaction) => {
      await transaction.insertInto("device").values(row).execute()
      return {
        result: undefined,
        changes: [changeOf("device.paired", { after: deviceState(row) })],
      }
    })
    return deviceFromRow(row)
  }

  /** Those of a person, the newest first. */
  async list(person: string): Promise<Device[]> {
    const rows = await this.deps.database
      .selectFrom("device")
      .selectAll()
      .where("person", "=", person)
      .orderBy("created_ms", "desc")
      .orderBy("id")
      .execute()
    const nowMs = this.deps.surroundings.nowMs()
    return rows.filter((row) => !hasRunOut(row, nowMs)).map(deviceFromRow)
  }

  /** Whether any browser is paired. */
  async areThere(): Promise<boolean> {
    return (await this.deps.database.selectFrom("device").select("id").limit(1).executeTakeFirst()) !== undefined
  }

  /** False when there is none. */
  async revoke(id: string, by: Actor): Promise<boolean> {
    return this.deps.audit.change(by, async (transaction) => {
      const row = await transaction.deleteFrom("device").where("id", "=", id).returningAll().executeTakeFirst()
      const changes = row === undefined ? [] : [changeOf("device.ended", { before: deviceState(row) })]
      return { result: row !== undefined, changes }
    })
  }

  /** The device and the key it must prove; undefined for one that is not paired, or no longer. */
  async find(id: string): Promise<FoundDevice | undefined> {
    const row = await this.deps.database.selectFrom("device").selectAll().where("id", "=", id).executeTakeFirst()
    if (row === undefined || hasRunOut(row, this.deps.surroundings.nowMs())) return undefined
    const key = keyObject(JSON.parse(row.public_key) as DeviceKey)!
    return { ...deviceFromRow(row), key, person: row.person }
  }

  /** Notes that the device was here, and from where: at most once a minute, and whenever it is at another address. */
  async note({ id, lastSeenMs, address }: Device, from: string): Promise<void> {
    const nowMs = this.deps.surroundings.nowMs()
    if (Math.abs(nowMs - lastSeenMs) < NOTE_EVERY_MS && (address === null || address === from)) return
    const set = { last_seen_ms: nowMs, address: from }
    await this.deps.database.updateTable("device").set(set).where("id", "=", id).execute()
  }
}

type FoundDevice = Device & { key: KeyObject; person: string }

/** Whether it was not used for longer than it is known for. */
function hasRunOut({ good_for_ms, last_seen_ms }: Selectable<DeviceTable>, nowMs: number): boolean {
  return good_for_ms !== null && nowMs > last_seen_ms + good_for_ms
}

/** Whoever opened the link was nobody before. */
const pairingLink: Actor = { kind: "link", id: "link", name: "pairing link" }

/** The key, ready to verify with; undefined when it is no point on the curve. */
export function keyObject(key: DeviceKey): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: "jwk" })
  } catch {
    return undefined
  }
}

function deviceFromRow(row: Selectable<DeviceTable>): Device {
  const { id, name, created_ms, last_seen_ms, good_for_ms, address } = row
  return { id, name, createdMs: created_ms, lastSeenMs: last_seen_ms, goodForMs: good_for_ms, address }
}
