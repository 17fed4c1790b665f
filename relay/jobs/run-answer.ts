import type { RunJson } from "#engine/result"
import { runNotes } from "#engine/strategy"
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

/** `notes`: what to know of its models (`runNotes`); absent where there is nothing. */
type BacktestAnswer = RunJson & { notes?: string[] }

/** A finished run as JSON, with all a report needs, and its lights. */
export async function backtestAnswer(session: EngineSession, plan: RunPlan, ran: RanRun): Promise<BacktestAnswer> {
  const currency = quoteOf(session.markets[0].market)
  const lights = await lightsOfRun(session, plan, { ran, currency, minOrder: 0 })
  const notes = runNotes(plan.strategy, { engine: session.engine.sha256, fromMs: ran.result.equity.openTimeMs[0] })
  const answer = await runToJson(session, plan, { ran, lights, currency })
  return notes.length === 0 ? answer : { ...answer, notes }
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
