import { sql } from "kysely"
import type { Venue } from "#venues"
import type { Bots } from "./bots/bots.ts"
import type { KillSwitch } from "./guard/kill-switch.ts"
import type { Vault } from "./keys/vault.ts"
import type { Health } from "./routes/health.ts"
import type { RelayStore } from "./store/relay-store.ts"
import { storeFailure } from "./store/store-failure.ts"
import type { Surroundings } from "./surroundings.ts"

type HealthDeps = {
  version: string
  engine: string | null
  store: RelayStore
  vault: Pick<Vault, "lockedBecause">
  killSwitch: Pick<KillSwitch, "isOn">
  /** The practice exchange: running, switched off, or unable to start. */
  practice: "ok" | "off" | "away"
  venues: readonly Venue[]
  bots: Pick<Bots, "counts">
  surroundings: Pick<Surroundings, "steadyMs">
}

/** Asks every part how it is. Never throws. */
export function healthOf({
  version,
  engine,
  store,
  vault,
  killSwitch,
  practice,
  venues,
  bots,
  surroundings,
}: HealthDeps): () => Promise<Health> {
  const startedMs = surroundings.steadyMs()
  return async () => {
    const database = await databaseState(store)
    const keys = vault.lockedBecause === undefined ? "ok" : "locked"
    const counts = bots.counts()
    const isWell = database === "ok" && practice !== "away"
    return {
      status: !isWell ? "degraded" : keys === "locked" ? keys : counts.starting > 0 ? "starting" : "ok",
      version,
      engine,
      uptimeMs: Math.round(surroundings.steadyMs() - startedMs),
      killed: killSwitch.isOn,
      checks: {
        database,
        practice,
        keys,
        bots: counts,
        venues: Object.fromEntries(venues.filter(isNoPractice).map(kindOf)),
      },
    }
  }
}

async function databaseState({ database }: RelayStore): Promise<string> {
  try {
    await sql`select 1`.execute(database)
    return "ok"
  } catch (error) {
    return storeFailure(error)?.message ?? "The database does not answer."
  }
}

const isNoPractice = ({ isPractice }: Venue) => !isPractice

function kindOf({ id, standIn }: Venue): [string, "real" | "stand-in"] {
  return [id, standIn === undefined ? "real" : "stand-in"]
}
