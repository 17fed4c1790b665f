import type { HeldOut, Period } from "./optimisation.ts"
import type { OptimisePlan, SearchTerms, TaskRunner } from "./optimise-task.ts"
import { pValueOf } from "./coin-flip-stage.ts"
import { equityOf } from "./walk-forward-stage.ts"

type Asked = { terms: SearchTerms; plan: OptimisePlan; signal?: AbortSignal }

/** Opens the part that was locked away, once, with the chosen values; and asks how often chance does as well there. */
export async function heldOut(
  runner: TaskRunner,
  { terms, plan, signal }: Asked,
  { period, number, tries, onDone }: { period: Period; number: number; tries: number; onDone: () => void },
): Promise<HeldOut> {
  const { metrics, dailyReturns, firstDay } = await runner.run({ kind: "run", terms, stretch: period, number }, signal)
  const alone = { ...plan, minTrades: 1, maxDrawdownPercent: undefined, only: Float64Array.of(number) }
  const placeOn = async (seed?: number) => {
    const stretch = seed === undefined ? period : { ...period, remade: { kind: "flipped" as const, seed } }
    const { place } = await runner.run({ kind: "search", terms, plan: alone, stretch }, signal)
    onDone()
    return place
  }
  const [place, ...flipped] = await Promise.all([
    placeOn(),
    ...Array.from({ length: tries }, (_, n) => placeOn(plan.seed + n)),
  ])
  return {
    ...period,
    metrics,
    holdingReturnPercent: metrics.marketChangePercent ?? 0,
    days: { firstDay, equity: equityOf(dailyReturns) },
    pValue: tries > 0 && Number.isFinite(place) ? pValueOf(place, flipped) : null,
  }
}
