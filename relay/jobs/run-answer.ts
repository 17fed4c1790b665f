import type { RunJson } from "#engine/result"
import {
  type EngineSession,
  lightsOfRun,
  quoteOf,
  type RanRun,
  type RunPlan,
  runToJson,
  type SweepFigure,
  type SweepRow,
  type Swept,
} from "#engine/run"

/** A finished run as JSON, with all a report needs, and its lights. */
export async function backtestAnswer(session: EngineSession, plan: RunPlan, ran: RanRun): Promise<RunJson> {
  const currency = quoteOf(session.markets[0].market)
  const lights = await lightsOfRun(session, plan, { ran, currency, minOrder: 0 })
  return runToJson(session, plan, { ran, lights, currency })
}

/** A finished sweep as JSON, the best row first. */
export function sweepAnswer(rank: SweepFigure, { rows, refused }: Extract<Swept, { ok: true }>) {
  return { rank, rows: rows.map(jsonOf), refused }
}

/** JSON has no Infinity and would make it null, which means "no meaning". */
function jsonOf(row: SweepRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === Infinity || value === -Infinity ? String(value) : value,
    ]),
  )
}
