import { reportHtml, type RunJson } from "#engine/result"
import { backtestIn, lightsOfRun, runToJson } from "#engine/run"
import { layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

export type ExportKind = "report" | "json"

/**
 * A job's run as a file's text: the page that stands alone, or the JSON that `candlewright backtest --json` prints. It is
 * run again, so that nothing is in the file that was not computed for it. Throws as `runJob` does.
 */
export async function exportOf(job: RunJob, kind: ExportKind, signal: AbortSignal): Promise<string> {
  const run = await runJsonOf(job, signal)
  return kind === "report" ? reportHtml(run) : `${JSON.stringify(run)}\n`
}

async function runJsonOf(job: RunJob, signal: AbortSignal): Promise<RunJson> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) throw new Error(laidOut.problems[0].because)
  const { plan, markets } = laidOut
  const currency = markets.list[0].quote
  const ran = await backtestIn(markets.session, plan, { signal })
  if (!ran.ok) throw new Error(ran.problems[0].because)
  const terms = { currency, minOrder: job.minOrder, leftOut: markets.unseen }
  const lights = await lightsOfRun(markets.session, plan, { ran, ...terms }, signal)
  return runToJson(markets.session, plan, { ran, lights, currency })
}
