import { quoted } from "#engine/candles"
import { type AccountSettings, defaultAccount, type RunPlan } from "#engine/run"
import { strategyFromJson, type StrategyProblem } from "#engine/strategy"
import { codeEngineOf } from "./code-engine.ts"
import { type OpenMarkets, openMarkets } from "./open-market.ts"
import type { RunJob } from "./run-job.ts"

/** A job's markets, with their candles in an engine, and what to run on them. */
export type LaidOut = { markets: OpenMarkets; plan: RunPlan }

/** Lays a job out, or says what is wrong with it. Throws when the engine or the candles are not available. */
export async function layOut(
  job: RunJob,
): Promise<({ ok: true } & LaidOut) | { ok: false; problems: StrategyProblem[] }> {
  const checked = strategyFromJson(job.timeframe ? { ...job.strategy, timeframe: job.timeframe } : job.strategy)
  if (!checked.ok) return checked
  const compiled = await codeEngineOf(checked.strategy)
  if (compiled && !compiled.ok) return compiled
  const ids = [job.marketId, ...job.alsoIds]
  const markets = await openMarkets({ ids, ...periodOf(job), engine: compiled?.engine })
  const problems = togetherProblems(markets)
  if (problems.length > 0) return { ok: false, problems }
  const { params, fromMs } = job
  return { ok: true, markets, plan: { strategy: checked.strategy, params, account: accountOf(job), fromMs } }
}

/** The account a job runs with. */
export function accountOf({
  cash,
  feePercent,
  slippagePercent,
  delayCandles,
  fills,
  leverage,
}: RunJob): AccountSettings {
  return { ...defaultAccount, cash, feePercent, slippagePercent, delayCandles, fills, leverage }
}

/** Why markets cannot be tested with one account. */
function togetherProblems({ list, toRun }: OpenMarkets): StrategyProblem[] {
  const [first, ...others] = list
  const problem = (because: string) => ({ path: "markets", because })
  const again = list.filter(({ name }, at) => list.findIndex((each) => each.name === name) < at)
  const foreign = others.filter(({ quote }) => quote !== first.quote)
  const empty = toRun.filter(({ candles }) => candles.openTimeMs.length === 0)
  return [
    ...again.map(({ name }) => problem(`${quoted(name)} is chosen twice. Keep one of the two`)),
    ...foreign.map(({ name, quote }) =>
      problem(
        `${quoted(name)} is priced in ${quote ?? "nobody knows what"} and ${quoted(first.name)} in ${first.quote ?? "nobody knows what"}. One account holds one currency: choose markets priced in the same`,
      ),
    ),
    ...(others.length === 0
      ? []
      : empty.map(({ market }) =>
          problem(`${quoted(market)} has no candles in this period. Leave it out, or choose other days`),
        )),
  ]
}

/** Where nothing is left out the session does not depend on its beginning, and stays when that moves. */
function periodOf({ fromMs, toMs, unseenPercent }: RunJob) {
  return unseenPercent === 0 ? { toMs, unseenPercent } : { fromMs, toMs, unseenPercent }
}
