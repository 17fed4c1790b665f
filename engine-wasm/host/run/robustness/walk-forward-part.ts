import { timeframesMs } from "../../candles/timeframe.ts"
import type { History, Period, WalkForward } from "../optimise/optimisation.ts"
import type { OptimisePlan } from "../optimise/optimise-task.ts"
import { walkForward } from "../optimise/walk-forward-stage.ts"
import { combinationCount } from "../search/search-space.ts"
import { ownDimensions } from "./own-dimensions.ts"
import type { RobustnessWork } from "./robustness-request.ts"

/** One part of the history, traded by rules that stay as they are. */
export type FixedPart = { period: Period; returnPercent: number; sharpe: number | null; tradeCount: number }

/** The same rules on part after part, each from the same cash. */
export type FixedParts = { kind: "fixed"; parts: FixedPart[]; won: number }

/** Fewer strategy candles than this have no parts worth the name. */
const FEWEST_CANDLES = 100
const FIXED_PARTS = 6
const MOST_TRIALS = 200

/**
 * How it would have gone to choose the params anew on each part of the history and trade them on the next; where there
 * is nothing to choose, how the rules went on part after part. Undefined for a history too short to cut.
 */
export async function walkForwardPart(
  work: RobustnessWork,
  period: Period & Pick<History, "candles">,
): Promise<WalkForward | FixedParts | undefined> {
  const { terms } = work.request
  const [strategy] = terms.space.variants
  const candleMs = timeframesMs[strategy.timeframe]
  if ((period.toMs - period.fromMs) / candleMs < FEWEST_CANDLES) return undefined
  const dimensions = ownDimensions(strategy)
  if (dimensions.length === 0) return fixedParts(work, period)
  const space = { variants: [strategy], dimensions }
  const asked = {
    terms: { ...terms, space, params: otherParams(work, dimensions) },
    plan: planOf(work, combinationCount(space)),
  }
  return walkForward(
    work.runner,
    { ...asked, signal: work.signal },
    { kind: "rolling", period, candleMs, onDone: () => work.onDone() },
  )
}

/** Values of the params that are not chosen anew. */
function otherParams({ request }: RobustnessWork, dimensions: { name: string }[]) {
  const varied = new Set(dimensions.map(({ name }) => name))
  return Object.fromEntries(Object.entries(request.terms.params ?? {}).filter(([name]) => !varied.has(name)))
}

function planOf({ request }: RobustnessWork, combinations: number): OptimisePlan {
  const method = combinations <= MOST_TRIALS ? "grid" : "random"
  return { method, trials: MOST_TRIALS, seed: request.seed, objectives: ["sharpe"], minTrades: 1 }
}

async function fixedParts(
  { runner, request, signal, onDone }: RobustnessWork,
  { fromMs, toMs }: Period,
): Promise<FixedParts> {
  const { terms } = request
  const edge = (n: number) => (n === FIXED_PARTS ? toMs : fromMs + Math.floor(((toMs - fromMs) * n) / FIXED_PARTS))
  const parts = await Promise.all(
    Array.from({ length: FIXED_PARTS }, async (_, n): Promise<FixedPart> => {
      const period = { fromMs: edge(n), toMs: edge(n + 1) }
      const { metrics } = await runner.run({ kind: "run", terms, stretch: period, number: 0 }, signal)
      onDone()
      return {
        period,
        returnPercent: metrics.totalReturnPercent ?? 0,
        sharpe: metrics.sharpe,
        tradeCount: metrics.tradeCount ?? 0,
      }
    }),
  )
  return { kind: "fixed", parts, won: parts.filter(({ returnPercent }) => returnPercent > 0).length }
}
