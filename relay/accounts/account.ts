import type { VenueId } from "#venues"
import type { AccountTable } from "../store/relay-schema.ts"
import type { AccountRow } from "./account-row.ts"
import { sharedKeyWords } from "./shared-key.ts"
import { riskAt, type RiskPlan, type RiskSettings } from "./risk.ts"

export const modes = ["paper", "testnet", "live"] as const
export type Mode = (typeof modes)[number]

/** An account as its owner sees it: never its key. */
export type Account = {
  id: string
  name: string
  venue: VenueId
  mode: Mode
  /** A program on this computer stands in for its exchange: nothing here is real. */
  isStandIn: boolean
  createdMs: number
  /** What tells its key from others; null without one. */
  key: ShownKey | null
  /** What its owner should know of the key, in sentences. */
  warnings: string[]
  risk: RiskSettings
  /** What was loosened and waits for its day; null when nothing waits. */
  riskLater: { fromMs: number; risk: RiskSettings } | null
}

export type ShownKey = { last4: string; fingerprint: string; version: number; sinceMs: number }

/** The account in a row of the store, at a time, among these stand-ins. */
export function accountFromRow(row: AccountRow, nowMs: number, standIns: readonly VenueId[]): Account {
  const plan = planIn(row)
  return {
    id: row.id,
    name: row.name,
    venue: row.venue as VenueId,
    mode: row.mode as Mode,
    isStandIn: standIns.includes(row.venue as VenueId),
    createdMs: row.created_ms,
    key: shownKey(row),
    warnings: warningsIn(row),
    risk: riskAt(plan, nowMs),
    riskLater: nowMs < plan.fromMs && waits(plan) ? { fromMs: plan.fromMs, risk: plan.wanted } : null,
  }
}

function warningsIn({ warnings, twin }: AccountRow): string[] {
  const known = warnings === null ? [] : (JSON.parse(warnings) as string[])
  return twin === null ? known : [`Nothing is bought: ${sharedKeyWords(twin)}.`, ...known]
}

/** The plan of its risk settings. */
export function planIn({ risk }: Pick<AccountTable, "risk">): RiskPlan {
  return JSON.parse(risk) as RiskPlan
}

function waits({ now, wanted }: RiskPlan): boolean {
  return JSON.stringify(now) !== JSON.stringify(wanted)
}

function shownKey({ mode, last4, fingerprint, key_version, since_ms }: AccountRow): ShownKey | null {
  // Our own exchanges make their keys themselves: nobody put one in.
  if (mode === "paper" || last4 === null || fingerprint === null || since_ms === null) return null
  return { last4, fingerprint, version: key_version, sinceMs: since_ms }
}
