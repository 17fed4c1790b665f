import { type Light, splitResult, unseenLight } from "#engine/result"
import {
  type AccountSettings,
  backtestIn,
  doubleCosts,
  lightOfBoundRun,
  lightOfDearRun,
  lightsAtOnce,
  type RanRun,
} from "#engine/run"
import { type LaidOut, layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

/** Runs work that needs the engine when nothing else has it. */
export type InTurn = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

/**
 * Asks the six questions about a job's result, the quick ones first. Each further run waits for its turn, so that the
 * person never waits for all of them. Throws as `runJob` does; a refused job has no lights.
 */
export async function lightsOf(
  job: RunJob,
  { onLights, inTurn, signal }: { onLights: (lights: Light[]) => void; inTurn: InTurn; signal: AbortSignal },
): Promise<void> {
  const base = await inTurn(() => ranWith(job, {}, signal))
  if (!base) return
  const { markets, plan } = base.laidOut
  onLights(lightsAtOnce(markets.session, plan, base, markets.unseen))
  const dear = await inTurn(() => ranWith(job, doubleCosts(plan.account), signal))
  const currency = markets.list[0].quote
  if (dear) onLights([lightOfDearRun(base.record, dear.record, currency)])
  const minNotional = plan.account.minNotional || job.minOrder
  const bound = await inTurn(() => ranWith(job, { minNotional }, signal))
  if (bound) onLights([lightOfBoundRun(bound, { minNotional, currency })])
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
