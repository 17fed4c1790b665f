import { type Light, splitResult, unseenLight } from "#engine/result"
import {
  type AccountSettings,
  backtestIn,
  dearCosts,
  lightOfBoundRun,
  lightOfDearRun,
  lightsAtOnce,
  luckLightOf,
  type RanRun,
} from "#engine/run"
import { type LaidOut, layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

/** Runs work that needs the engine when nothing else has it. */
export type InTurn = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

/**
 * Asks the questions about a job's result, the quick ones first. Each further run waits for its turn, so that the
 * person never waits for all of them. Throws as `runJob` does; a refused job has no lights.
 */
export async function lightsOf(
  job: RunJob,
  { onLights, inTurn, signal }: { onLights: (lights: Light[]) => void; inTurn: InTurn; signal: AbortSignal },
): Promise<void> {
  const base = await inTurn(() => ranWith(job, {}, signal))
  if (!base) return
  const { markets, plan } = base.laidOut
  const currency = markets.list[0].quote
  onLights(lightsAtOnce(plan, base, { leftOut: markets.unseen, currency }))
  const luck = await inTurn(() => luckOf(job, base, signal))
  if (luck) onLights([luck])
  const dear = await inTurn(() => ranWith(job, dearCosts(plan.account), signal))
  if (dear) onLights([lightOfDearRun(base.record, dear.record, { account: plan.account, currency })])
  const minNotional = plan.account.minNotional || job.minOrder
  const bound = await inTurn(() => ranWith(job, { minNotional }, signal))
  if (bound) onLights([lightOfBoundRun(bound, { minNotional, currency })])
}

async function luckOf(job: RunJob, { record }: RanRun, signal: AbortSignal): Promise<Light | undefined> {
  // Another job may have put its own candles into the engine since.
  const laidOut = await layOut(job)
  return laidOut.ok ? luckLightOf(laidOut.markets.session, laidOut.plan, record, signal) : undefined
}

type Ran = RanRun & { laidOut: LaidOut }

/** A job's run with some of its account's numbers changed; nothing when it is refused. Throws as `runJob` does. */
export async function ranWith(
  job: RunJob,
  change: Partial<AccountSettings>,
  signal: AbortSignal,
): Promise<Ran | undefined> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) return undefined
  const { markets, plan } = laidOut
  const answer = await backtestIn(markets.session, { ...plan, account: { ...plan.account, ...change } }, { signal })
  return answer.ok ? { laidOut, result: answer.result, record: answer.record } : undefined
}

/**
 * The light of a part that was left out, run now: the whole period as one run, cut where the part begins. Undefined
 * where nothing is left out or the run is refused. Throws as `runJob` does.
 */
export async function unseenLightOf(job: RunJob): Promise<Light | undefined> {
  const laidOut = await layOut(job)
  const unseen = laidOut.ok ? laidOut.markets.unseen : undefined
  const whole = unseen && (await ranWith({ ...job, unseenPercent: 0 }, {}, new AbortController().signal))
  return whole && unseenLight({ parts: splitResult(whole.record, unseen.fromMs), wasLeftOut: true })
}
