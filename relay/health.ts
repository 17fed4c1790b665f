import { sql } from "kysely"
import type { Venue } from "#venues"
import type { Bots } from "./bots/bots.ts"
import { clockSentence } from "./guard/clock-words.ts"
import type { KillSwitch } from "./guard/kill-switch.ts"
import type { Vault } from "./keys/vault.ts"
import type { Health, OwnExchangeState } from "./routes/health.ts"
import type { RelayStore } from "./store/relay-store.ts"
import { storeFailure } from "./store/store-failure.ts"
import type { Surroundings } from "./surroundings.ts"

type HealthDeps = {
  version: string
  engine: string | null
  store: Pick<RelayStore, "database" | "writes">
  vault: Pick<Vault, "lockedBecause">
  killSwitch: Pick<KillSwitch, "isOn">
  practice: () => OwnExchangeState
  paper: () => OwnExchangeState
  venues: readonly Venue[]
  bots: Pick<Bots, "counts">
  surroundings: Pick<Surroundings, "steadyMs">
}

/** Asks every part how it is. Never throws. */
export function healthOf(deps: HealthDeps): () => Promise<Health> {
  const { version, engine, killSwitch, venues, surroundings } = deps
  const startedMs = surroundings.steadyMs()
  const databaseState = databaseLook(deps.store, surroundings)
  return async () => {
    const checks = {
      database: await databaseState(),
      practice: deps.practice(),
      paper: deps.paper(),
      keys: deps.vault.lockedBecause === undefined ? ("ok" as const) : ("locked" as const),
      bots: deps.bots.counts(),
      venues: Object.fromEntries(venues.filter(isNoPractice).map(kindOf)),
    }
    const problems = problemsIn(checks)
    return {
      status: statusOf(checks, problems),
      version,
      engine,
      uptimeMs: Math.round(surroundings.steadyMs() - startedMs),
      killed: killSwitch.isOn,
      problems,
      checks,
    }
  }
}

/** What is broken comes before what is locked or under way. */
function statusOf({ keys, bots }: Health["checks"], problems: readonly string[]): Health["status"] {
  if (problems.length > 0) return "degraded"
  if (keys === "locked") return "locked"
  return bots.starting > 0 ? "starting" : "ok"
}

function problemsIn({ database, practice, paper, bots }: Health["checks"]): string[] {
  const { halted, failing, withoutStop, stillMarkets, clockErrorMs } = bots
  return [
    database === "ok" ? "" : database,
    practice === "away" ? "The practice exchange does not run." : "",
    paper === "away" ? "Paper trading stands still: there are no new prices." : "",
    halted === 0
      ? ""
      : `${halted === 1 ? "A bot is" : "Some bots are"} halted: nothing is bought until the owner says so.`,
    failing === 0 ? "" : `${failing === 1 ? "A bot" : "Some bots"} cannot work now.`,
    withoutStop === 0
      ? ""
      : `${withoutStop === 1 ? "A position stands" : "Some positions stand"} without a stop at the exchange.`,
    stillMarkets === 0
      ? ""
      : `${stillMarkets === 1 ? "A market of a bot does" : "Some markets of bots do"} not trade now or send${stillMarkets === 1 ? "s" : ""} no candles: nothing is decided there, and stops there may not sell. The bots go on by themselves.`,
    clockSentence(clockErrorMs, "an exchange") ?? "",
  ].filter((problem) => problem !== "")
}

/** So long after the last refused write it is tried whether the database takes one again: bots that work try sooner. */
const TRY_WRITE_AFTER_MS = 10_000

/** How the database is: it answers, and the last write was kept. After one that was not, it tries the smallest there is. */
function databaseLook({ database, writes }: HealthDeps["store"], { steadyMs }: HealthDeps["surroundings"]) {
  let heard: { refused: typeof writes.refused; atMs: number } | undefined
  return async (): Promise<string> => {
    try {
      await sql`select 1`.execute(database)
      const { refused } = writes
      if (heard?.refused !== refused) heard = { refused, atMs: steadyMs() }
      if (refused !== undefined && steadyMs() - heard!.atMs >= TRY_WRITE_AFTER_MS) {
        await sql`update instance set created_ms = created_ms`.execute(database)
      }
      return writes.refused?.message ?? "ok"
    } catch (error) {
      return storeFailure(error)?.message ?? "The database does not answer."
    }
  }
}

const isNoPractice = ({ isPractice }: Venue) => !isPractice

function kindOf({ id, standIn }: Venue): [string, "real" | "stand-in"] {
  return [id, standIn === undefined ? "real" : "stand-in"]
}
