import { createPublicKey, type KeyObject } from "node:crypto"
import type { Kysely, Selectable } from "kysely"
import { MINUTE_MS } from "#engine/candles"
import type { Actor } from "../audit/audit-entry.ts"
import { changeOf, deviceState } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import type { DeviceTable, RelayTables } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"

/** A paired browser, as its owner sees it. */
export type Device = { id: string; name: string; createdMs: number; lastSeenMs: number }

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

  async add(name: string, key: DeviceKey): Promise<Device> {
    const { audit, surroundings } = this.deps
    const nowMs = surroundings.nowMs()
    const row = {
      id: surroundings.secret(),
      name,
      public_key: JSON.stringify(key),
      created_ms: nowMs,
      last_seen_ms: nowMs,
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

  /** All of them, the newest first. */
  async list(): Promise<Device[]> {
    const rows = await this.deps.database
      .selectFrom("device")
      .selectAll()
      .orderBy("created_ms", "desc")
      .orderBy("id")
      .execute()
    return rows.map(deviceFromRow)
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
  async find(id: string): Promise<(Device & { key: KeyObject }) | undefined> {
    const row = await this.deps.database.selectFrom("device").selectAll().where("id", "=", id).executeTakeFirst()
    return row && { ...deviceFromRow(row), key: keyObject(JSON.parse(row.public_key) as DeviceKey)! }
  }

  /** Notes that the device was here, at most once a minute. */
  async note({ id, lastSeenMs }: Device): Promise<void> {
    const nowMs = this.deps.surroundings.nowMs()
    if (Math.abs(nowMs - lastSeenMs) < NOTE_EVERY_MS) return
    await this.deps.database.updateTable("device").set({ last_seen_ms: nowMs }).where("id", "=", id).execute()
  }
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

function deviceFromRow({ id, name, created_ms, last_seen_ms }: Selectable<DeviceTable>): Device {
  return { id, name, createdMs: created_ms, lastSeenMs: last_seen_ms }
}
