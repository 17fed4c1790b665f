import { type FreqtradeMetric, freqtradeMetrics, type RunJson } from "#engine/result"
import { backtestIn, lightsOfRun, runToJson } from "#engine/run"
import { layOut } from "./lay-out.ts"
import { madeUpOf } from "./made-up.ts"
import type { RunJob } from "./run-job.ts"

/**
 * A job's run as `candlewright backtest --json` prints it. It is run again, so that nothing is in it that was not computed
 * for it. Throws as `runJob` does.
 */
export async function runJsonOf(job: RunJob, signal: AbortSignal): Promise<RunJson> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) throw new Error(laidOut.problems[0].because)
  const { plan, markets } = laidOut
  const currency = markets.list[0].quote
  const ran = await backtestIn(markets.session, plan, { signal })
  if (!ran.ok) throw new Error(ran.problems[0].because)
  const terms = { currency, minOrder: job.minOrder, leftOut: markets.unseen }
  const lights = await lightsOfRun(markets.session, plan, { ran, ...terms }, signal)
  const isMadeUp = madeUpOf(markets.list) !== undefined
  return runToJson(markets.session, plan, { ran, lights, currency, isMadeUp })
}

/** The figures of a job's run as freqtrade defines them; none where it is refused. Throws as `runJob` does. */
export async function freqtradeOf(job: RunJob): Promise<FreqtradeMetric[]> {
  const laidOut = await layOut(job)
  const ran = laidOut.ok ? await backtestIn(laidOut.markets.session, laidOut.plan) : undefined
  return ran?.ok ? freqtradeMetrics(ran.record) : []
}
